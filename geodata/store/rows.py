"""Rows by their numbers, in any order, without ever holding all of them."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

import numpy as np
import pyarrow as pa

from geodata.store.asking import ask
from geodata.store.engine import Store, Table, this
from geodata.store.filters import EVERYTHING, IncidentFilter

BATCH_ROWS = 25_000
SCATTERED_ROWS = 10_000
"""Rows of a batch whose numbers are far apart: they stand one by one in SQL."""
_DENSE = 2


def stream_numbered(store: Store, rows: np.ndarray, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Yield the incidents of these numbers, in this order, and of them these columns.

    The store is sorted by date, so that an order by date makes batches of neighbours.
    """
    sql = _to_sql(store, columns)

    def read(wanted: np.ndarray) -> list[pa.RecordBatch]:
        return _in_order(_read(store, sql, wanted), wanted, columns).combine_chunks().to_batches()

    for batches in _ahead(read, _batches(rows)):
        yield from batches


def take_rows(store: Store, rows: np.ndarray, columns: tuple[str, ...]) -> pa.Table:
    """Return a few incidents of these numbers, in this order, and of them these columns."""
    low, high = (int(rows.min()), int(rows.max())) if len(rows) else (0, -1)
    if high - low < BATCH_ROWS:
        found = ask(store, _between, EVERYTHING, columns, low=low, high=high)
    else:
        found = _read(store, _to_sql(store, columns), rows)
    return _in_order(found, rows, columns)


def _between(store: Store, _everything: IncidentFilter, columns: tuple[str, ...], *, low: int, high: int) -> Table:
    return store.incidents.filter(this.row.between(low, high)).select(*columns, "row")


def _in_order(found: pa.Table, rows: np.ndarray, columns: Sequence[str]) -> pa.Table:
    numbers = found["row"].to_numpy()
    order = np.argsort(numbers)
    return found.take(order[np.searchsorted(numbers, rows, sorter=order)]).select(list(columns))


def _batches(rows: np.ndarray) -> Iterator[np.ndarray]:
    start = 0
    while start < len(rows):
        wanted = rows[start : start + BATCH_ROWS]
        wanted = wanted if _are_neighbours(wanted) else wanted[:SCATTERED_ROWS]
        yield wanted
        start += len(wanted)


def _are_neighbours(rows: np.ndarray) -> bool:
    return int(rows.max()) - int(rows.min()) < _DENSE * len(rows)


def _ahead(
    read: Callable[[np.ndarray], list[pa.RecordBatch]], wanted: Iterator[np.ndarray]
) -> Iterator[list[pa.RecordBatch]]:
    """Yield what is read of each, and read the next one meanwhile; the first one alone, as it is often enough."""
    yield from map(read, islice(wanted, 1))
    with ThreadPoolExecutor(1) as reader:
        coming: deque[Future[list[pa.RecordBatch]]] = deque()
        for rows in wanted:
            coming.append(reader.submit(read, rows))
            if len(coming) > 1:
                yield coming.popleft().result()
        yield from (last.result() for last in coming)


def _to_sql(store: Store, columns: Sequence[str]) -> str:
    """Return the SQL of all rows: written once for all batches, as that takes longer than to run it on one."""
    return store.to_sql(store.incidents.select(*dict.fromkeys((*columns, "row"))))


def _read(store: Store, sql: str, rows: np.ndarray) -> pa.Table:
    """Return these rows in any order, perhaps with others between them."""
    between = f"SELECT * FROM ({sql}) AS told WHERE row BETWEEN {rows.min()} AND {rows.max()}"
    if _are_neighbours(rows):
        return store.run(between)
    return store.run(f"{between} AND row IN ({','.join(map(str, rows.tolist()))})")
