"""Degrees on a plane that keeps shapes: Web Mercator, one unit a degree at the equator."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def to_plane(lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return x and y of points in degrees, EPSG:4326; latitudes beyond ±85 are taken as that."""
    phi = np.radians(np.clip(np.asarray(lat, dtype=float), -85, 85))
    return np.asarray(lon, dtype=float), np.degrees(np.arcsinh(np.tan(phi)))


def latitude(y: float) -> float:
    """Return the latitude of a y of the plane."""
    return float(np.degrees(np.arctan(np.sinh(np.radians(y)))))
