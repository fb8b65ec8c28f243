"""Any table that has a schema, read in batches of values."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa

from geodata.errors import InvalidTableError, Problem, by_line
from geodata.tables.cells import blank_cells, parse_cells
from geodata.tables.column import Column
from geodata.tables.header import Header, fold_names, match_header
from geodata.tables.inert import from_inert
from geodata.tables.rows import Block, BrokenRow, read_rows
from geodata.tables.undecodable import show_undecodable


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a table says what the schema says.

    Attributes
    ----------
    names
        The header's names in the words of the schema, ``None`` for a column to pass over.
    inert
        Text that a spreadsheet would take for a formula bears one apostrophe more than was meant.
    """

    names: Sequence[str | None]
    inert: bool = False


def plain(names: Sequence[str]) -> Dialect:
    """Return the dialect of a table that says all as the schema does."""
    return Dialect(names=names)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCells:
    """The cells of some rows as they stand in the file."""

    names: tuple[str, ...]
    positions: Mapping[str, int]
    cells: pa.Table

    def written(self, row: int, column: str) -> str:
        """Return one cell, blank when the table does not have the column."""
        position = self.positions.get(column)
        return "" if position is None else show_undecodable(self.cells.column(position)[row].as_py())

    def row(self, row: int) -> list[str]:
        """Return all cells of a row."""
        return [show_undecodable(cell) for cell in self.cells.slice(row, 1).to_pylist()[0].values()]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBatch:
    """Some consecutive rows of a table.

    Attributes
    ----------
    rows
        `line` and a value for every column of the schema, in its order; a refused cell is blank.
    faults
        What is wrong with the rows, by their number in `rows`.
    header_problems
        The columns that are not read; in the first batch only.
    remarks
        What else to know of rows that are kept.
    """

    rows: pd.DataFrame
    faults: dict[int, list[Problem]]
    raw: RawCells
    broken: tuple[BrokenRow, ...]
    header_problems: tuple[Problem, ...] = field(default=())
    remarks: tuple[Problem, ...] = field(default=())


def read_table(
    source: Path | BinaryIO,
    columns: Sequence[Column],
    *,
    name: str,
    detect: Callable[[Sequence[str]], Dialect] = plain,
) -> Iterator[TableBatch]:
    """Yield the rows of a CSV file in batches of bounded size.

    Parameters
    ----------
    detect
        Tells the dialect by the header's names, which are in lower case.

    Raises
    ------
    InvalidTableError
        If the file is no CSV, a required column is missing, or a quotation mark is never closed.
    """
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield from read_table(file, columns, name=name, detect=detect)
        return
    yield from parse_rows(*read_rows(source, name), columns, name=name, detect=detect)


def parse_rows(
    header: Header,
    blocks: Iterable[Block],
    columns: Sequence[Column],
    *,
    name: str,
    detect: Callable[[Sequence[str]], Dialect] = plain,
) -> Iterator[TableBatch]:
    """Yield rows of text, wherever they come from, with their values; as `read_table` does."""
    dialect = detect(fold_names(header))
    positions, problems = match_header(header, dialect.names, columns, table=name)
    names = tuple(map(show_undecodable, header.names))
    for block in blocks:
        raw = RawCells(names=names, positions=positions, cells=block.cells)
        rows, faults = _parse(raw, block.line, columns, inert=dialect.inert)
        told = {"header_problems": tuple(problems), "remarks": block.remarks}
        yield TableBatch(rows=rows, faults=faults, raw=raw, broken=block.broken, **told)
        problems = []


def refuse_problems(name: str, problems: Sequence[Problem]) -> None:
    """Return if there are no problems.

    Raises
    ------
    InvalidTableError
        With all of them.
    """
    if problems:
        raise InvalidTableError(name, problems)


def read_whole(path: Path, columns: Sequence[Column]) -> pd.DataFrame:
    """Return a table in which nothing is wrong.

    Raises
    ------
    InvalidTableError
        With every problem of the table.
    """
    batches = list(read_table(path, columns, name=path.name))
    problems = [problem for batch in batches for problem in batch_problems(batch)]
    refuse_problems(path.name, problems)
    return pd.concat([batch.rows for batch in batches], ignore_index=True)


def to_records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as keyword arguments, without their lines."""
    return [{str(name): value for name, value in row.items()} for row in rows.drop(columns="line").to_dict("records")]


def batch_problems(batch: TableBatch) -> tuple[Problem, ...]:
    """Return all problems of a batch."""
    broken = [Problem(line=row.line, reason=row.reason) for row in batch.broken]
    faults = [problem for found in batch.faults.values() for problem in found]
    return by_line([*batch.header_problems, *broken, *faults, *batch.remarks])


def cells_as_json(names: Sequence[str], cells: Sequence[str]) -> str:
    """Return the cells of a row by the names of their columns; those beyond the header by their number."""
    keys = [name or f"column {number}" for number, name in enumerate(names, start=1)]
    keys += [f"column {number}" for number in range(len(keys) + 1, len(cells) + 1)]
    return json.dumps(dict(zip(keys, cells, strict=False)), ensure_ascii=False)


def _parse(
    raw: RawCells, lines: np.ndarray, columns: Sequence[Column], *, inert: bool
) -> tuple[pd.DataFrame, dict[int, list[Problem]]]:
    """Return the values of all rows, and what is wrong with which of them."""
    values: dict[str, pd.Series | np.ndarray] = {"line": lines}
    faults: dict[int, list[Problem]] = {}
    for column in columns:
        if column.name not in raw.positions:
            values[column.name] = blank_cells(len(lines), column)
            continue
        cells = raw.cells.column(raw.positions[column.name])
        parsed = parse_cells(from_inert(cells) if inert else cells, column)
        values[column.name] = parsed.column
        for row, reason in parsed.faults.items():
            written = raw.written(row, column.name)
            problem = Problem(line=int(lines[row]), column=column.name, value=written, reason=reason)
            faults.setdefault(row, []).append(problem)
    return pd.DataFrame(values), faults
