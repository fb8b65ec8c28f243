"""Runs of the page take turns: many at once would share Python's lock, and all end late, and their maps too."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

PATIENCE_S = 3
"""So long a run waits for those before it; behind a slow question it then goes on beside them."""
_running = Lock()


@contextmanager
def turn() -> Iterator[None]:
    """Run what follows when no other run does."""
    alone = _running.acquire(timeout=PATIENCE_S)
    try:
        yield
    finally:
        if alone:
            _running.release()
