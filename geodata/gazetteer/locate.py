"""Incidents joined to the places where they happened."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from geodata.errors import shown
from geodata.gazetteer.given import keep_given_points
from geodata.gazetteer.match import Match, Refusal, match_place
from geodata.gazetteer.precision import RADIUS_M, coarser, location_of, uncertainty_m
from geodata.gazetteer.towns import CAUTION
from geodata.incidents.schema import Precision
from geodata.review.decisions import NOTHING_DECIDED, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from geodata.gazetteer.place import Place
    from geodata.gazetteer.places import Gazetteer
    from geodata.review.decisions import Decision, Decisions

_NAMED = ["place", "given_country", "given_admin1", "place_precision"]
_DECIDED = "decision"
_REMEMBERED = 1 << 16
_NUMBERS = {"lon": "float64", "lat": "float64", "uncertainty_m": "Int64"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where a name is: the derived columns of the schema; the default is nowhere."""

    place_id: str = ""
    place_name: str = ""
    place_kind: str = ""
    lon: float | None = None
    lat: float | None = None
    uncertainty_m: int | None = None
    country: str = ""
    admin1: str = ""
    known_to: str = ""
    location: str = "unplaced"
    reason: str = ""
    candidates: str = ""
    found_by: str = ""


_DTYPES = {field.name: _NUMBERS.get(field.name, "str") for field in fields(Located)}
_told = attrgetter(*_DTYPES)


def locate(incidents: pd.DataFrame, gazetteer: Gazetteer, decisions: Decisions = NOTHING_DECIDED) -> gpd.GeoDataFrame:
    """Return all incidents, in their order, each with its place or the reason why it has none.

    A row's own point is never moved; the gazetteer then only names the place. What the reader has decided about a
    name holds, whatever the gazetteer says.

    Parameters
    ----------
    incidents
        With the columns of `read_incidents`.

    Returns
    -------
    geopandas.GeoDataFrame
        With the derived columns that say where, EPSG:4326; the geometry of an unplaced row is ``None``.
    """
    located = locate_flat(incidents, gazetteer, decisions)
    points = gpd.GeoSeries.from_xy(located["lon"], located["lat"], crs="EPSG:4326").where(located["lon"].notna())
    return gpd.GeoDataFrame(located, geometry=points)


def locate_flat(incidents: pd.DataFrame, gazetteer: Gazetteer, decisions: Decisions = NOTHING_DECIDED) -> pd.DataFrame:
    """Return what `locate` does, but no geometry: for a million rows, it takes as long as finding them."""
    spot, spots = _distinct(pd.DataFrame(incidents[[*_NAMED, "given_lon", "given_lat"]]))
    located = keep_given_points(_locate_names(spots, gazetteer, decisions), spots, gazetteer)
    kept = pd.DataFrame(incidents).drop(columns=[*located.columns, "geometry"], errors="ignore")
    return pd.concat([kept, located.take(spot).set_axis(incidents.index)], axis="columns")


def _locate_names(spots: pd.DataFrame, gazetteer: Gazetteer, decisions: Decisions) -> pd.DataFrame:
    group, names = _distinct(spots[_NAMED])
    answers = [
        _told(_as_decided(decisions.on_place(*name[:3]), name, gazetteer) or _locate_name(*name, gazetteer=gazetteer))
        for name in names.itertuples(index=False, name=None)
    ]
    located = pd.DataFrame(answers, columns=list(_DTYPES)).astype(_DTYPES)
    return located.take(group).reset_index(drop=True)


def _distinct(rows: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Return the number of each row among those that differ, and these: a long table has few of them."""
    numbers = rows.groupby(list(rows.columns), sort=False, dropna=False).ngroup().to_numpy()
    return numbers, rows.drop_duplicates(ignore_index=True)


@lru_cache(maxsize=_REMEMBERED)  # the same names come with every batch of a long table
def _locate_name(name: str, country: str, admin1: str, precision: str, *, gazetteer: Gazetteer) -> Located:
    found = match_place(name, gazetteer, country=country, admin1=admin1)
    if isinstance(found, Match):
        caution = f"'{shown(name)}' is {CAUTION}" if found.how == "town" else ""
        return replace(_locate_place(found.place, precision, found_by=found.how), reason=caution)
    return Located(
        country=country,
        admin1=admin1,
        known_to=precision,
        reason=_explain(name, country, found),
        candidates="; ".join(candidate.place_id for candidate in found.candidates),
    )


def _as_decided(decision: Decision | None, named: Sequence[str], gazetteer: Gazetteer) -> Located | None:
    """Return where the reader has decided that a name is; None when nothing is decided about it."""
    if decision is None:
        return None
    _, country, admin1, precision = named
    if decision.decision == Verdict.POINT:
        return replace(_locate_point(decision, precision), country=country, admin1=admin1)
    if decision.decision == Verdict.LEAVE:
        reason = _tell("left without a place by the reader's decision", decision)
        return Located(country=country, admin1=admin1, known_to=precision, reason=reason, found_by=_DECIDED)
    place = gazetteer.get(decision.target)
    if place is None:
        return None
    located = _locate_place(place, precision, found_by=_DECIDED)
    return replace(located, reason=_tell("placed by the reader's decision", decision))


def _locate_point(decision: Decision, precision: str) -> Located:
    own = Precision(decision.precision)
    known_to = coarser(precision, own)
    told = decision.uncertainty_m or RADIUS_M[own]
    return Located(
        lon=decision.lon,
        lat=decision.lat,
        uncertainty_m=told if known_to == own else max(told, RADIUS_M[known_to]),
        known_to=known_to,
        location=location_of(known_to),
        reason=_tell("placed at a point by the reader's decision", decision),
        found_by=_DECIDED,
    )


def _tell(what: str, decision: Decision) -> str:
    return f"{what}: {decision.note}" if decision.note else what


def _locate_place(place: Place, precision: str, *, found_by: str) -> Located:
    known_to = coarser(precision, place.precision)
    return Located(
        place_id=place.place_id,
        place_name=place.name,
        place_kind=place.kind,
        lon=place.lon,
        lat=place.lat,
        uncertainty_m=uncertainty_m(place, known_to),
        country=place.country,
        admin1=place.admin1,
        known_to=known_to,
        location=location_of(known_to),
        found_by=found_by,
    )


def _explain(name: str, country: str, refusal: Refusal) -> str:
    where = f" in {shown(country)}" if country else ""
    if refusal.reason == "blank":
        return "no place is named"
    if refusal.reason == "ambiguous":
        return f"several places are called '{shown(name)}'{where}: write which, or add given_country or given_admin1"
    if refusal.reason == "town":
        return f"'{shown(name)}' is {CAUTION}: say in given_country or given_admin1 where it lies"
    return f"no place is called '{shown(name)}'{where}: correct the name, or add the place to the gazetteer"
