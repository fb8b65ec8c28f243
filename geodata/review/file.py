"""Decisions as a CSV file, which a reader takes away, edits and hands back in."""

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa

from geodata.errors import Problem, by_line
from geodata.incidents.schema import Precision
from geodata.review.decisions import NOTHING_DECIDED, Decision, Decisions, Key, Subject, Verdict, find_faults
from geodata.tables.column import Column
from geodata.tables.inert import to_inert
from geodata.tables.table import Dialect, TableBatch, batch_problems, read_table, to_records

COLUMNS: tuple[Column, ...] = (
    Column(
        name="what",
        kind="enum",
        words=tuple(Subject),
        required=True,
        filled=True,
        meaning="What is decided about: the place or the actor that rows name, or two incidents.",
    ),
    Column(name="name", kind="text", required=True, meaning="The place or actor as the rows write it."),
    Column(name="country", kind="text", meaning="`given_country` of those rows, blank where it is."),
    Column(name="admin1", kind="text", meaning="`given_admin1` of those rows, blank where it is."),
    Column(
        name="decision",
        kind="enum",
        words=tuple(Verdict),
        required=True,
        meaning="Place: accept, point, leave; actor: accept, leave; duplicate: same, distinct. Blank: not decided yet.",
    ),
    Column(
        name="target",
        kind="ids",
        required=True,
        meaning="To accept, a place_id or actor_id; the ids of the two incidents. Read for no other decision.",
    ),
    Column(name="lon", kind="number", meaning="Of a point: degrees, WGS84."),
    Column(name="lat", kind="number", meaning="Of a point: degrees, WGS84."),
    Column(name="precision", kind="enum", words=tuple(Precision), meaning="Of a point: how finely it is known."),
    Column(
        name="uncertainty_m",
        kind="count",
        meaning="Of a point: metres around it; blank for what is usual at its precision.",
    ),
    Column(name="note", kind="text", meaning="Why; told with the rows."),
)
TOLD = ("rows", "reason", "candidates")
"""Columns beside these that help to decide, and are not read."""
_NAMES = [column.name for column in COLUMNS]


def read_decisions(source: Path | BinaryIO, *, name: str) -> tuple[Decisions, tuple[Problem, ...]]:
    """Return the decisions of a file, and what is wrong with the lines that could not be taken.

    A line without a decision is not decided yet. Of two lines about the same the first stays.

    Parameters
    ----------
    name
        What error messages call the file.

    Raises
    ------
    InvalidTableError
        If the file is no such table at all.
    OSError
        If it cannot be opened.
    """
    taken: dict[Key, Decision] = {}
    problems: list[Problem] = []
    for batch in read_table(source, COLUMNS, name=name, detect=_detect):
        problems += batch_problems(batch)
        for decision in _decided(batch):
            faults = [
                Problem(line=decision.line, column=column, value=_cell(getattr(decision, column)), reason=reason)
                for column, reason in find_faults(decision)
            ]
            if not faults and taken.setdefault(decision.key, decision) is not decision:
                first = taken[decision.key].line
                faults = [Problem(line=decision.line, reason=f"line {first} decides about the same: keep one of them")]
            problems += faults
    return NOTHING_DECIDED.deciding(*taken.values()), by_line(problems)


def write_decisions(decisions: Iterable[Decision]) -> bytes:
    """Return decisions as the file that `read_decisions` reads; for `Decisions`, the same bytes every time."""
    return write_lines([[getattr(decision, name) for name in _NAMES] for decision in decisions], _NAMES)


def write_lines(lines: Sequence[Sequence[Any]], header: Sequence[str]) -> bytes:
    """Return lines as CSV in which no cell is a formula; None is blank."""
    columns = [to_inert(pa.array([_cell(line[i]) for line in lines], pa.string())) for i in range(len(header))]
    text = io.StringIO(newline="")
    # Every cell in quotation marks: the csv module would leave a carriage return bare, which ends the row.
    table = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    table.writerow(header)
    table.writerows(zip(*(column.to_pylist() for column in columns), strict=True))
    return text.getvalue().encode()


def digest_decisions(decisions: Decisions) -> str:
    """Return the SHA-256 of the file that holds exactly these decisions."""
    return hashlib.sha256(write_decisions(decisions)).hexdigest()


def _detect(names: Sequence[str]) -> Dialect:
    return Dialect(names=[None if name in TOLD else name for name in names], inert=True)


def _decided(batch: TableBatch) -> Iterable[Decision]:
    """Yield the decisions of the rows in which every cell can be read."""
    rows = batch.rows.drop(index=list(batch.faults))
    for line, row in zip(rows["line"].tolist(), to_records(rows), strict=True):
        if row["decision"]:
            known = {name: None if pd.isna(value) else value for name, value in row.items()}
            yield _decision(known, line)


def _decision(row: dict[str, Any], line: int) -> Decision:
    what, verdict = Subject(row.pop("what")), Verdict(row.pop("decision"))
    if verdict in {Verdict.POINT, Verdict.LEAVE}:
        row["target"] = ""
    if row["uncertainty_m"] is not None:
        row["uncertainty_m"] = int(row["uncertainty_m"])
    return Decision(what=what, decision=verdict, line=line, **row)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return np.format_float_positional(value, trim="-") if isinstance(value, float) else str(value)
