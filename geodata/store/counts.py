"""How many: the figures of what a filter keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import ibis

from geodata.store.asking import ask
from geodata.store.engine import Store, Table, Value, this
from geodata.store.families import Bounds, count_families
from geodata.store.filters import IncidentFilter, matching
from geodata.store.remembered import lately

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


@lately
def summarize(store: Store, question: IncidentFilter) -> Summary:
    """Count what `question` keeps."""
    families = count_families(store, question)
    answer = ask(store, _summary, question).to_pylist()[0]
    counted = {name: int(value or 0) for name, value in answer.items()}
    return Summary(
        umbrellas=len(families.umbrellas),
        documents=len(_cited(store, question)),
        claimed=counted["claimed"] - families.umbrellas_claimed,
        killed=_to_estimate(counted, "killed", families.killed),
        injured=_to_estimate(counted, "injured", families.injured),
        **{name: counted[name] for name in ("rows", *_LOCATIONS, "undated", "places")},
    )


def _summary(store: Store, question: IncidentFilter) -> Table:
    location = {name: no for no, name in enumerate(store.codes["location"])}
    return matching(store, question).aggregate(
        rows=this.count(),
        **{name: (this.location_no == location.get(name, -1)).sum() for name in _LOCATIONS},
        undated=this.first_day.isnull().sum(),
        places=this.place_no.nunique(),
        claimed=this.count(where=this.attribution_no.isin(store.numbers("attribution", frozenset({"claimed"})))),
        **_sums("killed"),
        **_sums("injured"),
    )


def _cited(store: Store, question: IncidentFilter) -> set[str]:
    """Return the documents that matching rows cite."""
    found = ask(store, _citings, question).to_pylist()
    return {document for row in found for document in store.citings.get(row["citing_no"], ())}


def _citings(store: Store, question: IncidentFilter) -> Table:
    return matching(store, question).select("citing_no").distinct()


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
    others = replace(question, **dict.fromkeys(FACETS[dimension], frozenset()))
    counts = ask(store, _facet, others, dimension).to_pylist()
    return {store.codes[dimension][row[f"{dimension}_no"]]: row["n"] for row in counts}


def _facet(store: Store, question: IncidentFilter, dimension: str) -> Table:
    return matching(store, question).group_by(f"{dimension}_no").aggregate(n=this.count())


def count_rows(store: Store, question: IncidentFilter) -> int:
    """Return how many rows `question` keeps."""
    return ask(store, _rows, question)["n"][0].as_py()


def _rows(store: Store, question: IncidentFilter) -> Table:
    return matching(store, question).aggregate(n=this.count())


def count_undated(store: Store, question: IncidentFilter) -> int:
    """Return how many rows without a date every facet of `question` but its dates keeps."""
    return ask(store, _undated, replace(question, start=None, end=None, undated=True))["n"][0].as_py() or 0


def _undated(store: Store, question: IncidentFilter) -> Table:
    return matching(store, question).aggregate(n=this.first_day.isnull().sum())
