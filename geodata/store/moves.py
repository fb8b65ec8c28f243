"""Counts under dates that have moved: what was counted lately, less what the move left behind and more what it met.

A slider's move crosses few of the incidents, and these lie together, as all are in the order of their days.
"""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
import pyarrow as pa

from geodata.store.answers import Answers
from geodata.store.asking import Build, ask
from geodata.store.engine import Store
from geodata.store.facts import PACE, find_paces
from geodata.store.filters import End, IncidentFilter, day_number

MOST_KEPT = 32
LEAST_ROWS = 100_000
"""Fewer are as soon counted anew."""
MOST_CROSSED = 0.25
"""The part of the rows between the dates that a move may cross."""
_BEFORE_ALL, _AFTER_ALL = -(2**31), 2**31 - 1

_Key: TypeAlias = tuple[Build, IncidentFilter]


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
    kept, key = _kept(store), (build, replace(question, start=None, end=None))
    near = kept.find_nearest(key, question, find_paces(store))
    if near is None:
        counted = _spread(ask(store, build, question), sizes)
    else:
        counted = near.counted.copy()
        for sign, then, end, first, last in _moves(near, question):
            counted += sign * _spread(ask(store, build, then, end, first=first, last=last), sizes)
    kept.keep(key, _Counted(start=question.start, end=question.end, counted=counted))
    return counted


def _spread(told: pa.Table, sizes: tuple[int, ...]) -> np.ndarray:
    columns = [column.to_numpy() for column in told.columns]
    groups, sums = columns[: len(sizes)], columns[len(sizes) :]
    spread = np.zeros((*sizes, len(sums)), dtype=np.int64)
    spread[tuple(groups) if groups else ...] = np.stack(sums, axis=-1)
    return spread


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    start: date | None
    end: date | None
    counted: np.ndarray


def _moves(near: _Counted, question: IncidentFilter) -> Iterator[tuple[int, IncidentFilter, End, int, int]]:
    """Yield what is to be added or taken away: the rows of a question one of whose ends lies in some days."""
    if near.start != question.start:
        then, now = (_BEFORE_ALL if day is None else day_number(day) for day in (near.start, question.start))
        sign = 1 if now < then else -1
        yield sign, replace(question, start=None, end=near.end), "start", min(then, now), max(then, now) - 1
    if near.end != question.end:
        then, now = (_AFTER_ALL if day is None else day_number(day) for day in (near.end, question.end))
        yield 1 if now > then else -1, replace(question, end=None), "end", min(then, now) + 1, max(then, now)


class _Kept:
    """What was counted lately; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[_Key, date | None, date | None], _Counted] = OrderedDict()

    def keep(self, key: _Key, counted: _Counted) -> None:
        with self._lock:
            self._kept[key, counted.start, counted.end] = counted
            self._kept.move_to_end((key, counted.start, counted.end))
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)

    def find_nearest(self, key: _Key, question: IncidentFilter, paces: tuple[int, ...]) -> _Counted | None:
        """Return what was counted under dates from which it is not far to those of `question`, or None."""
        with self._lock:
            near = [counted for (kept_key, *_), counted in self._kept.items() if kept_key == key]
        first, last = _reach(question, paces)
        if not near or (last - first) * PACE < LEAST_ROWS:
            return None

        def crossed(counted: _Counted) -> int:
            then_first, then_last = _reach(counted, paces)
            return abs(then_first - first) + abs(then_last - last)

        nearest = min(near, key=crossed)
        return nearest if crossed(nearest) <= MOST_CROSSED * (last - first) else None


def _reach(dated: IncidentFilter | _Counted, paces: tuple[int, ...]) -> tuple[int, int]:
    """Return between which of the paces dates lie."""
    first = 0 if dated.start is None else bisect_left(paces, day_number(dated.start))
    return first, len(paces) if dated.end is None else bisect_left(paces, day_number(dated.end))


_kept_by: WeakKeyDictionary[Answers, _Kept] = WeakKeyDictionary()


def _kept(store: Store) -> _Kept:
    return _kept_by.setdefault(store.answers, _Kept())
