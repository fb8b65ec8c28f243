"""The incidents of a listing counted by place, for drawing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from geodata.exports.frame import Bounds

Group = tuple[str, str]
"""Side, attribution."""
_REGION: Bounds = (35.0, 29.0, 49.5, 38.0)
_LEAST_DEGREES = 4.0
_FAR = 0.06
_PLACE = ["lon", "lat", "as_area", "place_id", "name"]
_BY = [*_PLACE, "side", "attribution"]


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Incidents at one place.

    Attributes
    ----------
    place_id
        Blank when they are placed by their own point.
    groups
        Rows by side and attribution.
    uncertainty_m
        The widest among them.
    """

    lon: float
    lat: float
    as_area: bool
    place_id: str
    name: str
    uncertainty_m: float
    groups: Counter[Group]

    @property
    def count(self) -> int:
        """Return how many rows there are."""
        return self.groups.total()


def count_spots(batches: Iterable[pa.RecordBatch]) -> list[Spot]:
    """Return the places of rows, the one with most rows first."""
    told = ["lon", "lat", "as_area", "place_id", "place_name", "place", "side", "attribution", "uncertainty_m"]
    parts: list[pd.DataFrame] = []
    for batch in batches:
        rows: Any = batch.select(told).to_pandas()
        rows = rows[rows["lon"].notna()]
        if len(rows):
            named = rows.assign(name=rows["place_name"].where(rows["place_name"] != "", rows["place"]))
            parts.append(_count(named.assign(n=1)))
    if not parts:
        return []
    return _to_spots(_count(pd.concat(parts, ignore_index=True)))


def _count(rows: pd.DataFrame) -> pd.DataFrame:
    grouped = rows.groupby(_BY, as_index=False, dropna=False)
    return grouped.agg(uncertainty_m=("uncertainty_m", "max"), n=("n", "sum"))


def _to_spots(counted: pd.DataFrame) -> list[Spot]:
    keyed: Any = counted.groupby(_PLACE, sort=False)  # the stubs know no keys of several columns
    spots = [
        Spot(
            **dict(zip(_PLACE, key, strict=True)),
            uncertainty_m=float(rows["uncertainty_m"].fillna(0).max()),
            groups=Counter(dict(zip(zip(rows["side"], rows["attribution"], strict=True), rows["n"], strict=True))),
        )
        for key, rows in keyed
    ]
    return sorted(spots, key=lambda spot: (-spot.count, spot.name, spot.lon, spot.lat))


def find_bounds(spots: Sequence[Spot]) -> Bounds:
    """Return what to show in degrees: nearly all points with room around them, or the region when there are none.

    What is known to an area only decides where there is nothing else, and the outermost on each side never: one
    incident on another continent would make the map small.
    """
    deciding = [spot for spot in spots if not spot.as_area] or spots
    if not deciding:
        return _REGION
    counts = np.array([spot.count for spot in deciding])
    lon = _within(np.array([spot.lon for spot in deciding]), counts)
    lat = _within(np.array([spot.lat for spot in deciding]), counts)
    wide, high = (max(_LEAST_DEGREES - (high - low), (high - low) * 0.25, 1) / 2 for low, high in (lon, lat))
    return max(lon[0] - wide, -180), max(lat[0] - high, -84), min(lon[1] + wide, 180), min(lat[1] + high, 84)


def _within(values: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    order = np.argsort(values)
    share = np.cumsum(counts[order]) / counts.sum()
    low, high = np.searchsorted(share, [_FAR, 1 - _FAR])
    return float(values[order][low]), float(values[order][min(high, len(values) - 1)])
