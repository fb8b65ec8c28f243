"""Rows by their numbers, in any order, without ever holding all of them."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from geodata.store.engine import Store, this

BATCH_ROWS = 50_000


def stream_numbered(store: Store, rows: np.ndarray, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Yield the incidents of these numbers, in this order, and of them these columns.

    A batch reads all rows between its lowest and its highest number. The store is sorted by date, so an order by
    date makes batches of neighbours; for any other order let the engine sort.
    """
    for start in range(0, len(rows), BATCH_ROWS):
        wanted = rows[start : start + BATCH_ROWS]
        between = this.row.between(int(wanted.min()), int(wanted.max()))
        found = store.ask(store.incidents.filter(between).select(*dict.fromkeys((*columns, "row"))))
        numbers = found["row"].to_numpy()
        order = np.argsort(numbers)
        taken = found.take(order[np.searchsorted(numbers, wanted, sorter=order)])
        yield from taken.select(list(columns)).combine_chunks().to_batches()
