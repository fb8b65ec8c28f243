"""The list as GeoJSON."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from geodata.exports.columns import EXPORTED


def to_geojson(batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """Yield the rows as one GeoJSON FeatureCollection (RFC 7946), a feature a line, in their order.

    The geometry is the place's point, lon before lat, and null for a row without a place; `known_to` and
    `uncertainty_m` say how much of a point it is. Unknown is null; text that is blank is "".
    """
    yield b'{"type": "FeatureCollection", "features": ['
    separator = b"\n"
    for batch in batches:
        for row in batch.select(list(EXPORTED)).to_pylist():
            yield separator + json.dumps(_feature(row), ensure_ascii=False, default=_plain).encode()
            separator = b",\n"
    yield b"\n]}\n"


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    placed = row["lon"] is not None
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]} if placed else None
    return {"type": "Feature", "id": row["incident_id"], "geometry": point, "properties": row}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    message = f"{value!r} has no form in JSON"
    raise TypeError(message)
