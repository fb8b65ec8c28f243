"""Any table that has a schema, read in batches of values."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa

from geodata.errors import InvalidTableError, Problem
from geodata.tables.cells import blank_cells, parse_cells
from geodata.tables.header import fold_names, match_header
from geodata.tables.rows import Block, BrokenRow, Header, read_rows
from geodata.tables.column import Column
from geodata.tables.undecodable import show_undecodable

Translate = Callable[[Sequence[str]], Sequence[str | None]]


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
    """

    rows: pd.DataFrame
    faults: dict[int, list[Problem]]
    raw: RawCells
    broken: tuple[BrokenRow, ...]
    header_problems: tuple[Problem, ...] = field(default=())


def read_table(
    source: Path | BinaryIO, columns: Sequence[Column], *, name: str, translate: Translate = tuple
) -> Iterator[TableBatch]:
    """Yield the rows of a CSV file in batches of bounded size.

    Parameters
    ----------
    translate
        Turns the header's names, in lower case, into those of the schema, or ``None`` for a column to pass over.

    Raises
    ------
    InvalidTableError
        If the file is no CSV, a required column is missing, or a quotation mark is never closed.
    """
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield from read_table(file, columns, name=name, translate=translate)
        return
    header, blocks = read_rows(source, name)
    positions, problems = match_header(header, translate(fold_names(header)), columns, table=name)
    for block in blocks:
        yield _parse(block, header, positions, columns, problems)
        problems = []


def read_whole(path: Path, columns: Sequence[Column]) -> pd.DataFrame:
    """Return a table in which nothing is wrong.

    Raises
    ------
    InvalidTableError
        With every problem of the table.
    """
    batches = list(read_table(path, columns, name=path.name))
    problems = [problem for batch in batches for problem in batch_problems(batch)]
    if problems:
        raise InvalidTableError(path.name, problems)
    return pd.concat([batch.rows for batch in batches], ignore_index=True)


def batch_problems(batch: TableBatch) -> list[Problem]:
    """Return all problems of a batch by their lines."""
    broken = [Problem(line=row.line, reason=row.reason) for row in batch.broken]
    faults = [problem for found in batch.faults.values() for problem in found]
    return sorted([*batch.header_problems, *broken, *faults], key=lambda problem: problem.line)


def cells_as_json(names: Sequence[str], cells: Sequence[str]) -> str:
    """Return the cells of a row by the names of their columns; those beyond the header by their number."""
    keys = [name or f"column {number}" for number, name in enumerate(names, start=1)]
    keys += [f"column {number}" for number in range(len(keys) + 1, len(cells) + 1)]
    return json.dumps(dict(zip(keys, cells, strict=False)), ensure_ascii=False)


def _parse(
    block: Block, header: Header, positions: Mapping[str, int], columns: Sequence[Column], problems: Sequence[Problem]
) -> TableBatch:
    raw = RawCells(names=tuple(map(show_undecodable, header.names)), positions=positions, cells=block.cells)
    values: dict[str, pd.Series | np.ndarray] = {"line": block.line}
    faults: dict[int, list[Problem]] = {}
    for column in columns:
        if column.name not in positions:
            values[column.name] = blank_cells(len(block.line), column)
            continue
        parsed = parse_cells(block.cells.column(positions[column.name]), column)
        values[column.name] = parsed.values
        for row, reason in parsed.faults.items():
            faults.setdefault(row, []).append(
                Problem(
                    line=int(block.line[row]), column=column.name, value=raw.written(row, column.name), reason=reason
                )
            )
    return TableBatch(
        rows=pd.DataFrame(values), faults=faults, raw=raw, broken=block.broken, header_problems=tuple(problems)
    )
