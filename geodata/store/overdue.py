"""What takes too long is broken off; one thread watches over all that run."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache
from itertools import count
from threading import Thread
from time import monotonic, sleep

LOOK_EVERY_S = 0.5
_running: dict[int, tuple[float, Callable[[], None]]] = {}
_numbers = count()


@contextmanager
def broken_off_after(seconds: float, interrupt: Callable[[], None]) -> Generator[None]:
    """Call `interrupt` from another thread when what follows has run so long, and again until it has ended.

    A timer for each, which is a thread of its own, would take longer to start than many a question to answer.
    """
    _start_watching()
    number = next(_numbers)
    _running[number] = monotonic() + seconds, interrupt
    try:
        yield
    finally:
        del _running[number]


@cache
def _start_watching() -> None:
    Thread(target=_watch, name="overdue", daemon=True).start()


def _watch() -> None:
    while True:
        sleep(LOOK_EVERY_S)
        for end, interrupt in list(_running.values()):
            if end < monotonic():
                interrupt()
