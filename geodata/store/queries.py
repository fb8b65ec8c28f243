"""Which: the incidents that a filter keeps, and what is told of one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from geodata.store.asking import ask
from geodata.store.engine import Store, Table, Value, this
from geodata.store.facts import find_paces
from geodata.store.filters import IncidentFilter, day_number, matching, numbers_of
from geodata.store.rows import stream_numbered, take_rows

Order = Literal["newest", "oldest", "place", "actor", "killed"]


PAGE = 100
NEAR_PACES = 4
"""A page of a list by date is looked for first in so many paces of rows: it is seldom farther."""
TOLD = (
    *("incident_id", "date_earliest", "date_latest", "date_precision", "place", "place_name", "known_to"),
    *("category", "event_type", "actor_name", "side", "attribution", "denied_by", "summary"),
    *("killed_low", "killed_best", "killed_high", "injured_low", "injured_best", "injured_high"),
)


def find_page(store: Store, question: IncidentFilter, order: Order, page: int) -> tuple[int, ...]:
    """Return the rows, by their numbers, of a page of `PAGE`, counted from 1, in the order of the downloads."""
    skipped = (page - 1) * PAGE
    near = _find_near(store, question, order, skipped)
    return near or tuple(ask(store, _page, question, order, skipped=skipped)["row"].to_numpy().tolist())


def tell_page(store: Store, rows: Sequence[int]) -> pa.Table:
    """Return the columns `TOLD` of a page's rows, in their order."""
    return take_rows(store, np.array(rows, dtype=np.int64), TOLD)


def _find_near(store: Store, question: IncidentFilter, order: Order, skipped: int) -> tuple[int, ...] | None:
    """Return a page's rows if they are among those where an order by date begins, or None: they may be anywhere."""
    paces = find_paces(store)
    if order == "newest":
        reached = len(paces) if question.end is None else bisect_right(paces, day_number(question.end))
        at = reached - NEAR_PACES
    elif order == "oldest":
        at = NEAR_PACES if question.start is None else bisect_left(paces, day_number(question.start)) + NEAR_PACES
    else:
        return None
    if not 0 <= at < len(paces):
        return None
    rows = ask(store, _near_page, question, order, day=paces[at], skipped=skipped)["row"].to_numpy().tolist()
    return tuple(rows) if len(rows) == PAGE else None


def _near_page(store: Store, question: IncidentFilter, order: Order, *, day: int, skipped: int) -> Table:
    near = this.first_day >= day if order == "newest" else this.first_day <= day
    return numbers_of(store, question).filter(near).order_by(_BY_DATE[order]).limit(PAGE, offset=skipped).select("row")


def _page(store: Store, question: IncidentFilter, order: Order, *, skipped: int) -> Table:
    return _ordered(store, question, order).limit(PAGE, offset=skipped).select("row")


def stream_rows(
    store: Store, question: IncidentFilter, order: Order, columns: Sequence[str] = ()
) -> Iterator[pa.RecordBatch]:
    """Yield these columns, or all, of all matching rows in the order of the table."""
    columns = columns or store.incidents.columns
    ordered = _ordered(store, question, order)
    if order in _BY_DATE or not store.engine.streams:
        return stream_numbered(store, store.ask(ordered.select("row"))["row"].to_numpy(), columns)
    return store.stream(ordered.select(*columns))


_BY_DATE: Mapping[str, list[Value]] = {
    "newest": [ibis.desc("first_day", nulls_first=False), ibis.desc("last_day", nulls_first=False), "row"],
    "oldest": [ibis.asc("first_day", nulls_first=False), "row"],
}
_BY_WORD: Mapping[str, list[Value]] = {
    "place": [(this.place_name == "").asc(), "place_name", "row"],
    "actor": [(this.actor_name == "").asc(), "actor_name", "row"],
    "killed": [ibis.desc("killed_most", nulls_first=False), "row"],
}


def _ordered(store: Store, question: IncidentFilter, order: Order) -> Table:
    """Return the matching incidents in an order; of numbers alone in one by date."""
    if order in _BY_DATE:
        return numbers_of(store, question).order_by(_BY_DATE[order])
    return (
        matching(store, question)
        .mutate(killed_most=ibis.coalesce(this.killed_high, this.killed_best, this.killed_low))
        .order_by(_BY_WORD[order])
        .drop("killed_most")
    )


def find_incident(store: Store, incident_id: str) -> dict[str, Any] | None:
    """Return all columns of one incident, or None when there is no such id."""
    found = store.ask(store.incidents.filter(this.incident_id == incident_id)).to_pylist()
    return found[0] if found else None


def is_kept(store: Store, question: IncidentFilter, incident_id: str) -> bool:
    """Return whether `question` keeps that incident."""
    return store.ask(matching(store, question).filter(this.incident_id == incident_id).select("row")).num_rows > 0


def find_related(store: Store, row: int) -> list[dict[str, Any]]:
    """Return the incidents linked to `row`, either way.

    Returns
    -------
    list of dict
        `relation` (part_of, retaliates_for, possible_duplicate_of), `towards` (True when `row` itself
        names the other), and the other's incident_id, event_type, place_name and dates.
    """
    links = store.table("links")
    told = ["incident_id", "event_type", "place", "place_name", "date_earliest", "date_latest", "date_precision"]
    other = store.incidents.select("row", *told)
    own = links.filter(this.row == row).select("relation", other="target", towards=ibis.literal(value=True))
    back = links.filter(this.target == row).select("relation", other="row", towards=ibis.literal(value=False))
    found = own.union(back).join(other, [("other", "row")]).order_by("relation", "towards", "incident_id")
    return store.ask(found.select("relation", "towards", *told)).to_pylist()


def find_rows_located(store: Store, question: IncidentFilter, location: str, *, limit: int) -> pd.DataFrame:
    """Return matching rows that are exact, approximate or unplaced, newest first, with why."""
    kept = matching(store, question).filter(this.location == location)
    told = [
        "incident_id",
        "line",
        "place",
        "place_name",
        "known_to",
        "uncertainty_m",
        "reason",
        "candidates",
        "summary",
    ]
    return store.ask(
        kept.order_by(ibis.desc("first_day", nulls_first=False), "row").limit(limit).select(told)
    ).to_pandas()
