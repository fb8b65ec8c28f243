"""Answers given lately: the same question comes from several panels, and from many readers."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

import pyarrow as pa

MOST_BYTES = 8_000_000


class Answers:
    """The answers asked for last, as many as go into `MOST_BYTES`; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[str, pa.Table] = OrderedDict()
        self._bytes = 0

    def find(self, sql: str, run: Callable[[str], pa.Table]) -> pa.Table:
        """Return the answer to `sql`, from `run` when it is not known.

        Two who ask at the same time may both run it; nobody waits for the other.
        """
        with self._lock:
            if sql in self._kept:
                self._kept.move_to_end(sql)
                return self._kept[sql]
        answer = run(sql)
        with self._lock:
            self._keep(sql, answer)
        return answer

    def _keep(self, sql: str, answer: pa.Table) -> None:
        if sql in self._kept or answer.nbytes > MOST_BYTES:
            return
        self._kept[sql] = answer
        self._bytes += answer.nbytes
        while self._bytes > MOST_BYTES:
            self._bytes -= self._kept.popitem(last=False)[1].nbytes
