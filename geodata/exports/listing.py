"""The incidents that a file is to hold, in their order."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from geodata.gazetteer.places import Gazetteer
from geodata.store.engine import Store
from geodata.store.filters import IncidentFilter
from geodata.store.queries import Order, stream_rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Listing:
    """What the table shows: the incidents that `question` keeps, in `order`.

    Attributes
    ----------
    counts
        Rows by `Location`, of the batches that have been taken so far.
    """

    store: Store
    gazetteer: Gazetteer
    question: IncidentFilter
    order: Order = "newest"
    counts: Counter[str] = field(default_factory=Counter[str])

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows, all columns, counting them anew."""
        self.counts.clear()
        for batch in stream_rows(self.store, self.question, self.order):
            self.counts.update(map(str, batch["location"].to_pylist()))
            yield batch
