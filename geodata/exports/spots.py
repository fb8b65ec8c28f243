"""The incidents of a listing counted by place and side, for drawing."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from geodata.exports.listing import Listing
from geodata.exports.projection import to_plane

_REGION = (35.0, 29.0, 49.5, 38.0)
_LEAST_DEGREES = 4.0
_FAR = 0.02
_BY = ["lon", "lat", "as_area", "place_id", "name", "known_to", "side", "attribution"]


def count_spots(listing: Listing) -> pd.DataFrame:
    """Return a row for each place, side, attribution and precision that occurs: `_BY`, `uncertainty_m`, `n`."""
    told = ["lon", "lat", "as_area", "place_id", "place_name", "place", "known_to", "side", "attribution"]
    parts = [pd.DataFrame(columns=[*_BY, "uncertainty_m", "n"]).astype({"as_area": bool, "n": int})]
    for batch in listing.batches():
        rows = batch.select([*told, "uncertainty_m"]).to_pandas()
        rows = rows[rows["lon"].notna()]
        if len(rows):
            named = rows.assign(name=rows["place_name"].where(rows["place_name"] != "", rows["place"]))
            parts.append(_count(named.assign(n=1)))
    return _count(pd.concat(parts[1:] or parts, ignore_index=True))


def _count(rows: pd.DataFrame) -> pd.DataFrame:
    grouped = rows.groupby(_BY, as_index=False, dropna=False)
    return grouped.agg(uncertainty_m=("uncertainty_m", "max"), n=("n", "sum"))


def find_bounds(spots: pd.DataFrame) -> tuple[float, float, float, float]:
    """Return what to show in degrees: nearly all incidents with room around them, or the region when there are none.

    The outermost fiftieth on each side does not decide: one incident on another continent would make the map small.
    """
    if spots.empty:
        return _REGION
    lon, lat = (_within(spots[axis].to_numpy(), spots["n"].to_numpy()) for axis in ("lon", "lat"))
    wide, high = (max(_LEAST_DEGREES - (high - low), (high - low) * 0.2, 1) / 2 for low, high in (lon, lat))
    return max(lon[0] - wide, -180), max(lat[0] - high, -84), min(lon[1] + wide, 180), min(lat[1] + high, 84)


def count_outside(spots: pd.DataFrame, axes: Axes) -> int:
    """Return how many incidents lie outside of what the axes show."""
    x, y = to_plane(spots["lon"], spots["lat"])
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    return int(spots["n"][(x < west) | (x > east) | (y < south) | (y > north)].sum())


def _within(values: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    order = np.argsort(values)
    share = np.cumsum(counts[order]) / counts.sum()
    low, high = np.searchsorted(share, [_FAR, 1 - _FAR])
    return float(values[order][low]), float(values[order][min(high, len(values) - 1)])
