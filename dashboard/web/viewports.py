"""What each reader's map shows, so that the pictures they take away show the same.

A reader is an unguessable word that the page gives to its map, and the map back with each question.
"""

from collections import OrderedDict
from threading import Lock

from geodata.store.cells import Viewport

_MOST_READERS = 2000
_seen: OrderedDict[str, Viewport] = OrderedDict()
_lock = Lock()


def remember(reader: str, viewport: Viewport) -> None:
    """Keep the viewport that a map has asked for."""
    with _lock:
        _seen[reader] = viewport
        _seen.move_to_end(reader)
        if len(_seen) > _MOST_READERS:
            _seen.popitem(last=False)


def recall(reader: str) -> Viewport | None:
    """Return what `remember` kept last, or None."""
    with _lock:
        return _seen.get(reader)
