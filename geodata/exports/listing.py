"""The incidents that a file is to hold, in their order."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

import pyarrow as pa

from geodata.errors import GeodataError
from geodata.exports.coarse import Coarsening, coarsen
from geodata.exports.columns import EXPORTED, Values
from geodata.exports.frame import Bounds
from geodata.exports.held_back import count_restricted, hold_back
from geodata.gazetteer.places import Gazetteer
from geodata.store.counts import count_rows
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
    bounds
        What pictures show, or None: nearly all of the rows.
    offset, limit
        Which of the rows, counted from 0; all from `offset` on when `limit` is None.
    confirmed
        Also give what is sensitive or may not be passed on; without, such rows are held back.
    counts
        Rows by `Location`, of the batches that have been taken so far.
    held
        How many rows have been held back so far, by the reason in words.
    places
        Ids of the places that those rows are at.
    """

    store: Store
    gazetteer: Gazetteer
    question: IncidentFilter = field(default_factory=IncidentFilter)
    order: Order = "newest"
    coarsening: Coarsening | None = None
    made: str = ""
    link: str = ""
    bounds: Bounds | None = None
    offset: int = 0
    limit: int | None = None
    confirmed: bool = False
    counts: Counter[str] = field(default_factory=Counter[str])
    held: Counter[str] = field(default_factory=Counter[str])
    places: set[str] = field(default_factory=set[str])

    def refuse_more_than(self, most: int, what: str) -> None:
        """Return if the rows may be as few as `most`; none of them is taken.

        Raises
        ------
        GeodataError
            If `what` cannot hold them.
        """
        rows = max(count_rows(self.store, self.question) - self.offset, 0)
        rows = rows if self.limit is None else min(rows, self.limit)
        if rows > most and not self.confirmed:
            rows -= count_restricted(self.store, self.question)
        if rows > most:
            raise GeodataError(f"{what} holds {most} rows, and there are {rows}: narrow the filter")

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows, the columns `EXPORTED` and `as_area`, counting them anew; at least one batch."""
        for kept in (self.counts, self.held, self.places):
            kept.clear()
        rows = _part(stream_rows(self.store, self.question, self.order, _COLUMNS), self.offset, self.limit)
        first = next(rows, None)
        if first is None:
            schema = self.store.ask(self.store.incidents.select(*_COLUMNS).limit(0)).schema
            yield pa.RecordBatch.from_pylist([], schema)
            return
        for batch in chain([first], rows):
            free = batch if self.confirmed else hold_back(batch, self.store.meta, self.held)
            vaguer = coarsen(free, self.coarsening, self.gazetteer) if self.coarsening else free
            found: Values = vaguer["location"]
            self.counts.update(dict(zip(*(part.to_pylist() for part in found.value_counts().flatten()), strict=True)))
            self.places.update(map(str, vaguer["place_id"].unique().to_pylist()))
            yield vaguer


def _part(batches: Iterator[pa.RecordBatch], offset: int, limit: int | None) -> Iterator[pa.RecordBatch]:
    """Yield the rows from `offset` on, as many as `limit`, and read no further."""
    start = 0
    for batch in batches:
        part = batch.slice(max(offset - start, 0))
        if limit is not None:
            part = part.slice(0, max(offset + limit - max(start, offset), 0))
        if len(part):
            yield part
        start += len(batch)
        if limit is not None and start >= offset + limit:
            return
