"""Points made vaguer on purpose, for publication."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from geodata.errors import GeodataError
from geodata.gazetteer.measure import distance_m
from geodata.gazetteer.places import Gazetteer, Place
from geodata.gazetteer.precision import RADIUS_M
from geodata.incidents.schema import Location, Precision

_DEGREE_M = 111_320.0
_MOST_KM = 500
_FARTHEST_TOWN_M = 50_000
_GIVEN = ("given_lon", "given_lat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coarsening:
    """How much vaguer: to the nearest town, to the province's point, or to a grid of so many kilometres.

    The columns of the place's name are left as they are: they are what the document says.
    """

    to: Precision | None = None
    km: int = 0

    def __str__(self) -> str:
        """Return it as it is asked for: ``town``, ``province`` or ``25km``."""
        return str(self.to) if self.to else f"{self.km}km"


def read_coarsening(text: str) -> Coarsening:
    """Return what ``town``, ``province`` or ``25km`` asks for.

    Raises
    ------
    GeodataError
        If the text is none of these.
    """
    plain = text.strip().lower()
    if plain in {Precision.TOWN, Precision.PROVINCE}:
        return Coarsening(to=Precision(plain))
    number = plain.removesuffix("km").strip()
    if number.isascii() and number.isdigit() and 0 < int(number) <= _MOST_KM:
        return Coarsening(km=int(number))
    raise GeodataError(f"'{plain}' must be town, province or a distance like 25km, at most {_MOST_KM}km")


def coarsen(batch: pa.RecordBatch, coarsening: Coarsening, gazetteer: Gazetteer) -> pa.RecordBatch:
    """Return the rows with vaguer points; the row's own point is left out, and `uncertainty_m` covers the shift.

    A row that is known no better than that stays as it is. One that cannot be made vaguer (no such place in the
    gazetteer) loses its point and is unplaced, with the reason.
    """
    rows: dict[str, Any] = {name: batch[name] for name in batch.schema.names}
    moved = _to_grid(batch, coarsening.km) if coarsening.km else _to_places(batch, coarsening, gazetteer)
    rows |= moved | {name: pa.nulls(len(batch), pa.float64()) for name in _GIVEN}
    return pa.RecordBatch.from_pydict(rows)


def _to_grid(batch: pa.RecordBatch, km: int) -> dict[str, pa.Array]:
    """Return every point as the middle of its cell: exact ones and those of places alike, areas as they are."""
    lon, lat = _numbers(batch, "lon"), _numbers(batch, "lat")
    area = batch["as_area"].to_numpy(zero_copy_only=False).astype(bool)
    step = km * 1000 / _DEGREE_M
    south = (np.floor(lat / step) + 0.5) * step
    wide = step / np.maximum(np.cos(np.radians(south)), 0.01)
    west = (np.floor(lon / wide) + 0.5) * wide
    spread = np.hypot(km, km) / 2 * 1000
    return {
        "lon": _to_array(np.where(area, lon, np.clip(west, -180, 180)).round(4)),
        "lat": _to_array(np.where(area, lat, np.clip(south, -90, 90)).round(4)),
        "uncertainty_m": _whole(_numbers(batch, "uncertainty_m") + np.where(area, 0, spread)),
    }


def _to_places(batch: pa.RecordBatch, coarsening: Coarsening, gazetteer: Gazetteer) -> dict[str, Any]:
    to = coarsening.to or Precision.PROVINCE
    told = ("lon", "lat", "uncertainty_m", "known_to", "location", "reason")
    known: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    rows: list[tuple[Any, ...]] = []
    for row in batch.select([*told, "country", "admin1"]).to_pylist():
        key = tuple(row.values())
        if key not in known:
            known[key] = tuple(_to_place(row, to, gazetteer)[name] for name in told)
        rows.append(known[key])
    return {name: pa.array([row[i] for row in rows], batch[name].type) for i, name in enumerate(told)}


def _to_place(row: dict[str, Any], to: Precision, gazetteer: Gazetteer) -> dict[str, Any]:
    order = list(Precision)
    if row["lon"] is None or order.index(Precision(row["known_to"])) >= order.index(to):
        return row
    place = _province(row, gazetteer) if to == Precision.PROVINCE else _nearest_town(row, gazetteer)
    if place is None:
        gone = {"lon": None, "lat": None, "uncertainty_m": None, "location": Location.UNPLACED}
        return row | gone | {"reason": f"made vaguer for publication, and there is no {to} to tell instead"}
    location = Location.EXACT if to == Precision.TOWN else Location.APPROXIMATE
    around = max(place.uncertainty_m, RADIUS_M[to])
    return row | {"lon": place.lon, "lat": place.lat, "uncertainty_m": around, "known_to": to, "location": location}


def _province(row: dict[str, Any], gazetteer: Gazetteer) -> Place | None:
    own = (row["country"], row["admin1"])
    provinces = (p for p in gazetteer.places.values() if p.precision == Precision.PROVINCE)
    return next((p for p in provinces if (p.country, p.admin1) == own), None)


def _nearest_town(row: dict[str, Any], gazetteer: Gazetteer) -> Place | None:
    towns = [p for p in gazetteer.places.values() if p.precision == Precision.TOWN and p.country == row["country"]]
    away = [(distance_m(row["lon"], row["lat"], town.lon, town.lat), town.place_id) for town in towns]
    metres, nearest = min(away, default=(np.inf, ""))
    return gazetteer.places[nearest] if metres <= _FARTHEST_TOWN_M else None


def _numbers(batch: pa.RecordBatch, name: str) -> Any:  # noqa: ANN401, an array of numbers
    return batch[name].cast(pa.float64()).to_numpy(zero_copy_only=False)


def _to_array(numbers: Any) -> pa.Array:  # noqa: ANN401
    return pa.array(numbers, pa.float64(), from_pandas=True)


def _whole(numbers: Any) -> pa.Array:  # noqa: ANN401
    return pa.array(np.rint(numbers), pa.float64(), from_pandas=True).cast(pa.int64())
