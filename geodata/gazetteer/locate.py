"""Incidents joined to the places where they happened."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.errors import shown
from geodata.gazetteer.match import Match, Refusal, match_place
from geodata.gazetteer.measure import distance_m
from geodata.incidents.schema import Location, Precision

if TYPE_CHECKING:
    from geodata.gazetteer.places import Gazetteer, Place

# Metres within which an incident happened that is known no better than to this class.
RADIUS_M = {
    Precision.SITE: 1_000,
    Precision.TOWN: 5_000,
    Precision.DISTRICT: 25_000,
    Precision.PROVINCE: 100_000,
    Precision.REGION: 200_000,
    Precision.COUNTRY: 400_000,
}
_ORDER = list(Precision)
_EXACT = (Precision.SITE, Precision.TOWN)
_ASKED = ["place", "place_precision", "given_country", "given_admin1", "given_lon", "given_lat"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where an incident is: the derived columns of the schema; the default is nowhere."""

    place_id: str = ""
    place_name: str = ""
    place_kind: str = ""
    lon: float | None = None
    lat: float | None = None
    uncertainty_m: int | None = None
    country: str = ""
    admin1: str = ""
    known_to: str = ""
    location: str = Location.UNPLACED
    reason: str = ""
    candidates: str = ""


def locate(incidents: pd.DataFrame, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Return all incidents, in their order, each with its place or the reason why it has none.

    A row with its own point keeps it; the gazetteer then only names the place. What is asked alike is answered once.

    Parameters
    ----------
    incidents
        With the columns of `read_incidents`.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; the geometry of an unplaced row is ``None``.
    """
    asked = incidents[_ASKED]
    group = asked.groupby(_ASKED, dropna=False, sort=False).ngroup().to_numpy()
    questions = asked.iloc[np.unique(group, return_index=True)[1]]
    answers = pd.DataFrame(
        [
            asdict(_locate_one(*question, gazetteer=gazetteer))
            for question in questions.itertuples(index=False, name=None)
        ],
        columns=list(Located.__dataclass_fields__),
    ).astype({"lon": "float64", "lat": "float64", "uncertainty_m": "Int64"})
    text = {name: "str" for name in answers.columns if name not in ("lon", "lat", "uncertainty_m")}
    located = answers.astype(text).take(group).set_index(incidents.index)
    points = gpd.points_from_xy(located["lon"], located["lat"], crs="EPSG:4326")
    points[located["lon"].isna().to_numpy()] = None
    kept = incidents.drop(columns=[name for name in located.columns if name in incidents.columns])
    return gpd.GeoDataFrame(pd.concat([kept, located], axis="columns"), geometry=points)


def _locate_one(
    place: str, precision: str, country: str, admin1: str, lon: float, lat: float, *, gazetteer: Gazetteer
) -> Located:
    found = match_place(place, gazetteer, country=country, admin1=admin1)
    if not np.isnan(lon):
        return _at_given_point(found, precision, country, admin1, lon, lat)
    if isinstance(found, Match):
        return _at_place(found.place, precision)
    return Located(
        country=country,
        admin1=admin1,
        known_to=precision,
        reason=_explain(place, country, found),
        candidates="; ".join(candidate.place_id for candidate in found.candidates),
    )


def _at_place(place: Place, precision: str) -> Located:
    known_to = _coarser(precision, place.precision)
    return Located(
        place_id=place.place_id,
        place_name=place.name,
        place_kind=place.kind,
        lon=place.lon,
        lat=place.lat,
        uncertainty_m=_uncertainty_m(place, known_to),
        country=place.country,
        admin1=place.admin1,
        known_to=known_to,
        location=_location(known_to),
    )


def _at_given_point(
    found: Match | Refusal, precision: str, country: str, admin1: str, lon: float, lat: float
) -> Located:
    """Return the row's own point; the place only when the point lies within it."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return Located(
            country=country,
            admin1=admin1,
            known_to=precision,
            reason=f"the given point {lon:g}, {lat:g} is not on Earth: correct given_lon and given_lat",
        )
    if lon == 0 and lat == 0:
        return Located(
            country=country,
            admin1=admin1,
            known_to=precision,
            reason="the given point is 0, 0, which stands for unknown: correct or remove it",
        )
    place = found.place if isinstance(found, Match) else None
    away_m = distance_m(lon, lat, place.lon, place.lat) if place else 0.0
    known_to = _coarser(precision, Precision.SITE) if precision else (place.precision if place else Precision.TOWN)
    if place is None or away_m > _uncertainty_m(place, _coarser(known_to, place.precision)):
        reason = f"the given point is {away_m / 1000:.0f} km from {place.name}" if place else ""
        return Located(
            lon=lon,
            lat=lat,
            uncertainty_m=RADIUS_M[Precision(known_to)],
            country=country,
            admin1=admin1,
            known_to=known_to,
            location=_location(known_to),
            reason=reason,
        )
    return replace(_at_place(place, precision), lon=lon, lat=lat)


def _coarser(precision: str, other: Precision) -> Precision:
    return max(Precision(precision or other), other, key=_ORDER.index)


def _location(known_to: Precision) -> Location:
    return Location.EXACT if known_to in _EXACT else Location.APPROXIMATE


def _uncertainty_m(place: Place, known_to: Precision) -> int:
    """Return the metres around a place; an area's own number says more than its class."""
    if known_to == place.precision and known_to not in (*_EXACT, Precision.DISTRICT):
        return place.uncertainty_m
    return max(place.uncertainty_m, RADIUS_M[known_to])


def _explain(place: str, country: str, refusal: Refusal) -> str:
    where = f" in {shown(country)}" if country else ""
    if refusal.reason == "blank":
        return "no place is named"
    if refusal.reason == "ambiguous":
        return (
            f"'{shown(place)}'{where} may be any of several places: write which, or add given_country or given_admin1"
        )
    return f"the gazetteer has no place called '{shown(place)}'{where}: correct the name, or add the place"
