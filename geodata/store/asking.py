"""Asking a store: the SQL of a question is written once for each of its shapes, then filled with days and numbers.

Writing SQL from an Ibis expression costs more than running it on a small table, and a reader who moves a slider
asks the same question again and again with other days. So the days and numbers of a question are compiled as
values that stand for nothing else, and put in afterwards: integers only, never text.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from typing import TypeAlias
from weakref import ReferenceType, ref

import pyarrow as pa

from geodata.store.engine import Store, Table
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
    days = {_START: question.start, _END: question.end}
    sql, of_numbers = _sql(ref(store), build, _shaped(question), shape, tuple(numbers))
    for stand_in, day in days.items():
        if day is not None:
            sql = sql.replace(str(day_number(stand_in)), str(day_number(day)))
    for place, number in enumerate(numbers.values()):
        sql = sql.replace(str(_FIRST_NUMBER + place), str(int(number)))
    return store.answers.find(sql, partial(store.run, numbers=of_numbers))


def _shaped(question: IncidentFilter) -> IncidentFilter:
    start, end = question.start and _START, question.end and _END
    return replace(question, start=start, end=end)


@lru_cache(maxsize=1024)
def _sql(
    asked: ReferenceType[Store],
    build: Build,
    question: IncidentFilter,
    shape: tuple[object, ...],
    names: tuple[str, ...],
) -> tuple[str, bool]:
    """Return a question's SQL, and whether its answer is of numbers; what is remembered here keeps no store open."""
    store = asked()
    if store is None:
        raise ReferenceError("the store that is asked is gone")
    numbers = {name: _FIRST_NUMBER + place for place, name in enumerate(names)}
    asked_for = build(store, question, *shape, **numbers)
    kinds = asked_for.schema().types
    return store.engine.to_lasting_sql(asked_for), all(kind.is_integer() or kind.is_boolean() for kind in kinds)
