"""The header of a table: its names, and which columns of the schema they are."""

import csv
import difflib
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.errors import InvalidTableError, Problem, shown
from geodata.tables.chunks import Chunk
from geodata.tables.column import Column
from geodata.tables.delimiters import DELIMITERS
from geodata.tables.undecodable import decode_marked, show_undecodable

NO_HEADER = "there is no header: the first line must name the columns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first row that is not blank.

    Attributes
    ----------
    names
        As written, but trimmed.
    records
        How many rows there are up to it, the blank ones before it included.
    """

    names: tuple[str, ...]
    line: int
    records: int


def read_header(chunk: Chunk, name: str, delimiter: str = ",") -> Header:
    """Return the header of the table that begins with this chunk.

    Raises
    ------
    InvalidTableError
        If there is none, or its names are separated by something else than `delimiter`.
    """
    reader = csv.reader(io.StringIO(decode_marked(chunk.text), newline=""), delimiter=delimiter)
    line = 1
    try:
        for records, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                _refuse_other_delimiter(cells, line, name)
                return Header(names=tuple(cell.strip() for cell in cells), line=line, records=records)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidTableError(name, [Problem(line=line, reason=f"{NO_HEADER} ({error})")]) from error
    raise InvalidTableError(name, [Problem(line=1, reason=NO_HEADER)])


def _refuse_other_delimiter(cells: Sequence[str], line: int, name: str) -> None:
    if len(cells) > 1:
        return
    for delimiter, called in DELIMITERS.items():
        if delimiter != "," and delimiter in cells[0]:
            reason = f'the columns are separated by {called}s: separate them by commas (save as "CSV UTF-8")'
            raise InvalidTableError(name, [Problem(line=line, reason=reason)])


def fold_names(header: Header) -> list[str]:
    """Return the header's names without regard to upper and lower case."""
    return [show_undecodable(name).casefold() for name in header.names]


def match_header(
    header: Header, names: Sequence[str | None], columns: Sequence[Column], *, table: str
) -> tuple[dict[str, int], list[Problem]]:
    """Return where each known column stands, and a problem for each column that is not known.

    Parameters
    ----------
    names
        The header's names in the words of the schema; ``None`` for a column that is passed over.

    Raises
    ------
    InvalidTableError
        With all missing and repeated columns.
    """
    faults = [*_missing(header, names, columns), *_repeated(header, names)]
    if faults:
        raise InvalidTableError(table, faults)
    known = {column.name for column in columns}
    positions = {name: position for position, name in enumerate(names) if name in known}
    free = sorted(known - positions.keys())
    problems = [
        _unknown(header, position, free)
        for position, name in enumerate(names)
        if name is not None and name not in known
    ]
    return positions, problems


def _missing(header: Header, names: Sequence[str | None], columns: Sequence[Column]) -> list[Problem]:
    found = shown(show_undecodable(", ".join(name for name in header.names if name)))
    return [
        Problem(line=header.line, column=column.name, reason=f"the column is missing: add it (the header has: {found})")
        for column in columns
        if column.required and column.name not in names
    ]


def _repeated(header: Header, names: Sequence[str | None]) -> list[Problem]:
    return [
        Problem(line=header.line, column=name, value=name, reason=f"{count} columns have this name: keep one")
        for name, count in Counter(names).items()
        if name and count > 1
    ]


def _unknown(header: Header, position: int, free: Sequence[str]) -> Problem:
    written = show_undecodable(header.names[position])
    if not written:
        reason = "the column has no name: name or remove it; its cells are not read"
        return Problem(line=header.line, column=f"column {position + 1}", reason=reason)
    near = difflib.get_close_matches(written.casefold(), free, n=1)
    rename = f"rename it to {near[0]} or " if near else ""
    reason = f"unknown column: {rename}remove it; its cells are not read"
    return Problem(line=header.line, column=written, value=written, reason=reason)
