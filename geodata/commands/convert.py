"""`convert`: any table of incidents in our columns, placed, as CSV or Parquet."""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from geodata.actors.actors import Actors, name_actors, read_actors
from geodata.commands.arguments import add_table
from geodata.commands.decisions import take_decisions, tell
from geodata.commands.mapping import open_mapped
from geodata.errors import GeodataError, Problem
from geodata.exports.columns import EXPORTED_COLUMNS, to_cells
from geodata.formats.opening import OpenTable
from geodata.gazetteer.locate import locate_flat
from geodata.gazetteer.places import Gazetteer, read_gazetteer
from geodata.incidents.links import LINKS, check_links
from geodata.incidents.schema import Location
from geodata.review.decisions import NOTHING_DECIDED, Decisions
from geodata.review.reach import Reach
from geodata.review.same import ids_of_same, link_same, with_links

Writer: TypeAlias = Callable[[pa.Table], None]

HELP = "write any table of incidents in our columns, placed, as CSV or Parquet"
_TYPES = {"date": pa.date32(), "count": pa.int64(), "number": pa.float64()}
_SCHEMA = pa.schema([(column.name, _TYPES.get(column.kind, pa.string())) for column in EXPORTED_COLUMNS])
_NAMES = ((re.compile(r" \(perhaps .*\)"), ""), (re.compile(r"'[^']*'|(?<!\w)\d[\d.,]*|(?<=km from ).*"), "…"))
_BATCH_ROWS = 50_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command may be told."""
    add_table(parser)
    parser.add_argument("-o", "--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--format", choices=WRITERS, help="default: as the name of the file ends")
    parser.add_argument("--json", action="store_true", help="print the sums and the problems by kind as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Write the table; the sums and the problems by kind go to standard error, or as JSON to standard output."""
    form = arguments.format or arguments.out.suffix.removeprefix(".").lower()
    if form not in WRITERS:
        raise GeodataError(f"{arguments.out.name}: say --format {' or '.join(WRITERS)}, or let the name end so")
    table, decisions = open_mapped(arguments), take_decisions(arguments)
    reference = Reference(gazetteer=read_gazetteer(), actors=read_actors(), decisions=decisions, reach=Reach(decisions))
    sums = convert(table, arguments.out, form, reference)
    known = {"find_place": reference.gazetteer.get, "find_actor": reference.actors.by_id.get}
    tell(arguments, reference.reach.find_problems(**known))
    _tell(table, sums)
    if arguments.json:
        print(json.dumps(sums.to_json() | {"format": table.format.key}, ensure_ascii=False))
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What places rows and knows their actors."""

    gazetteer: Gazetteer
    actors: Actors
    decisions: Decisions = NOTHING_DECIDED
    reach: Reach = field(default_factory=lambda: Reach(NOTHING_DECIDED))


@dataclass(slots=True, kw_only=True)
class Sums:
    """How many rows there are of each sort; exact + approximate + unplaced + rejected = rows.

    Attributes
    ----------
    problems
        How often each kind of problem occurs, by column and reason; names and numbers in reasons are left out.
    """

    rows: int = 0
    rejected: int = 0
    locations: Counter[str] = field(default_factory=Counter[str])
    problems: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])

    def to_json(self) -> dict[str, Any]:
        """Return the sums with the problems by kind, the most frequent first."""
        return {
            "rows": self.rows,
            **{str(location): self.locations[location] for location in Location},
            "rejected": self.rejected,
            "problems": [
                {"column": column, "reason": reason, "count": count}
                for (column, reason), count in self.problems.most_common()
            ],
        }

    def count(self, problems: Iterator[Problem]) -> None:
        """Count problems by their kind."""
        self.problems.update((p.column, _kind(p.reason)) for p in problems)


def convert(table: OpenTable, out: Path, form: str, reference: Reference) -> Sums:
    """Write all incidents of a table in our columns, and return how many there are of each sort.

    The file appears whole or not at all. Memory grows with the ids only.

    Raises
    ------
    InvalidTableError
        If a line makes a table of it impossible.
    """
    sums, first_lines, linked = Sums(), dict[str, int](), list[pd.DataFrame]()
    same = _find_same(table, reference.decisions)
    with _appearing(out) as file, WRITERS[form](file) as write:
        for reading in table.batches(_BATCH_ROWS, first_lines=first_lines):
            incidents = with_links(reading.incidents, same)
            located = locate_flat(incidents, reference.gazetteer, reference.decisions)
            joined, unknown = name_actors(located, reference.actors, reference.decisions)
            reference.reach.see(joined)
            write(to_table(joined))
            sums.rows += reading.rows
            sums.rejected += len(reading.rejected)
            sums.locations.update(map(str, joined["location"]))
            sums.count(iter(reading.problems))
            _count_doubts(joined, unknown, sums)
            linked.append(joined.loc[(joined[[*LINKS]] != "").any(axis="columns"), ["line", "incident_id", *LINKS]])
        sums.count(iter(check_links(pd.concat(linked), known=first_lines.keys())))
    return sums


def _find_same(table: OpenTable, decisions: Decisions) -> dict[str, str]:
    """Return which incidents have to name another one by decision; to know that both are there, all rows are read."""
    told: dict[str, str] = {}
    wanted = ids_of_same(decisions)
    for reading in table.batches(_BATCH_ROWS, first_lines={}) if wanted else ():
        found = reading.incidents[reading.incidents["incident_id"].isin(wanted)]
        told |= dict(zip(found["incident_id"].tolist(), found["possible_duplicate_of"].tolist(), strict=True))
    return link_same(decisions, told)


def to_table(incidents: pd.DataFrame) -> pa.Table:
    """Return incidents as a table of their types, without their lines."""
    return pa.Table.from_pandas(incidents[_SCHEMA.names], schema=_SCHEMA, preserve_index=False)


def _count_doubts(joined: pd.DataFrame, unknown: Mapping[str, str], sums: Sums) -> None:
    """Count why rows are unplaced, what is to be known of their places, and which actors are not known."""
    for reason, count in joined["reason"].value_counts().items():
        if reason:
            sums.problems["place", _kind(str(reason))] += count
    for column in ("actor", "presumed_actor"):
        for name, count in joined[column].value_counts().items():
            if name in unknown:
                sums.problems[column, _kind(unknown[str(name)])] += count


def _kind(reason: str) -> str:
    for name, instead in _NAMES:
        reason = name.sub(instead, reason)
    return reason


def _tell(table: OpenTable, sums: Sums) -> None:
    told = sums.to_json()
    parts = " + ".join(f"{told[name]} {name}" for name in ("exact", "approximate", "unplaced", "rejected"))
    print(f"{table.name}: {table.format.title}; {table.written}", file=sys.stderr)
    if table.mapping:
        print(f"mapping, to correct in a file for --mapping:\n{table.mapping.to_text()}", end="", file=sys.stderr)
    print(f"{sums.rows} rows = {parts}", file=sys.stderr)
    for problem in told["problems"]:
        print(f"  {problem['count']} × {problem['column'] or 'row'}: {problem['reason']}", file=sys.stderr)
    print(f"licence: {table.format.licence}", file=sys.stderr)


@contextmanager
def _appearing(out: Path) -> Generator[BinaryIO]:
    """Yield a file that gets its name when all is well, and is gone otherwise."""
    unfinished = out.with_name(f".{out.name}.building")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _csv(file: BinaryIO) -> Generator[Writer]:
    file.write((",".join(_SCHEMA.names) + "\n").encode())
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")

    def write(table: pa.Table) -> None:
        cells = {name: to_cells(column) for name, column in zip(table.column_names, table.columns, strict=True)}
        pyarrow.csv.write_csv(pa.table(cells), file, options)

    yield write


@contextmanager
def _parquet(file: BinaryIO) -> Generator[Writer]:
    with pyarrow.parquet.ParquetWriter(file, _SCHEMA, compression="zstd") as writer:
        yield writer.write_table


WRITERS = {"csv": _csv, "parquet": _parquet}
