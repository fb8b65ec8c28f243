"""The incidents that a file is to hold, in their order."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

import pyarrow as pa

from geodata.exports.coarse import Coarsening, coarsen
from geodata.exports.columns import EXPORTED
from geodata.gazetteer.places import Gazetteer
from geodata.store.engine import Store
from geodata.store.filters import IncidentFilter
from geodata.store.queries import Order, stream_rows

_COLUMNS = (*EXPORTED, "as_area")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Listing:
    """What the table shows: the incidents that `question` keeps, in `order`.

    Attributes
    ----------
    coarsening
        How the points are made vaguer, or None: they are told as they are known.
    made
        When, as "2024-05-31T12:00:00Z"; the formats that tell the time tell this one.
    link
        The address that shows the same view, or blank.
    counts
        Rows by `Location`, of the batches that have been taken so far.
    """

    store: Store
    gazetteer: Gazetteer
    question: IncidentFilter = field(default_factory=IncidentFilter)
    order: Order = "newest"
    coarsening: Coarsening | None = None
    made: str = ""
    link: str = ""
    counts: Counter[str] = field(default_factory=Counter[str])

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows, the columns `EXPORTED` and `as_area`, counting them anew; at least one batch."""
        self.counts.clear()
        rows = stream_rows(self.store, self.question, self.order, _COLUMNS)
        first = next(rows, None)
        if first is None:
            schema = self.store.ask(self.store.incidents.select(*_COLUMNS).limit(0)).schema
            yield pa.RecordBatch.from_pylist([], schema)
            return
        for batch in chain([first], rows):
            vaguer = coarsen(batch, self.coarsening, self.gazetteer) if self.coarsening else batch
            self.counts.update(map(str, vaguer["location"].to_pylist()))
            yield vaguer
