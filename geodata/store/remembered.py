"""What is asked of a store once: the answer lasts as long as the store, and keeps no store open."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from geodata.store.engine import Store

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
