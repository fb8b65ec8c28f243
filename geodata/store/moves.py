"""Counts under dates that have moved: what was counted lately, less what the move left behind and more what it met.

A slider's move crosses few of the incidents, and these lie together, as all are in the order of their days.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa

from geodata.store.asking import Build, ask
from geodata.store.engine import Store
from geodata.store.facts import PACE, find_paces
from geodata.store.filters import End, IncidentFilter, day_number

LEAST_ROWS = 100_000
"""Fewer are as soon counted anew."""
MOST_CROSSED = 0.25
"""The part of the rows between the dates that a move may cross."""
_BEFORE_ALL, _AFTER_ALL = -(2**31), 2**31 - 1


def add_up(store: Store, build: Build, question: IncidentFilter, *sizes: int) -> np.ndarray:
    """Return sums over what `question` keeps, exactly those of a count from the beginning.

    Parameters
    ----------
    build
        As `ask` takes it; its table comes from ``numbers_of(store, question, *end, **days)``, with the parameters that
        follow its question. First come as many columns of numbers as there are `sizes`, which group the rows, then
        columns that are sums over them.
    sizes
        How many numbers there are of each.

    Returns
    -------
    numpy.ndarray
        An axis for each of `sizes`, and one for the sums.
    """
    whole = replace(question, start=None, end=None)
    asked = _Sums(build=build, whatever_the_dates=whole, start=question.start, end=question.end)

    def count() -> np.ndarray:
        near = _find_nearest(store, asked)
        if near is None:
            return _spread(ask(store, build, question), sizes)
        counted = add_up(store, build, replace(question, start=near.start, end=near.end), *sizes).copy()
        for sign, then, end, first, last in _moves(near, question):
            counted += sign * _spread(ask(store, build, then, end, first=first, last=last), sizes)
        return counted

    return store.answers.find(asked, count)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """What was added up: a question in two parts, as others differ from it in their dates alone."""

    build: Build
    whatever_the_dates: IncidentFilter
    start: date | None
    end: date | None


def _find_nearest(store: Store, asked: _Sums) -> _Sums | None:
    """Return what was added up under dates from which it is not far to those of `asked`, or None."""
    paces = find_paces(store)
    first, last = _reach(asked, paces)
    sums = [known for known in store.answers.asked() if isinstance(known, _Sums) and known.build == asked.build]
    near = [known for known in sums if known.whatever_the_dates == asked.whatever_the_dates]
    if not near or (last - first) * PACE < LEAST_ROWS:
        return None

    def crossed(known: _Sums) -> int:
        then_first, then_last = _reach(known, paces)
        return abs(then_first - first) + abs(then_last - last)

    nearest = min(near, key=crossed)
    return nearest if crossed(nearest) <= MOST_CROSSED * (last - first) else None


def _reach(dated: _Sums, paces: tuple[int, ...]) -> tuple[int, int]:
    """Return between which of the paces dates lie."""
    first = 0 if dated.start is None else bisect_left(paces, day_number(dated.start))
    return first, len(paces) if dated.end is None else bisect_left(paces, day_number(dated.end))


def _spread(told: pa.Table, sizes: tuple[int, ...]) -> np.ndarray:
    columns = [column.to_numpy() for column in told.columns]
    groups, sums = columns[: len(sizes)], columns[len(sizes) :]
    spread = np.zeros((*sizes, len(sums)), dtype=np.int64)
    spread[tuple(groups) if groups else ...] = np.stack(sums, axis=-1)
    return spread


def _moves(near: _Sums, question: IncidentFilter) -> Iterator[tuple[int, IncidentFilter, End, int, int]]:
    """Yield what is to be added or taken away: the rows of a question one of whose ends lies in some days."""
    if near.start != question.start:
        then, now = (_BEFORE_ALL if day is None else day_number(day) for day in (near.start, question.start))
        sign = 1 if now < then else -1
        yield sign, replace(question, start=None, end=near.end), "start", min(then, now), max(then, now) - 1
    if near.end != question.end:
        then, now = (_AFTER_ALL if day is None else day_number(day) for day in (near.end, question.end))
        yield 1 if now > then else -1, replace(question, end=None), "end", min(then, now) + 1, max(then, now)
