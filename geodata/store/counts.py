"""How many: the figures of what a filter keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from geodata.incidents.schema import Location
from geodata.store.asking import ask
from geodata.store.engine import Store, Table, this
from geodata.store.families import Bounds, Families, count_families
from geodata.store.filters import End, IncidentFilter, numbers_of
from geodata.store.moves import add_up
from geodata.store.remembered import lately
from geodata.store.spots import count_by_spot

Responsible: TypeAlias = Literal["side", "actor"]


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
    told = dict(zip(_ADDED, add_up(store, _added, question).tolist(), strict=True))
    located = _count_located(store, question)
    rows = sum(located.rows.values())
    exact, approximate = (located.rows[name] for name in ("exact", "approximate"))
    return Summary(
        rows=rows,
        exact=exact,
        approximate=approximate,
        unplaced=rows - exact - approximate,
        undated=rows - told["dated"],
        umbrellas=families.umbrellas,
        places=located.places,
        documents=len(_cited(store, question)),
        claimed=located.claimed - families.umbrellas_claimed,
        killed=_estimate(rows, told, "killed", families),
        injured=_estimate(rows, told, "injured", families),
    )


_ADDED = (
    *("dated", "killed_told", "injured_told"),
    *(f"added_{what}_{bound}" for what in ("killed", "injured") for bound in Bounds._fields),
)


def _added(store: Store, question: IncidentFilter, *end: End, **days: int) -> Table:
    """Return the sums over the rows outside families, how many of these tell a number, and how many rows are dated."""
    kept = numbers_of(store, question, *end, **days)
    return kept.aggregate(**{name: this[name].sum().fill_null(0) for name in _ADDED})


class _Located(NamedTuple):
    """Rows by location, and of all together those that are claimed, and the places that they are at."""

    rows: Mapping[str, int]
    claimed: int
    places: int


def _count_located(store: Store, question: IncidentFilter) -> _Located:
    counted = count_by_spot(store, question)
    if counted is None:
        told = ask(store, _by_location, question)
        locations, attributions, counts = (told[name].to_numpy() for name in ("location_no", "attribution_no", "n"))
        places = ask(store, _places, question)["n"][0].as_py()
    else:
        spots, counts = counted
        locations, attributions, here = (spots[name] for name in ("location_no", "attribution_no", "place_no"))
        places = len(np.unique(here[(counts > 0) & (here >= 0)]))
    by_location = {str(name): _count_of(store, "location", name, locations, counts) for name in Location}
    return _Located(by_location, _count_of(store, "attribution", "claimed", attributions, counts), places)


def _count_of(store: Store, dimension: str, value: str, numbers: np.ndarray, counts: np.ndarray) -> int:
    return int(counts[np.isin(numbers, store.numbers(dimension, frozenset({value})))].sum())


def _by_location(store: Store, question: IncidentFilter) -> Table:
    return numbers_of(store, question).group_by("location_no", "attribution_no").aggregate(n=this.count())


def _places(store: Store, question: IncidentFilter) -> Table:
    return numbers_of(store, question).aggregate(n=this.place_no.nunique())


def _cited(store: Store, question: IncidentFilter) -> set[str]:
    """Return the documents that matching rows cite."""
    found = ask(store, _citings, question).to_pylist()
    return {document for row in found for document in store.citings.get(row["citing_no"], ())}


def _citings(store: Store, question: IncidentFilter) -> Table:
    return numbers_of(store, question).select("citing_no").distinct()


def _estimate(rows: int, told: dict[str, int], what: str, families: Families) -> Estimate:
    stated = told[f"{what}_told"] + getattr(families, f"{what}_stated")
    people = {name: told[f"added_{what}_{name}"] + n for name, n in getattr(families, what)._asdict().items()}
    return Estimate(stated=stated, silent=rows - stated, **people)


def count_facet(store: Store, question: IncidentFilter, dimension: Responsible) -> dict[str, int]:
    """Count the rows per side or actor, as they would be if the filter asked for none of either."""
    anybody = replace(question, sides=frozenset(), factions=frozenset())
    counted = add_up(store, _responsible, anybody, *(len(store.codes[name]) for name in _RESPONSIBLE))[:, :, 0]
    counts = counted.sum(axis=1 - _RESPONSIBLE.index(dimension))
    return {store.codes[dimension][no]: int(counts[no]) for no in np.flatnonzero(counts)}


_RESPONSIBLE = ("side", "actor")


def _responsible(store: Store, question: IncidentFilter, *end: End, **days: int) -> Table:
    """Count by side and actor in one pass over the rows, as both are always asked for."""
    return numbers_of(store, question, *end, **days).group_by("side_no", "actor_no").aggregate(n=this.count())


def count_rows(store: Store, question: IncidentFilter) -> int:
    """Return how many rows `question` keeps."""
    return ask(store, _rows, question)["n"][0].as_py()


def _rows(store: Store, question: IncidentFilter) -> Table:
    return numbers_of(store, question).aggregate(n=this.count())


def count_undated(store: Store, question: IncidentFilter) -> int:
    """Return how many rows without a date every facet of `question` but its dates keeps."""
    return ask(store, _undated, replace(question, start=None, end=None, undated=True))["n"][0].as_py() or 0


def _undated(store: Store, question: IncidentFilter) -> Table:
    return numbers_of(store, question).aggregate(n=this.first_day.isnull().sum())
