"""Incidents over time."""

from dataclasses import dataclass, replace
from typing import Literal

from geodata.store.asking import ask
from geodata.store.engine import Store, Table, Value, this
from geodata.store.filters import IncidentFilter, numbers_of
from geodata.store.remembered import lately

Bin = Literal["day", "week", "month", "quarter", "year"]
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MONDAY = 3  # 1970-01-01 was a Thursday


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Matching rows over time, whatever the dates that the filter asks for.

    Attributes
    ----------
    bars
        ``(bin, side, rows)`` of the rows known to within one bin.
    intervals
        ``(first bin, last bin, side, rows)`` of those that are not.
    undated
        Rows without a date, in none of the two.
    """

    bars: tuple[tuple[int, str, int], ...]
    intervals: tuple[tuple[int, int, str, int], ...]
    undated: int


def count_by_time(store: Store, question: IncidentFilter, size: Bin) -> Timeline:
    """Count the rows that every facet of `question` but its dates keeps, by bins of `size` and by side.

    A bin is numbered from 1970 (days; weeks from Monday) or from the year 0 (months, quarters, years).
    """
    return _count(store, replace(question, start=None, end=None, undated=True), size)


@lately
def _count(store: Store, question: IncidentFilter, size: Bin) -> Timeline:
    counts = ask(store, _binned, question, size).to_pylist()
    sides = store.codes["side"]
    dated = [(r["first"], r["last"], sides[r["side_no"]], r["n"]) for r in counts if r["first"] is not None]
    return Timeline(
        bars=tuple(sorted((first, side, n) for first, last, side, n in dated if first == last)),
        intervals=tuple(sorted(row for row in dated if row[0] != row[1])),
        undated=sum(r["n"] for r in counts if r["first"] is None),
    )


def _binned(store: Store, question: IncidentFilter, size: Bin) -> Table:
    binned = numbers_of(store, question).select("side_no", first=_bin("first", size), last=_bin("last", size))
    return binned.group_by("first", "last", "side_no").aggregate(n=this.count())


def _bin(end: Literal["first", "last"], size: Bin) -> Value:
    if size in _MONTHS:
        return (this[f"{end}_month"] // _MONTHS[size]).cast("int32")
    return ((this[f"{end}_day"] + (_MONDAY if size == "week" else 0)) // _DAYS[size]).cast("int32")
