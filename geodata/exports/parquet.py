"""The list as GeoParquet."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geodata.exports.columns import EXPORTED
from geodata.exports.geometry import Shapes
from geodata.exports.growing import GrowingFile
from geodata.exports.listing import Listing

_TYPES = ["Point", "Polygon", "MultiPolygon"]
_ABOUT = {
    "version": "1.1.0",
    "primary_column": "geometry",
    # Without a `crs` it is OGC:CRS84: degrees, longitude first.
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": _TYPES}},
}


def to_geoparquet(listing: Listing) -> Iterator[bytes]:
    """Yield the rows as GeoParquet 1.1 with their types, in their order.

    `sources`, `retaliates_for`, `possible_duplicate_of` and `candidates` stay text joined by "; ", as in the CSV.
    """
    shapes = Shapes(listing.gazetteer.areas, shapely.to_wkb, pa.binary())
    file: Any = GrowingFile()  # the stubs want more of a file than the writer does
    tables = (batch.select([*EXPORTED]).append_column("geometry", shapes.of(batch)) for batch in listing.batches())
    first = next(tables)
    schema = first.schema.with_metadata({"geo": json.dumps(_ABOUT)})
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for table in chain([first], tables):
            writer.write_batch(table.cast(schema))
            yield file.taken()
    yield file.taken()
