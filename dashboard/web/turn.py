"""The map's turn: what the map fetches after a filter change goes before the rest of the page.

Python runs one thread at a time, and a browser's page one task: if figures, table and sidebar were drawn at once,
the map would wait for all of them. So they wait for the map, and no longer than `PATIENCE_S`.
"""

from collections import OrderedDict
from threading import Condition

PATIENCE_S = 0.15
_REMEMBERED = 256
_answered: OrderedDict[str, None] = OrderedDict()
_changed = Condition()


def tell_answered(query: str) -> None:
    """Say that a map has been answered what it asked with this filter."""
    with _changed:
        _answered[query] = None
        if len(_answered) > _REMEMBERED:
            _answered.popitem(last=False)
        _changed.notify_all()


def wait_until_answered(query: str) -> None:
    """Return as soon as a map has been answered what it asks with this filter, or patience is at its end."""
    with _changed:
        _answered.pop(query, None)
        _changed.wait_for(lambda: query in _answered, PATIENCE_S)
