"""The list as GeoJSON."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
import shapely

from geodata.exports.columns import EXPORTED
from geodata.exports.geometry import Shapes
from geodata.exports.listing import Listing

_ROWS = 5_000  # a row is some 1.4 kB of JSON, and is held several times over
_FEATURE = f"""
    SELECT '{{"type":"Feature","id":' || to_json(incident_id) || ',"geometry":' || coalesce(geometry, 'null')
           || ',"properties":' || to_json({{{", ".join(f"'{name}': {name}" for name in EXPORTED)}}}) || '}}' AS feature
    FROM batch
"""  # noqa: S608, the names are the schema's


def to_geojson(listing: Listing) -> Iterator[bytes]:
    """Yield the rows as one GeoJSON FeatureCollection (RFC 7946), a feature a line, in their order.

    The geometry is the place's point, lon before lat, or the area where no more is known; and null for a row without
    a place. `known_to` and `uncertainty_m` say how much of a point it is. Unknown is null; text that is blank is "".
    """
    shapes = Shapes(listing.gazetteer.areas, shapely.to_geojson, pa.string())
    yield b'{"type":"FeatureCollection","features":['
    separator = "\n"
    with duckdb.connect() as connection:
        for batch in listing.batches():
            for start in range(0, len(batch), _ROWS):
                part = batch.slice(start, _ROWS)
                features = _features(connection, part.append_column("geometry", shapes.of(part)))
                yield (separator + ",\n".join(features)).encode()
                separator = ",\n"
    yield b"\n]}\n"


def _features(connection: duckdb.DuckDBPyConnection, batch: Any) -> list[str]:  # noqa: ANN401, of Arrow's stubs
    connection.register("batch", pa.table(batch))
    return connection.sql(_FEATURE).to_arrow_table()["feature"].to_pylist()
