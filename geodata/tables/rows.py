"""The rows of a CSV file as text, in blocks of bounded size, each row with its line in the file."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from geodata.errors import InvalidTableError, Problem
from geodata.tables.quoting import Quoting, scan_quotes
from geodata.tables.signatures import refuse_foreign_bytes
from geodata.tables.undecodable import decode_marked, mark_undecodable

BLOCK_BYTES = 8 << 20
MOST_BLOCK_BYTES = 64 << 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MISPLACED = 'text follows a closing quotation mark: double each quotation mark inside a cell ("")'


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The names of the columns as written, and the line on which they stand."""

    names: tuple[str, ...]
    line: int


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
    """

    cells: pa.Table
    line: np.ndarray
    broken: tuple[BrokenRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunk:
    """Whole rows as bytes; the first begins on `line`."""

    text: bytes
    line: int
    quoting: Quoting


def read_rows(source: BinaryIO, name: str) -> tuple[Header, Iterator[Block]]:
    """Return the header and the rows below it, which are read as they are asked for.

    A line without any text in it, with or without commas, is no row.

    Raises
    ------
    InvalidTableError
        If the bytes are no comma-separated text, or, while reading, if a quotation mark is never closed.
    """
    chunks = _chunks(source, name)
    first = next(chunks, None)
    if first is None:
        raise InvalidTableError(
            name, [Problem(line=1, reason="there is no header: the first line must name the columns")]
        )
    header, records = _read_header(first, name)
    return header, _blocks(first, chunks, width=len(header.names), header_records=records)


def _chunks(source: BinaryIO, name: str) -> Iterator[_Chunk]:
    """Yield the bytes cut at ends of rows."""
    text, line = source.read(BLOCK_BYTES), 1
    refuse_foreign_bytes(text, name)
    text = text.removeprefix(_BYTE_ORDER_MARK)
    more = text
    while more:
        more = source.read(BLOCK_BYTES)
        quoting = scan_quotes(text)
        end = _last_row_end(text, quoting) if more else len(text)
        if len(quoting.turns) % 2 and (not more or len(text) - end > MOST_BLOCK_BYTES):
            opened = line + _count_lines(text[: quoting.turns[-1]])
            raise InvalidTableError(
                name, [Problem(line=opened, reason='a quotation mark (") opened on this line is never closed')]
            )
        if end:
            whole = text[:end]
            yield _Chunk(text=whole, line=line, quoting=quoting)
            line += _count_lines(whole)
        text = text[end:] + more


def _last_row_end(text: bytes, quoting: Quoting) -> int:
    """Return the position after the last line break that is not inside a quoted cell, or 0."""
    end = text.rfind(b"\n") + 1
    if end and quoting.quoted(end - 1):
        turn = np.searchsorted(quoting.turns, end - 1) - 1
        end = text.rfind(b"\n", 0, int(quoting.turns[turn])) + 1
    return end


def _count_lines(text: bytes) -> int:
    """Return the number of line breaks of any sort."""
    return text.count(b"\n") + (text.count(b"\r") - text.count(b"\r\n") if b"\r" in text else 0)


def _read_header(chunk: _Chunk, name: str) -> tuple[Header, int]:
    """Return the header and how many records the chunk has up to it."""
    reader = csv.reader(io.StringIO(decode_marked(chunk.text), newline=""))
    line = 1
    try:
        for records, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                names = tuple(cell.strip() for cell in cells)
                _refuse_other_delimiter(names, line, name)
                return Header(names=names, line=line), records
            line = reader.line_num + 1
    except csv.Error:
        pass
    raise InvalidTableError(
        name, [Problem(line=line, reason="there is no header: the first line must name the columns")]
    )


def _refuse_other_delimiter(names: tuple[str, ...], line: int, name: str) -> None:
    if len(names) > 1:
        return
    for delimiter, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if delimiter in names[0]:
            reason = f'the columns are separated by {called}: separate them by commas (save the table as "CSV UTF-8")'
            raise InvalidTableError(name, [Problem(line=line, reason=reason)])


def _blocks(first: _Chunk, chunks: Iterable[_Chunk], *, width: int, header_records: int) -> Iterator[Block]:
    yield _parse(first, width=width, skip=header_records)
    for chunk in chunks:
        yield _parse(chunk, width=width, skip=0)


def _parse(chunk: _Chunk, *, width: int, skip: int) -> Block:
    """Return the rows of the chunk after the first `skip`."""
    text = mark_undecodable(chunk.text)
    cells, ragged = _split_cells(text, width)
    whole = np.setdiff1d(np.arange(cells.num_rows + len(ragged)), [number for number, _ in ragged])
    line = _first_lines(chunk.line, cells, whole, ragged)
    misplaced = _rows_at(chunk, line)
    broken = [
        BrokenRow(
            line=int(line[number]),
            cells=row,
            reason=_MISPLACED if number in misplaced else _wrong_width(len(row), width),
        )
        for number, raw in ragged
        if number >= skip and any(row := _split_row(raw))
    ]
    keep = (whole >= skip) & ~_blank(cells) & ~np.isin(whole, misplaced)
    for index in np.flatnonzero(np.isin(whole, misplaced)):
        row = tuple(cells.slice(index, 1).to_pylist()[0].values())
        broken.append(BrokenRow(line=int(line[whole[index]]), cells=row, reason=_MISPLACED))
    if not keep.all():
        cells, whole = cells.filter(pa.array(keep)), whole[keep]
    return Block(cells=cells, line=line[whole], broken=tuple(sorted(broken, key=lambda row: row.line)))


def _split_cells(text: bytes, width: int) -> tuple[pa.Table, list[tuple[int, str]]]:
    """Return the rows that have `width` cells, and the others with their numbers from 0."""
    ragged: list[tuple[int, str]] = []

    def set_aside(row: arrow_csv.InvalidRow) -> str:
        ragged.append((row.number - 1, row.text))
        return "skip"

    names = [str(number) for number in range(width)]
    table = arrow_csv.read_csv(
        pa.py_buffer(text),
        # One thread, because only then does pyarrow number the rows that it sets aside.
        read_options=arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=len(text) + 1),
        parse_options=arrow_csv.ParseOptions(
            newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=set_aside
        ),
        convert_options=arrow_csv.ConvertOptions(
            check_utf8=False, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    return table, ragged


def _first_lines(line: int, cells: pa.Table, whole: np.ndarray, ragged: list[tuple[int, str]]) -> np.ndarray:
    """Return the line on which each row begins, the ragged ones included."""
    breaks = np.zeros(len(whole) + len(ragged), dtype=np.int64)
    for column in cells.columns:
        if _has_line_break(column):
            breaks[whole] += pc.count_substring_regex(column, r"\r\n?|\n").to_numpy()
    for number, raw in ragged:
        breaks[number] = _count_lines(raw.encode())
    return line + np.arange(len(breaks)) + np.cumsum(breaks) - breaks


def _has_line_break(column: pa.ChunkedArray) -> bool:
    texts = [buffers[2].to_pybytes() for chunk in column.chunks if (buffers := chunk.buffers())[2]]
    return any(b"\n" in text or b"\r" in text for text in texts)


def _rows_at(chunk: _Chunk, line: np.ndarray) -> list[int]:
    """Return the numbers of the rows that hold a misplaced quotation mark."""
    lines = [chunk.line + _count_lines(chunk.text[:mark]) for mark in chunk.quoting.misplaced if mark < len(chunk.text)]
    return (np.searchsorted(line, lines, side="right") - 1).tolist()


def _blank(cells: pa.Table) -> np.ndarray:
    """Return which rows hold no text at all."""
    blank = np.ones(cells.num_rows, dtype=bool)
    for column in cells.columns:
        if not blank.any():
            break
        blank &= pc.equal(column, "").to_numpy()
    return blank


def _split_row(raw: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader(io.StringIO(raw, newline="")), ()))
    except csv.Error:
        return (raw,)


def _wrong_width(found: int, width: int) -> str:
    if found > width:
        return f'has {found} cells instead of {width}: put each cell that holds a comma in quotation marks (")'
    return f"has {found} cells instead of {width}: add the missing ones, blank where unknown"
