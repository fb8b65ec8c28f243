"""Where quotation marks open and close in delimited text."""

from dataclasses import dataclass

import numpy as np

_QUOTE = ord('"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoting:
    """The quotation marks of a text.

    Attributes
    ----------
    turns
        Positions at which the text goes into or out of a quoted cell, in order.
    misplaced
        Positions of marks that close a cell although more text follows before the next delimiter.
    """

    turns: np.ndarray
    misplaced: tuple[int, ...] = ()

    def opened_before(self, position: int) -> int | None:
        """Return where the quoted cell opens that the text at `position` is in, ``None`` outside of quoted cells."""
        turned = int(np.searchsorted(self.turns, position))
        return int(self.turns[turned - 1]) if turned % 2 else None


def scan_quotes(text: bytes, delimiter: str = ",") -> Quoting:
    """Return where quoted cells open and close, in a text that begins with a row.

    A mark opens a cell only as its first character; elsewhere in an unquoted cell it is text.
    Within a quoted cell, two marks are one mark of the text.
    """
    characters = np.frombuffer(text, dtype=np.uint8)
    marks = np.flatnonzero(characters == _QUOTE)
    separators = delimiter.encode() + b"\r\n"
    if _is_regular(characters, marks, np.frombuffer(separators, dtype=np.uint8)):
        return Quoting(turns=marks)
    return _scan_one_by_one(text, marks, separators)


def _is_regular(characters: np.ndarray, marks: np.ndarray, separators: np.ndarray) -> bool:
    """Return whether each mark of odd number begins a cell, each other one ends it, or two are one."""
    opening, closing = marks[0::2], marks[1::2]
    doubled = closing[: len(opening) - 1] + 1 == opening[1:]
    separating = np.isin(np.arange(256), separators)
    begins = separating[characters[opening - 1]] | (opening == 0)
    ends = separating[characters[np.minimum(closing + 1, len(characters) - 1)]]
    ends |= closing == len(characters) - 1
    begins[1:] |= doubled
    ends[: len(doubled)] |= doubled
    return bool(begins.all() and ends.all())


def _scan_one_by_one(text: bytes, marks: np.ndarray, separators: bytes) -> Quoting:
    turns: list[int] = []
    misplaced: list[int] = []
    inside, skip = False, -1
    for mark in marks.tolist():
        if mark == skip:
            continue
        if not inside:
            if mark > 0 and text[mark - 1] not in separators:
                continue
        elif text[mark + 1 : mark + 2] == b'"':
            skip = mark + 1
            continue
        elif text[mark + 1 : mark + 2] not in separators:
            misplaced.append(mark)
        turns.append(mark)
        inside = not inside
    return Quoting(turns=np.array(turns, dtype=np.int64), misplaced=tuple(misplaced))
