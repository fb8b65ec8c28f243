"""Web Mercator as integers: the same arithmetic on every engine, and cells that nest exactly."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEVEL = 28
MAX_LAT = 85.0511


def to_mercator(lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the integer coordinates of points at level 28.

    Parameters
    ----------
    lon, lat
        Degrees, EPSG:4326; latitudes beyond ±85.0511° are taken as that.

    Returns
    -------
    mx, my
        Integers from 0 to 2^28 - 1; x runs east from 180° W, y runs south from 85.0511° N.
        The cell of a point at level L is ``mx >> (28 - L), my >> (28 - L)``.
    """
    size = 2**LEVEL
    phi = np.radians(np.clip(np.asarray(lat, dtype=float), -MAX_LAT, MAX_LAT))
    x = (np.asarray(lon, dtype=float) + 180) / 360 * size
    y = (1 - np.arcsinh(np.tan(phi)) / np.pi) / 2 * size
    return tuple(np.clip(np.floor(v), 0, size - 1).astype(np.int64) for v in (x, y))  # pyright: ignore[reportReturnType]


def from_mercator(mx: ArrayLike, my: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lon, lat (degrees, EPSG:4326) of integer coordinates at level 28."""
    size = 2**LEVEL
    lon = np.asarray(mx, dtype=float) / size * 360 - 180
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * np.asarray(my, dtype=float) / size))))
    return lon, lat
