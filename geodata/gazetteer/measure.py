"""Distances and areas on the ground."""

import numpy as np
import pandas as pd
from pyproj import Geod
from shapely import MultiPolygon, Polygon, box
from shapely.affinity import translate
from shapely.geometry.polygon import orient

_EARTH = Geod(ellps="WGS84")
_CORNERS = 96


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the metres on the ground between two points given in degrees, WGS84."""
    return _EARTH.inv(lon, lat, other_lon, other_lat)[2]


def distances_m(lon: pd.Series, lat: pd.Series, other_lon: pd.Series, other_lat: pd.Series) -> np.ndarray:
    """Return `distance_m` for each pair of points, ``nan`` where one is missing."""
    return _EARTH.inv(lon.to_numpy(), lat.to_numpy(), other_lon.to_numpy(), other_lat.to_numpy())[2]


def uncertainty_disc(lon: float, lat: float, radius_m: float) -> Polygon | MultiPolygon:
    """Return the ground area within a distance of a point.

    Parameters
    ----------
    lon, lat
        The centre in degrees, EPSG:4326.
    radius_m
        Metres on the ground, greater than zero.

    Returns
    -------
    shapely.Polygon | shapely.MultiPolygon
        Degrees, EPSG:4326, longitudes from -180 to 180; in two parts where the disc crosses the date line.
        Area within 1 % of pi r^2 up to 80° latitude.

    Raises
    ------
    ValueError
        If `radius_m` is not positive, or the disc reaches a pole.
    """
    if not radius_m > 0:
        raise ValueError(f"radius_m must be greater than zero: {radius_m}")
    if distance_m(lon, lat, lon, 90 if lat > 0 else -90) <= radius_m:
        raise ValueError(f"a disc of {radius_m:.0f} m around {lon}, {lat} reaches a pole")
    azimuths = [-360 * corner / _CORNERS for corner in range(_CORNERS)]
    lons, lats, _ = _EARTH.fwd([lon] * _CORNERS, [lat] * _CORNERS, azimuths, [radius_m] * _CORNERS)
    # Longitudes next to the centre's, so that the ring is whole also where it crosses the date line.
    unrolled = [(east - lon + 180) % 360 - 180 + lon for east in lons]
    return _cut_at_date_line(Polygon(zip(unrolled, lats, strict=True)))


def _cut_at_date_line(disc: Polygon) -> Polygon | MultiPolygon:
    parts = [translate(disc & box(west, -90, west + 360, 90), xoff=-180 - west) for west in (-540, -180, 180)]
    polygons = [orient(part) for part in parts if isinstance(part, Polygon) and not part.is_empty]
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
