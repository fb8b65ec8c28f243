"""Asking a store: the SQL of a question is written and parsed once for each of its shapes, then given days and numbers.

Writing SQL from an Ibis expression costs more than running it on a small table, and a reader who moves a slider
asks the same question again and again with other days. So the days and numbers of a question are compiled as
values that stand for nothing else, and put in afterwards: integers only, never text.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeAlias
from weakref import ReferenceType, ref

import pyarrow as pa

from geodata.store.engine import Prepared, Store, Table
from geodata.store.filters import IncidentFilter, day_number

Build: TypeAlias = Callable[..., Table]

_START, _END = date(9998, 1, 1), date(9999, 1, 1)
_LONG_NUMBER = re.compile(r"[0-9]{7}")
_FIRST_NUMBER = 1_900_000_000  # beyond every Web Mercator integer, offset and row number that is asked for


def ask(store: Store, build: Build, question: IncidentFilter, *shape: object, **numbers: int) -> pa.Table:
    """Return the answer to ``build(store, question, *shape, **numbers)``.

    Parameters
    ----------
    build
        A function of a module, which returns an Ibis expression and looks at `numbers` no further than to put
        them into it.
    shape
        Hashable values that decide what the SQL looks like.
    """
    if _LONG_NUMBER.search(f"{question.text} {shape}"):  # it may be one that stands for a day
        return store.ask(build(store, question, *shape, **numbers))
    prepared = _prepared(ref(store), build, _shaped(question), shape, tuple(numbers))
    days = [day_number(day) for day in (question.start, question.end) if day is not None]
    given = (*days, *map(int, numbers.values()))
    return store.answers.find((prepared, given), lambda: store.engine.run_prepared(prepared, given))


def _shaped(question: IncidentFilter) -> IncidentFilter:
    start, end = question.start and _START, question.end and _END
    return replace(question, start=start, end=end)


@lru_cache(maxsize=1024)
def _prepared(
    asked: ReferenceType[Store],
    build: Build,
    question: IncidentFilter,
    shape: tuple[object, ...],
    names: tuple[str, ...],
) -> Prepared:
    """Return a question that is ready to be asked; what is remembered here keeps no store open."""
    store = asked()
    if store is None:
        raise ReferenceError("the store that is asked is gone")
    numbers = {name: _FIRST_NUMBER + place for place, name in enumerate(names)}
    days = [day_number(day) for day in (question.start, question.end) if day is not None]
    return store.engine.prepare(build(store, question, *shape, **numbers), [*days, *numbers.values()])
