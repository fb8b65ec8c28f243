"""The questions that the dashboard, the downloads and the command line ask of the incidents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

import ibis
import pandas as pd
import pyarrow as pa

from geodata.store.engine import Store, Table, Value, this
from geodata.store.families import Bounds, count_families
from geodata.store.filters import EPOCH, IncidentFilter, matching

Order = Literal["newest", "oldest", "place", "actor", "killed"]
FACETS: Mapping[str, tuple[str, ...]] = {
    "side": ("sides", "factions"),
    "actor": ("sides", "factions"),
    "category": ("categories",),
    "event_type": ("event_types",),
    "attribution": ("attributions",),
    "known_to": ("known_to",),
    "country": ("countries",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number of people over several incidents: the sums of what the sources say, and how many say nothing."""

    low: int
    best: int
    high: int
    stated: int
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a filter keeps, counted.

    Attributes
    ----------
    rows
        Matching rows: ``exact + approximate + unplaced``, as the table lists them.
    incidents
        Rows less `umbrellas`, the rows that only hold together others that match too.
    killed, injured
        As `geodata.store.families` counts umbrellas and their parts.
    """

    rows: int
    exact: int
    approximate: int
    unplaced: int
    undated: int
    umbrellas: int
    places: int
    documents: int
    claimed: int
    killed: Estimate
    injured: Estimate

    @property
    def incidents(self) -> int:
        """Return the rows that are incidents of their own."""
        return self.rows - self.umbrellas


def summarize(store: Store, question: IncidentFilter) -> Summary:
    """Count what `question` keeps."""
    kept = matching(store, question)
    families = count_families(store, kept)
    location = {name: no for no, name in enumerate(store.codes["location"])}
    claimed = store.numbers("attribution", frozenset({"claimed"}))
    own = ~this.row.isin(sorted(families.umbrellas))
    answer = store.ask_one(
        kept.aggregate(
            rows=this.count(),
            **{name: (this.location_no == location.get(name, -1)).sum() for name in _LOCATIONS},
            undated=this.first_day.isnull().sum(),
            places=this.place_no.nunique(),
            claimed=(this.attribution_no.isin(claimed) & own).sum(),
            **_sums("killed"),
            **_sums("injured"),
        )
    )
    counted = {name: int(value or 0) for name, value in answer.items()}
    cited = store.table("citations").semi_join(kept, "row").aggregate(n=this.document.nunique())
    return Summary(
        umbrellas=len(families.umbrellas),
        documents=store.ask_one(cited)["n"],
        killed=_to_estimate(counted, "killed", families.killed),
        injured=_to_estimate(counted, "injured", families.injured),
        **{name: counted[name] for name in ("rows", *_LOCATIONS, "undated", "places", "claimed")},
    )


_LOCATIONS = ("exact", "approximate", "unplaced")


def _sums(what: str) -> dict[str, Value]:
    """Return the sums over the rows outside families, and how many of all rows tell a number."""
    low, best, high = (this[f"{what}_{bound}"] for bound in Bounds._fields)
    alone = ~this.in_family
    return {
        f"{what}_low": _first(low, best, high).sum(where=alone),
        f"{what}_best": _first(best, low, high).sum(where=alone),
        f"{what}_high": _first(high, best, low).sum(where=alone),
        f"{what}_stated": _first(low, best, high).count(),
    }


def _first(*values: Value) -> Value:
    return ibis.coalesce(*values)


def _to_estimate(counted: dict[str, int], what: str, families: Bounds) -> Estimate:
    stated = counted[f"{what}_stated"]
    people = {name: counted[f"{what}_{name}"] + number for name, number in families._asdict().items()}
    return Estimate(stated=stated, silent=counted["rows"] - stated, **people)


def count_facet(store: Store, question: IncidentFilter, dimension: str) -> dict[str, int]:
    """Count the rows per value of `dimension`, as they would be if that facet itself asked nothing.

    Parameters
    ----------
    dimension
        A key of `FACETS`.
    """
    kept = matching(store, replace(question, **dict.fromkeys(FACETS[dimension], frozenset())))
    counts = store.ask(kept.group_by(f"{dimension}_no").aggregate(n=this.count())).to_pylist()
    return {store.codes[dimension][row[f"{dimension}_no"]]: row["n"] for row in counts}


def find_page(store: Store, question: IncidentFilter, order: Order, *, offset: int, limit: int) -> pd.DataFrame:
    """Return `limit` matching rows from `offset` on, all columns, in the order of table and downloads."""
    return store.ask(_ordered(store, question, order).limit(limit, offset=offset)).to_pandas()


def stream_rows(store: Store, question: IncidentFilter, order: Order) -> Iterator[pa.RecordBatch]:
    """Yield all matching rows in the order of the table."""
    return store.stream(_ordered(store, question, order))


def _ordered(store: Store, question: IncidentFilter, order: Order) -> Table:
    keys = {
        "newest": [ibis.desc("first_day", nulls_first=False), ibis.desc("last_day", nulls_first=False), "row"],
        "oldest": [ibis.asc("first_day", nulls_first=False), "row"],
        "place": [(this.place_name == "").asc(), "place_name", "row"],
        "actor": [(this.actor_name == "").asc(), "actor_name", "row"],
        "killed": [ibis.desc("killed_most", nulls_first=False), "row"],
    }
    return (
        matching(store, question)
        .mutate(killed_most=ibis.coalesce(this.killed_high, this.killed_best, this.killed_low))
        .order_by(keys[order])
        .drop("killed_most")
    )


def find_incident(store: Store, incident_id: str) -> dict[str, Any] | None:
    """Return all columns of one incident, or None when there is no such id."""
    found = store.ask(store.incidents.filter(this.incident_id == incident_id)).to_pylist()
    return found[0] if found else None


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


@lru_cache(maxsize=8)
def find_span(store: Store) -> tuple[date, date] | None:
    """Return the first and last day of all incidents, or None when none is dated."""
    span = store.ask_one(store.incidents.aggregate(first=this.first_day.min(), last=this.last_day.max()))
    if span["first"] is None:
        return None
    return EPOCH + timedelta(days=span["first"]), EPOCH + timedelta(days=span["last"])


@lru_cache(maxsize=8)
def count_undated(store: Store) -> int:
    """Return how many of all incidents have no date."""
    return count_rows(store, IncidentFilter()) - store.ask_one(store.incidents.aggregate(n=this.first_day.count()))["n"]


@lru_cache(maxsize=8)
def find_busiest(store: Store, *, days: int) -> tuple[date, date] | None:
    """Return the `days` on end with the most incidents that are known to lie inside them; the earliest of several."""
    known = store.incidents.filter(this.last_day - this.first_day < days, this.category == "kinetic")
    starts = (
        known.group_by(day=this.last_day - (days - 1)).aggregate(n=this.count()).order_by(this.n.desc(), "day").limit(1)
    )
    found = store.ask(starts).to_pylist()
    if not found:
        return None
    first = EPOCH + timedelta(days=found[0]["day"])
    return first, first + timedelta(days=days - 1)


def count_rows(store: Store, question: IncidentFilter) -> int:
    """Return how many rows `question` keeps."""
    return store.ask_one(matching(store, question).aggregate(n=this.count()))["n"]


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


@lru_cache(maxsize=8)
def find_years(store: Store) -> tuple[int, ...]:
    """Return the years in which an incident is known to have begun, in order."""
    years = (
        store.incidents.filter(this.first_month.notnull())
        .select(year=this.first_month // 12)
        .distinct()
        .order_by("year")
    )
    return tuple(row["year"] for row in store.ask(years).to_pylist())


@lru_cache(maxsize=8)
def list_documents(store: Store) -> tuple[str, ...]:
    """Return the documents that all incidents cite together."""
    cited = store.table("citations").select("document").distinct().order_by("document")
    return tuple(row["document"] for row in store.ask(cited).to_pylist())
