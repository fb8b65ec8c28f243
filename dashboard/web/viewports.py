"""What each reader's map has been told last: the page waits for it, and the pictures that are taken away show the same.

A reader is an unguessable word that the page gives to its map, and the map back with each question.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from geodata.store.cells import Viewport

_MOST_READERS = 2000


_seen: OrderedDict[str, Viewport] = OrderedDict()
_asking: Counter[str] = Counter()
_told = Condition()


@contextmanager
def answering(reader: str, viewport: Viewport) -> Iterator[None]:
    """Answer a map's question about a viewport, which is kept when that is done."""
    with _told:
        _asking[reader] += 1
        _told.notify_all()
    try:
        yield
    finally:
        with _told:
            _asking[reader] -= 1
            if not _asking[reader]:
                del _asking[reader]
            _seen[reader] = viewport
            _seen.move_to_end(reader)
            if len(_seen) > _MOST_READERS:
                _seen.popitem(last=False)
            _told.notify_all()


def recall(reader: str) -> Viewport | None:
    """Return the viewport about which a reader's map was told last, or None."""
    with _told:
        return _seen.get(reader)


def wait_until_told(reader: str, known: Viewport | None, *, seconds: float) -> None:
    """Return as soon as a reader's map has been told more than `known`, the very one that `recall` gave before.

    Its question is waited for some `seconds`, an answer that is under way ten times as long.
    """
    with _told:
        if _told.wait_for(lambda: reader in _asking or _seen.get(reader) is not known, seconds):
            _told.wait_for(lambda: reader not in _asking, 10 * seconds)
