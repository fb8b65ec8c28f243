"""What each reader's map shows, so that a filter change brings its answer along and the map need not ask for it.

A reader is an unguessable word that the page gives to its map, and the map back with each question.
"""

from collections import OrderedDict
from threading import Lock

from geodata.store.cells import Viewport

_MOST_READERS = 2000
_seen: OrderedDict[str, tuple[str, Viewport]] = OrderedDict()
_lock = Lock()


def remember(reader: str, box: str, viewport: Viewport) -> None:
    """Keep the viewport that a map has asked for; `box` is how the map writes it."""
    with _lock:
        _seen[reader] = (box, viewport)
        _seen.move_to_end(reader)
        if len(_seen) > _MOST_READERS:
            _seen.popitem(last=False)


def recall(reader: str) -> tuple[str, Viewport] | None:
    """Return what `remember` kept last, or None."""
    with _lock:
        return _seen.get(reader)
