"""Rows that bring their own point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geodata.errors import shown
from geodata.gazetteer.abroad import find_abroad
from geodata.gazetteer.measure import distances_m
from geodata.gazetteer.precision import EXACT, RADIUS_M
from geodata.incidents.schema import Location, Precision

if TYPE_CHECKING:
    from geodata.gazetteer.places import Gazetteer


def keep_given_points(located: pd.DataFrame, incidents: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """Return where the rows are, at their own points where they have one.

    Such a row belongs to the place that its name means only if its point lies within that place's uncertainty;
    otherwise the distance is noted, as it is where the point lies outside the country that the row names. It is known
    as finely as it says itself, else as the place is, else to a town.

    Parameters
    ----------
    located
        Where the names of the same rows are, numbered from 0.
    """
    given = incidents["given_lon"].notna().to_numpy()
    if not given.any():
        return located
    moved = _at_own_points(located[given], incidents[given], gazetteer)
    return pd.concat([located[~given], moved]).sort_index()


def _at_own_points(named: pd.DataFrame, incidents: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    own = incidents[["given_lon", "given_lat", "place_precision", "given_country", "given_admin1"]].set_index(
        named.index
    )
    fault = _faults(own["given_lon"], own["given_lat"])
    usable = fault == ""
    lon, lat = own["given_lon"].where(usable), own["given_lat"].where(usable)
    away_m = distances_m(lon, lat, named["lon"], named["lat"])
    near = away_m <= named["uncertainty_m"].to_numpy("float64", na_value=np.nan)
    at_place = pd.Series(near, index=named.index) & (named["place_id"] != "")
    known_to = own["place_precision"].where(
        own["place_precision"] != "", named["known_to"].where(at_place, Precision.TOWN)
    )
    same = at_place & (known_to == named["known_to"])
    exact = np.where(known_to.isin(EXACT), Location.EXACT, Location.APPROXIMATE)
    return named.assign(
        **{column: named[column].where(at_place, "") for column in ("place_id", "place_name", "place_kind")},
        lon=lon,
        lat=lat,
        uncertainty_m=named["uncertainty_m"].where(same, known_to.map(RADIUS_M).astype("Int64")).where(usable),
        country=named["country"].where(at_place, own["given_country"]),
        admin1=named["admin1"].where(at_place, own["given_admin1"]),
        known_to=known_to.where(usable, own["place_precision"]),
        location=pd.Series(exact, index=named.index, dtype="str").where(usable, Location.UNPLACED),
        reason=fault.where(~usable, _join(_distances(named, at_place, away_m), find_abroad(own, gazetteer))),
        candidates="",
        found_by=pd.Series("point", index=named.index, dtype="str").where(usable, ""),
    )


def _faults(lon: pd.Series, lat: pd.Series) -> pd.Series:
    """Return why a point cannot be used, blank where it can."""
    off_earth = ~(lon.between(-180, 180) & lat.between(-90, 90))
    faults = pd.Series("", index=lon.index, dtype="str")
    faults[(lon == 0) & (lat == 0)] = "the given point is 0, 0, which stands for unknown: correct or remove it"
    faults[off_earth] = "the given point is not on Earth: longitude goes from -180 to 180, latitude from -90 to 90"
    return faults


def _join(reasons: pd.Series, others: pd.Series) -> pd.Series:
    both = (reasons != "") & (others != "")
    return reasons + pd.Series("; ", index=reasons.index).where(both, "") + others


def _distances(named: pd.DataFrame, at_place: pd.Series, away_m: np.ndarray) -> pd.Series:
    """Return for each point away from the place that its name means how far that is."""
    reasons = pd.Series("", index=named.index, dtype="str")
    away = ((named["place_id"] != "") & ~at_place).to_numpy()
    texts = [
        f"the given point is {metres / 1000:.0f} km from {shown(name)}"
        for name, metres in zip(named["place_name"][away], away_m[away], strict=True)
    ]
    reasons[away] = np.array(texts, dtype=object)
    return reasons
