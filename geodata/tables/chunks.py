"""A CSV file as bytes, cut at the ends of rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from geodata.errors import InvalidTableError, Problem
from geodata.tables.quoting import Quoting, scan_quotes
from geodata.tables.signatures import refuse_foreign_bytes

CHUNK_BYTES = 8 << 20
MOST_ROW_BYTES = 64 << 20
_NEVER_CLOSED = 'a quotation mark (") opened here is never closed: close it, or double it if it is text'
_TOO_LONG = "the row that begins here is too long: this is no table, or its lines end in an unknown way"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Whole rows as bytes.

    Attributes
    ----------
    line
        The line of the file on which the first row begins.
    breaks
        How many line breaks it has, those inside quoted cells included.
    misplaced
        Positions of closing quotation marks that are followed by more text of the cell.
    """

    text: bytes
    line: int
    breaks: int
    misplaced: tuple[int, ...]

    def lines_at(self, positions: tuple[int, ...]) -> np.ndarray:
        """Return the lines of the file on which these positions are."""
        if not positions:
            return np.array([], dtype=np.int64)
        characters = np.frombuffer(self.text, dtype=np.uint8)
        carriage_return, newline = characters == ord("\r"), characters == ord("\n")
        carriage_return[:-1] &= ~newline[1:]
        return self.line + np.searchsorted(np.flatnonzero(newline | carriage_return), positions)


def read_chunks(source: BinaryIO, name: str, delimiter: str = ",") -> Iterator[Chunk]:
    """Yield a file in chunks of about `CHUNK_BYTES`; together they are the whole file, without a byte order mark.

    Raises
    ------
    InvalidTableError
        If the file begins as something else than text, a quotation mark is never closed, or a row never ends.
    """
    more = source.read(CHUNK_BYTES)
    refuse_foreign_bytes(more, name)
    text, line = more.removeprefix(_BYTE_ORDER_MARK), 1
    while text:
        more = source.read(CHUNK_BYTES) if more else b""
        quoting = scan_quotes(text, delimiter)
        end = _last_row_end(text, quoting) if more else len(text)
        opened = quoting.opened_before(len(text))
        if opened is not None and (not more or len(text) - end > MOST_ROW_BYTES):
            raise InvalidTableError(name, [Problem(line=line + count_lines(text[:opened]), reason=_NEVER_CLOSED)])
        if len(text) - end > MOST_ROW_BYTES:
            raise InvalidTableError(name, [Problem(line=line + count_lines(text[:end]), reason=_TOO_LONG)])
        if end:
            chunk = text[:end]
            misplaced = tuple(mark for mark in quoting.misplaced if mark < end)
            breaks = count_lines(chunk)
            yield Chunk(text=chunk, line=line, breaks=breaks, misplaced=misplaced)
            line += breaks
        text = text[end:] + more


def count_lines(text: bytes) -> int:
    """Return the number of line breaks of any sort."""
    return text.count(b"\n") + (text.count(b"\r") - text.count(b"\r\n") if b"\r" in text else 0)


def _last_row_end(text: bytes, quoting: Quoting) -> int:
    """Return the position after the last line break that is not inside a quoted cell, or 0."""
    end = text.rfind(b"\n") + 1
    opened = quoting.opened_before(end - 1)
    return end if opened is None else text.rfind(b"\n", 0, opened) + 1
