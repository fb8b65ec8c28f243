"""Rows by their numbers, in any order, without ever holding all of them."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from geodata.store.engine import Store, this

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
        numbers = found["row"].to_numpy()
        order = np.argsort(numbers)
        taken = found.take(order[np.searchsorted(numbers, wanted, sorter=order)])
        yield from taken.select(list(columns)).combine_chunks().to_batches()


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
