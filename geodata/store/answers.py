"""Answers given lately: the same question comes from several panels, and from many readers."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Protocol, TypeVar

MOST_BYTES = 8_000_000


class Measured(Protocol):
    """What says how many bytes it holds, as tables of Arrow and arrays of NumPy do."""

    @property
    def nbytes(self) -> int:
        """Return how many."""
        ...


_Answer = TypeVar("_Answer", bound=Measured)


class Answers:
    """The answers asked for last, as many as go into `MOST_BYTES`; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._bytes = 0

    def find(self, asked: Hashable, run: Callable[[], _Answer]) -> _Answer:
        """Return the answer to what is `asked`, from `run` when it is not known.

        Two who ask at the same time may both run it; nobody waits for the other.
        """
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
                return self._kept[asked]
        answer = run()
        with self._lock:
            self._keep(asked, answer)
        return answer

    def asked(self) -> tuple[Hashable, ...]:
        """Return what was asked, of which the answer is known."""
        with self._lock:
            return tuple(self._kept)

    def _keep(self, asked: Hashable, answer: Measured) -> None:
        if asked in self._kept or answer.nbytes > MOST_BYTES:
            return
        self._kept[asked] = answer
        self._bytes += answer.nbytes
        while self._bytes > MOST_BYTES:
            self._bytes -= self._kept.popitem(last=False)[1].nbytes
