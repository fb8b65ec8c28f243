"""Every exception raised on purpose, and the problem that a reader reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SHOWN_CHARACTERS = 60


def shown(value: str) -> str:
    """Return the text short and on one line, with control characters as escapes."""
    short = value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in short)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with a table, where it is, and how to repair it.

    Attributes
    ----------
    line
        Counted as a text editor does, from 1; the header is usually line 1.
    column
        Blank when the whole line is meant.
    value
        The cell as written.
    reason
        What is wrong and the repair: "must be a date like 2024-05-31".
    """

    line: int
    column: str = ""
    value: str = ""
    reason: str

    def __str__(self) -> str:
        """Return the problem as one line of a report."""
        cell = f", {shown(self.column)}='{shown(self.value)}'" if self.column else ""
        return f"line {self.line}{cell}: {self.reason}"


def report(name: str, problems: Sequence[Problem]) -> str:
    """Return all problems of the table `name`, one a line, under a line that counts them."""
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    return "\n".join([f"{name}: {count}", *(f"  {problem}" for problem in problems)])


def by_line(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems in the order of the file; those of one line stay as they are."""
    return tuple(sorted(problems, key=lambda problem: problem.line))


class GeodataError(Exception):
    """Something that the caller may show to the reader as it is."""


class InvalidTableError(GeodataError, ValueError):
    """A table that cannot be read at all; `problems` says where, why and how to repair it."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems = by_line(problems)
        super().__init__(report(name, self.problems))

    def __reduce__(self) -> tuple[type, tuple[str, tuple[Problem, ...]]]:
        """Return how it is made again, in another process."""
        return type(self), (self.name, self.problems)


class UnknownPlaceError(GeodataError, LookupError):
    """A name that no place bears; `suggestions` are the ids of places with similar names."""

    def __init__(self, name: str, suggestions: Iterable[str]) -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        hint = f": perhaps {', '.join(self.suggestions)}" if self.suggestions else ""
        super().__init__(f"no place is called '{shown(name)}'{hint}")


class AmbiguousPlaceError(GeodataError, LookupError):
    """A name that several places bear; `place_ids` are theirs."""

    def __init__(self, name: str, place_ids: Iterable[str]) -> None:
        self.name = name
        self.place_ids = tuple(place_ids)
        super().__init__(f"'{shown(name)}' may be any of {', '.join(self.place_ids)}")
