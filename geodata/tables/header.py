"""Which columns of a file are the columns of a schema."""

import difflib
from collections import Counter
from collections.abc import Sequence

from geodata.errors import InvalidTableError, Problem, shown
from geodata.tables.rows import Header
from geodata.tables.column import Column
from geodata.tables.undecodable import show_undecodable


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
