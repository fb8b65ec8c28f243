"""Points that do not lie in the country that their rows name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from shapely import Point, contains_xy
from shapely.ops import nearest_points

from geodata.errors import shown
from geodata.gazetteer.measure import distance_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer.places import Area, Gazetteer

# The outlines are coarse, and so are many points: so near a border, a point may be on either side.
AT_BORDER_M = 10_000
_BORDER_DEGREES = 0.15
# Where the outlines are drawn whole and fine enough; of others, islands and exclaves are missing.
WEST, SOUTH, EAST, NORTH = 25, 10, 65, 42


def find_abroad(rows: pd.DataFrame, gazetteer: Gazetteer) -> pd.Series:
    """Return for each row how far its point lies outside the country that it names, blank where it does not.

    Parameters
    ----------
    rows
        With `given_lon`, `given_lat` and `given_country`; a country that is unknown, or outside the region that the
        gazetteer draws, is not checked.
    """
    reasons = pd.Series("", index=rows.index, dtype="str")
    named = rows[(rows["given_country"] != "") & rows["given_lon"].notna()]
    for country, inside in named.groupby("given_country", sort=False):
        area = _find_area(str(country), gazetteer)
        if area is None:
            continue
        near = contains_xy(area.buffer(_BORDER_DEGREES), inside["given_lon"], inside["given_lat"])
        away = inside[~near]
        points = away[["given_lon", "given_lat"]].drop_duplicates()
        told = {(lon, lat): _tell(lon, lat, area, str(country)) for lon, lat in zip(*points.to_numpy().T, strict=True)}
        given = zip(away["given_lon"], away["given_lat"], strict=True)
        reasons[away.index] = np.array([told[point] for point in given], dtype=object)
    return reasons


def _find_area(country: str, gazetteer: Gazetteer) -> Area | None:
    for _, ids in gazetteer.index.find(country):
        return next((area for area in _areas(ids, gazetteer)), None)
    return None


def _areas(ids: Sequence[str], gazetteer: Gazetteer) -> Sequence[Area]:
    countries = [gazetteer.places[place_id] for place_id in ids if gazetteer.places[place_id].kind == "country"]
    drawn = [place for place in countries if WEST <= place.lon <= EAST and SOUTH <= place.lat <= NORTH]
    return [gazetteer.areas[place.place_id] for place in drawn if place.place_id in gazetteer.areas]


def _tell(lon: float, lat: float, area: Area, country: str) -> str:
    nearest, _ = nearest_points(area, Point(lon, lat))
    metres = distance_m(lon, lat, nearest.x, nearest.y)
    if metres <= AT_BORDER_M:
        return ""
    return f"the given point is {metres / 1000:.0f} km outside {shown(country)}, which the row names as its country"
