"""What is asked of a store once, or was asked lately: no answer outlasts its store, or keeps it open."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary, ref

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from geodata.store.answers import Answers
    from geodata.store.engine import Store

LATELY = 32
"""Answers of one sort."""
_More = ParamSpec("_More")
_Answer = TypeVar("_Answer")


def remembered(
    find: Callable[Concatenate[Store, _More], _Answer],
) -> Callable[Concatenate[Store, _More], _Answer]:
    """Make a question about all of a store be asked only once of each store, with the same other arguments."""
    told: WeakKeyDictionary[Store, dict[Hashable, _Answer]] = WeakKeyDictionary()

    @wraps(find)
    def found(store: Store, *more: _More.args, **named: _More.kwargs) -> _Answer:
        answers = told.setdefault(store, {})
        key = (more, tuple(sorted(named.items())))
        if key not in answers:
            answers[key] = find(store, *more, **named)
        return answers[key]

    return found


def lately(
    find: Callable[Concatenate[Store, _More], _Answer],
) -> Callable[Concatenate[Store, _More], _Answer]:
    """Make a question that several panels ask of a store be answered once; it goes with the store's `answers`."""
    told: WeakKeyDictionary[Answers, Callable[..., _Answer]] = WeakKeyDictionary()

    @wraps(find)
    def found(store: Store, *more: _More.args, **named: _More.kwargs) -> _Answer:
        if store.answers not in told:
            asked: Any = ref(store)
            told[store.answers] = lru_cache(LATELY)(lambda *more, **named: find(asked(), *more, **named))
        return told[store.answers](*more, **named)

    return found
