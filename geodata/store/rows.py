"""Rows by their numbers, in any order, without ever holding all of them."""

from collections.abc import Iterator, Sequence

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
    for wanted in _batches(rows):
        found = _read(store, wanted, list(dict.fromkeys((*columns, "row"))))
        yield from _in_order(found, wanted, columns).combine_chunks().to_batches()


def take_rows(store: Store, rows: np.ndarray, columns: tuple[str, ...]) -> pa.Table:
    """Return a few incidents of these numbers, in this order, and of them these columns."""
    low, high = (int(rows.min()), int(rows.max())) if len(rows) else (0, -1)
    if high - low < BATCH_ROWS:
        found = ask(store, _between, EVERYTHING, columns, low=low, high=high)
    else:
        found = _read(store, rows, [*columns, "row"])
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


def _read(store: Store, rows: np.ndarray, columns: Sequence[str]) -> pa.Table:
    """Return these rows in any order, perhaps with others between them."""
    between = store.incidents.filter(this.row.between(int(rows.min()), int(rows.max()))).select(*columns)
    if _are_neighbours(rows):
        return store.ask(between)
    # Written by hand: as an expression, thousands of numbers take longer to write than to look up.
    listed = ",".join(map(str, rows.tolist()))
    return store.run(f"SELECT * FROM ({store.to_sql(between)}) AS between_them WHERE row IN ({listed})")
