"""What a report tells of a list: figures, incidents over time, and the first rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from geodata.exports.columns import EXPORTED
from geodata.exports.listing import Listing
from geodata.exports.spots import Spot, count_spots
from geodata.exports.words import describe_held
from geodata.incidents.dates import describe_interval
from geodata.store.counts import Estimate, summarize
from geodata.store.filters import EPOCH

MOST_LISTED = 200
_MOST_DAYS, _MOST_MONTHS = 62, 48
Day = int
"""Days since 1970-01-01."""


@dataclass(frozen=True, kw_only=True)
class Times:
    """Rows over time.

    Attributes
    ----------
    step
        Of one bar: day, month or year.
    bars
        A label and the rows by side of every step from the first to the last, empty ones included.
    beside
        Rows that are known to several steps only.
    undated
        Rows without a date.
    """

    step: str
    bars: Sequence[tuple[str, Mapping[str, int]]]
    beside: int
    undated: int


@dataclass(frozen=True, kw_only=True)
class Overview:
    """A list looked over once.

    Attributes
    ----------
    figures
        Numbers in words, and what they count.
    rows
        The first `MOST_LISTED`, of `total`.
    """

    figures: Sequence[tuple[str, str]]
    spots: Sequence[Spot]
    times: Times
    rows: Sequence[dict[str, Any]]
    total: int


def look_over(listing: Listing) -> Overview:
    """Return what a report tells, reading the rows once."""
    rows: list[dict[str, Any]] = []
    days = Counter[tuple[Day | None, Day | None, str]]()

    def watched() -> Iterator[pa.RecordBatch]:
        for batch in listing.batches():
            rows.extend(batch.select([*EXPORTED]).slice(0, MOST_LISTED - len(rows)).to_pylist())
            first, last = (batch[name].cast(pa.date32()).cast(pa.int32()) for name in ("date_earliest", "date_latest"))
            days.update(zip(first.to_pylist(), last.to_pylist(), map(str, batch["side"].to_pylist()), strict=True))
            yield batch

    spots = count_spots(watched())
    return Overview(
        figures=_figures(listing), spots=spots, times=count_times(days), rows=rows, total=listing.counts.total()
    )


def count_times(days: Counter[tuple[Day | None, Day | None, str]]) -> Times:
    """Return rows, counted by first day, last day and side, over time in steps of a fitting length."""
    dated = [
        (_day(first), _day(last), side, n)
        for (first, last, side), n in days.items()
        if first is not None and last is not None
    ]
    undated = days.total() - sum(n for *_, n in dated)
    if not dated:
        return Times(step="year", bars=(), beside=0, undated=undated)
    step = _fitting(min(row[0] for row in dated), max(row[0] for row in dated))
    within = [
        (_start(first, step), side, n) for first, last, side, n in dated if _start(first, step) == _start(last, step)
    ]
    counted: dict[date, Counter[str]] = {}
    for start, side, n in within:
        counted.setdefault(start, Counter())[side] += n
    bars = [(_label(start, step), counted.get(start, Counter[str]())) for start in _between(counted, step)]
    return Times(step=step, bars=bars, beside=days.total() - undated - sum(n for *_, n in within), undated=undated)


def _fitting(first: date, last: date) -> str:
    if (last - first).days < _MOST_DAYS:
        return "day"
    return "month" if (last.year - first.year) * 12 + last.month - first.month < _MOST_MONTHS else "year"


def _between(counted: Mapping[date, object], step: str) -> Iterator[date]:
    if not counted:
        return
    day, last = min(counted), max(counted)
    while day <= last:
        yield day
        day = _start(day + timedelta(days={"day": 1, "month": 32, "year": 366}[step]), step)


def _start(day: date, step: str) -> date:
    """Return the first day of the step that a day is in."""
    return day if step == "day" else day.replace(day=1) if step == "month" else day.replace(day=1, month=1)


def _label(start: date, step: str) -> str:
    if step == "year":
        return str(start.year)
    told = describe_interval(start, start, "day").split()
    return " ".join(told[:2] if step == "day" else told[1:])


def _day(number: Day) -> date:
    return EPOCH + timedelta(days=number)


def _figures(listing: Listing) -> list[tuple[str, str]]:
    told = summarize(listing.store, listing.question)
    beside = f" ({describe_held(listing)} and in these figures)" if listing.held else ""
    return [
        (f"{told.incidents:,}", f"incidents{beside}"),
        (f"{told.places:,}", "places"),
        (_estimate(told.killed), f"killed, as reported; {told.killed.silent:,} rows are silent"),
        (_estimate(told.injured), f"injured, as reported; {told.injured.silent:,} rows are silent"),
        (f"{told.documents:,}", "source documents"),
    ]


def _estimate(people: Estimate) -> str:
    if not people.stated:
        return "unknown"
    return f"{people.low:,}" if people.low == people.high else f"{people.low:,}–{people.high:,}"
