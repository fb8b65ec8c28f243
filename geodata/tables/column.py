"""What a column of a table may hold."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["text", "id", "ids", "sources", "enum", "date", "count", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    kind
        ``id`` and ``ids`` are trimmed text, ``ids`` and ``sources`` several values joined by "; ",
        ``count`` a whole number, ``number`` a decimal one, ``enum`` one of `words`.
    required
        The table must have the column; without an optional one, every row is unknown in it.
    filled
        No cell may be blank.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    filled: bool = False
    words: tuple[str, ...] = ()
