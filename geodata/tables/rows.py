"""The rows of a CSV file as text, in blocks of bounded size, each row with its line in the file."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from geodata.errors import InvalidTableError, Problem
from geodata.tables.chunks import Chunk, count_lines, read_chunks
from geodata.tables.delimiters import DELIMITERS
from geodata.tables.header import NO_HEADER, Header, read_header
from geodata.tables.undecodable import mark_undecodable


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRow:
    """A row without exactly one cell for each column, or with misplaced quotation marks."""

    line: int
    cells: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some consecutive rows of a table.

    Attributes
    ----------
    cells
        A string column for each name of the header, in that order, called "0", "1" and so on.
    line
        The line on which each row of `cells` begins.
    broken
        The rows that are not in `cells`.
    remarks
        What of the rows could not be made text.
    """

    cells: pa.Table
    line: np.ndarray
    broken: tuple[BrokenRow, ...]
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ragged:
    """A row with a wrong number of cells, and its number among the rows of its chunk, from 0."""

    number: int
    text: str


def read_rows(source: BinaryIO, name: str, delimiter: str = ",") -> tuple[Header, Iterator[Block]]:
    """Return the header and the rows below it, which are read as they are asked for.

    A line without any text in it, with or without commas, is no row.

    Raises
    ------
    InvalidTableError
        If the bytes are no delimited text, or, while reading, if a quotation mark is never closed.
    """
    chunks = read_chunks(source, name, delimiter)
    first = next(chunks, None)
    if first is None:
        raise InvalidTableError(name, [Problem(line=1, reason=NO_HEADER)])
    header = read_header(first, name, delimiter)
    return header, _blocks(header, first, chunks, delimiter)


def _blocks(header: Header, first: Chunk, chunks: Iterator[Chunk], delimiter: str) -> Iterator[Block]:
    width = len(header.names)
    yield _parse(first, width, delimiter, skip=header.records)
    for chunk in chunks:
        yield _parse(chunk, width, delimiter, skip=0)


def _parse(chunk: Chunk, width: int, delimiter: str, *, skip: int) -> Block:
    """Return the rows of the chunk after the first `skip`."""
    cells, ragged = _split_cells(chunk, width, delimiter)
    numbers = np.setdiff1d(np.arange(cells.num_rows + len(ragged)), [row.number for row in ragged])
    lines = _first_lines(chunk, cells, numbers, ragged)
    misplaced = set((np.searchsorted(lines, chunk.lines_at(chunk.misplaced), side="right") - 1).tolist())
    wanted = (numbers >= skip) & ~_blank(cells)
    whole = wanted & ~np.isin(numbers, list(misplaced))
    texts = [(row.number, _split_text(row.text, delimiter)) for row in ragged if row.number >= skip]
    texts += [(int(numbers[row]), _texts(cells, row)) for row in np.flatnonzero(wanted & ~whole).tolist()]
    explain = partial(_explain, width=width, delimiter=delimiter)
    broken = tuple(
        BrokenRow(line=int(lines[number]), cells=row, reason=explain(len(row), misplaced=number in misplaced))
        for number, row in sorted(texts)
        if any(cell.strip() for cell in row)
    )
    if not whole.all():
        cells, numbers = cells.filter(pa.array(whole)), numbers[whole]
    return Block(cells=cells, line=lines[numbers], broken=broken)


def _split_cells(chunk: Chunk, width: int, delimiter: str) -> tuple[pa.Table, list[_Ragged]]:
    """Return the rows that have `width` cells, and apart from them the others."""
    ragged: list[_Ragged] = []

    def set_aside(row: arrow_csv.InvalidRow) -> Literal["skip"]:
        ragged.append(_Ragged(number=(row.number or 0) - 1, text=row.text))
        return "skip"

    text = mark_undecodable(chunk.text)
    names = [str(number) for number in range(width)]
    table = arrow_csv.read_csv(
        io.BytesIO(text),
        # One thread, because only then does pyarrow number the rows that it sets aside.
        read_options=arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=len(text) + 1),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=set_aside
        ),
        convert_options=arrow_csv.ConvertOptions(
            check_utf8=False, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    return table, ragged


def _first_lines(chunk: Chunk, cells: pa.Table, numbers: np.ndarray, ragged: list[_Ragged]) -> np.ndarray:
    """Return the line on which each row begins, whole or ragged."""
    rows = len(numbers) + len(ragged)
    breaks = np.zeros(rows, dtype=np.int64)
    ends = rows if chunk.text.endswith((b"\n", b"\r")) else rows - 1
    if chunk.breaks > ends:
        for column in cells.columns:
            breaks[numbers] += pc.count_substring_regex(column, r"\r\n?|\n").to_numpy()
        for row in ragged:
            breaks[row.number] = count_lines(row.text.encode())
    return chunk.line + np.arange(rows) + np.cumsum(breaks) - breaks


def _blank(cells: pa.Table) -> np.ndarray:
    """Return which rows hold no text at all."""
    blank = np.ones(cells.num_rows, dtype=bool)
    for column in cells.columns:
        if not blank.any():
            break
        blank &= pc.equal(column, pa.scalar("")).to_numpy()
    return blank


def _texts(cells: pa.Table, row: int) -> tuple[str, ...]:
    return tuple(str(column[row].as_py()) for column in cells.columns)


def _split_text(text: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), ()))
    except csv.Error:
        return (text,)


def _explain(found: int, width: int, delimiter: str, *, misplaced: bool) -> str:
    cells = "1 cell" if found == 1 else f"{found} cells"
    if misplaced:
        return 'text follows a closing quotation mark: double each quotation mark inside a cell ("")'
    if found > width:
        holds = f"put each cell that holds a {DELIMITERS[delimiter]}"
        return f'has {cells} instead of {width}: {holds} in quotation marks (")'
    return f"has {cells} instead of {width}: add the missing ones, blank where unknown"
