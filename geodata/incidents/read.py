"""Incidents read from a CSV file, without losing a row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeAlias

import numpy as np
import pandas as pd

from geodata.errors import Problem, by_line
from geodata.incidents.contradictions import find_contradictions
from geodata.incidents.links import GIVE_EACH_ITS_OWN, check_links, find_repeated_ids
from geodata.incidents.schema import COLUMNS, DERIVED, GIVEN, Attribution, DatePrecision
from geodata.tables.header import Header
from geodata.tables.rows import Block, BrokenRow
from geodata.tables.table import Dialect, TableBatch, batch_problems, cells_as_json, parse_rows, read_table

Rows: TypeAlias = tuple[Header, Iterable[Block]]
_Rejected: TypeAlias = tuple[int, str, str, str]
_DERIVED_NAMES = frozenset(column.name for column in DERIVED)
_GIVEN_WITHOUT_PLACE_ID = {"lon": "given_lon", "lat": "given_lat", "country": "given_country", "admin1": "given_admin1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came out of a table: every row is accepted or rejected.

    Attributes
    ----------
    incidents
        The accepted rows: `line` and all columns of the schema. Blank is ``""`` in text, ``NaT`` in
        dates, ``<NA>`` in counts, ``nan`` in numbers.
    rejected
        `line`, `incident_id`, `reason` (all that is wrong with the row, joined by "; ") and `cells` (the row
        as written, a JSON object).
    problems
        By line; some are of accepted rows (a link to no row), some of the header.
    rows
        How many there are: accepted and rejected.
    """

    incidents: pd.DataFrame
    rejected: pd.DataFrame
    problems: tuple[Problem, ...]
    rows: int


def read_incidents(source: Path | BinaryIO, *, name: str | None = None) -> Reading:
    """Return all incidents of a table, with the rows checked each by itself and against each other.

    Of rows with the same id the first stays. A link to no row is a problem, and the row is kept.

    Parameters
    ----------
    source
        A file of CSV in UTF-8, with the columns of `schema.COLUMNS` in any order.
    name
        What error messages call it; the file's name by default.

    Raises
    ------
    InvalidTableError
        If the file is no such table: every line would be wrong.
    OSError
        If the file cannot be opened.
    """
    return read_whole(_read_table(source, name))


def read_whole(batches: Iterable[TableBatch], repair: str = GIVE_EACH_ITS_OWN) -> Reading:
    """Return all incidents of a table's batches, checked against each other too, as `read_incidents` does."""
    first_lines: dict[str, int] = {}
    reading = join_readings([to_reading(batch) for batch in refuse_repeats(batches, first_lines, repair)])
    links = check_links(reading.incidents, known=first_lines.keys())
    return replace(reading, problems=by_line([*reading.problems, *links]))


def refuse_repeats(
    batches: Iterable[TableBatch], first_lines: dict[str, int], repair: str = GIVE_EACH_ITS_OWN
) -> Iterator[TableBatch]:
    """Yield the batches with the ids that an earlier row has among the faults.

    Parameters
    ----------
    first_lines
        The line on which each id was first seen; those of the batches are added.
    repair
        What the reader is told of the later row.
    """
    for batch in batches:
        for row, problem in find_repeated_ids(batch.rows, first_lines, repair):
            batch.faults.setdefault(row, []).append(problem)
        yield batch


def read_batches(source: Path | BinaryIO, *, name: str | None = None, batch_rows: int = 100_000) -> Iterator[Reading]:
    """Yield the incidents of a table in batches of about `batch_rows`, each row checked by itself only.

    Memory does not grow with the table. There is at least one batch.

    Raises
    ------
    InvalidTableError
        As `read_incidents`, when the faulty line is reached.
    """
    yield from regroup(map(to_reading, _read_table(source, name)), batch_rows)


def table_name(source: Path | BinaryIO) -> str:
    """Return what to call a table in messages."""
    written = source if isinstance(source, Path) else getattr(source, "name", None)
    return Path(written).name if isinstance(written, str | Path) else "table"


def to_batches(rows: Rows, *, name: str, inert: bool) -> Iterator[TableBatch]:
    """Yield rows of text that are a table as `read_incidents` reads one.

    Parameters
    ----------
    inert
        An export of ours has marked the text that a spreadsheet would take for a formula.
    """
    detect = partial(_detect, inert=inert)
    return _contradict(parse_rows(*rows, (*COLUMNS, *GIVEN), name=name, detect=detect))


def regroup(readings: Iterable[Reading], batch_rows: int) -> Iterator[Reading]:
    """Yield the same rows in batches of about `batch_rows`."""
    waiting: list[Reading] = []
    for reading in readings:
        waiting.append(reading)
        if sum(reading.rows for reading in waiting) >= batch_rows:
            yield join_readings(waiting)
            waiting = []
    if waiting:
        yield join_readings(waiting)


def _read_table(source: Path | BinaryIO, name: str | None) -> Iterator[TableBatch]:
    return _contradict(read_table(source, (*COLUMNS, *GIVEN), name=name or table_name(source), detect=_detect))


def _contradict(batches: Iterable[TableBatch]) -> Iterator[TableBatch]:
    """Yield the batches with the contradictions within each row among the faults."""
    for batch in batches:
        for row, column, reason in find_contradictions(batch.rows):
            if _refused_nearby(batch, row, column):
                continue
            line, value = int(batch.rows["line"].iloc[row]), batch.raw.written(row, column)
            batch.faults.setdefault(row, []).append(Problem(line=line, column=column, value=value, reason=reason))
        yield batch


def _refused_nearby(batch: TableBatch, row: int, column: str) -> bool:
    """Return whether a cell on the same subject was refused, so that only it is to be reported."""
    subject, _, _ = column.partition("_")
    return any(problem.column.startswith(subject) for problem in batch.faults.get(row, ()))


def _detect(names: Sequence[str], *, inert: bool = True) -> Dialect:
    """Pass over what we derived ourselves in an export of ours; read a stranger's coordinates as given."""
    if "place_id" in names:
        return Dialect(names=[None if name in _DERIVED_NAMES else name for name in names], inert=inert)
    return Dialect(names=[_GIVEN_WITHOUT_PLACE_ID.get(name, name) for name in names])


def to_reading(batch: TableBatch) -> Reading:
    """Part the rows of a batch into accepted and rejected ones."""
    faultless = batch.rows.drop(index=list(batch.faults)) if batch.faults else batch.rows
    rejected = [_rejected_row(batch, row) for row in batch.faults]
    rejected += [_broken_row(batch, row) for row in batch.broken]
    return Reading(
        incidents=_fill(faultless),
        rejected=_rejected_frame(sorted(rejected)),
        problems=batch_problems(batch),
        rows=len(batch.rows) + len(batch.broken),
    )


def _rejected_row(batch: TableBatch, row: int) -> _Rejected:
    problems = batch.faults[row]
    reason = "; ".join(f"{problem.column} {problem.reason}" for problem in problems)
    cells = cells_as_json(batch.raw.names, batch.raw.row(row))
    return problems[0].line, batch.rows["incident_id"].iloc[row], reason, cells


def _broken_row(batch: TableBatch, row: BrokenRow) -> _Rejected:
    position = batch.raw.positions["incident_id"]
    own = row.cells[position] if position < len(row.cells) else ""
    return row.line, own, row.reason, cells_as_json(batch.raw.names, row.cells)


def _rejected_frame(rows: Sequence[_Rejected]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["line", "incident_id", "reason", "cells"])
    return frame.astype({"line": "int64", "incident_id": "str", "reason": "str", "cells": "str"})


def _fill(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return the incidents with the precision of the date and the attribution put in words where they are blank.

    A zero among their degrees has no sign, which not every format could keep.
    """
    earliest, latest = incidents["date_earliest"], incidents["date_latest"]
    implied = np.select(
        [earliest.isna(), earliest == latest], [DatePrecision.UNKNOWN, DatePrecision.DAY], DatePrecision.RANGE
    )
    precision = incidents["date_precision"]
    return incidents.assign(
        date_precision=precision.where(precision != "", implied),
        attribution=incidents["attribution"].replace("", Attribution.UNKNOWN),
        given_lon=incidents["given_lon"] + 0.0,
        given_lat=incidents["given_lat"] + 0.0,
    ).reset_index(drop=True)


def join_readings(readings: Sequence[Reading]) -> Reading:
    """Return all rows of some readings of one table, in their order."""
    if len(readings) == 1:
        return readings[0]
    return Reading(
        incidents=pd.concat([reading.incidents for reading in readings], ignore_index=True),
        rejected=pd.concat([reading.rejected for reading in readings], ignore_index=True),
        problems=by_line(problem for reading in readings for problem in reading.problems),
        rows=sum(reading.rows for reading in readings),
    )
