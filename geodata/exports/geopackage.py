"""The list as a GeoPackage."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely

from geodata.exports.citation import describe_terms
from geodata.exports.columns import EXPORTED, EXPORTED_COLUMNS
from geodata.exports.geometry import Shapes
from geodata.exports.listing import Listing
from geodata.exports.reading import HOW_TO_READ
from geodata.exports.statements import CLAIM, SOURCE, STATED, claims_of, sources_of
from geodata.exports.words import describe_listing
from geodata.gazetteer.places import Area

_COLUMN = ("column", "kind", "meaning", "words")
_CHUNK = 1 << 20
_FIXED_TIME = "1980-01-01T00:00:00Z"


def to_geopackage(listing: Listing) -> Iterator[bytes]:
    """Yield a GeoPackage (OGC 12-128r19) with layers of their own for areas, sources and claims.

    Layers: `incidents` (all rows in their order; points, null for those known to an area only or not placed),
    `areas` (polygons of the areas, each with its number of rows), `sources`, `claims`, `columns`, `about`.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "incidents.gpkg"
        _write(listing, path)
        with path.open("rb") as file:
            while part := file.read(_CHUNK):
                yield part


def _write(listing: Listing, path: Path) -> None:
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _FIXED_TIME})
    counts: dict[str, int] = {}
    shapes = Shapes({}, shapely.to_wkb, pa.binary())
    for number, batch in enumerate(listing.batches()):
        rows = pa.table(batch.select([*EXPORTED])).append_column("geometry", shapes.of(_points_only(batch)))
        layer = {"layer": "incidents", "geometry_name": "geometry", "geometry_type": "Point", "crs": "EPSG:4326"}
        created: dict[str, Any] = (
            {"append": True} if number else {"dataset_options": {"VERSION": "1.2"}}
        )  # what GDAL 3.6 knows in full
        pyogrio.write_arrow(rows, path, **layer, **created)
        told = batch.select([*STATED, "place_id", "as_area"]).to_pylist()
        for row in told:
            if row["as_area"]:
                counts[row["place_id"]] = counts.get(row["place_id"], 0) + 1
        _add(path, "sources", [s for row in told for s in sources_of(row)], SOURCE)
        _add(path, "claims", [c for row in told for c in claims_of(row)], CLAIM)
    _write_areas(listing, path, counts)
    _add(path, "columns", [(c.name, c.kind, c.meaning, ", ".join(c.words)) for c in EXPORTED_COLUMNS], _COLUMN)
    _add(path, "about", [*describe_listing(listing), *describe_terms(listing), *HOW_TO_READ], ("subject", "meaning"))


def _points_only(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the rows without the points of areas, which have a layer of their own."""
    masked: Any = pd.Series(batch["lon"].to_pandas()).mask(batch["as_area"].to_pandas())
    index = batch.schema.get_field_index("lon")
    return batch.set_column(index, "lon", pa.array(masked, pa.float64(), from_pandas=True))


def _write_areas(listing: Listing, path: Path, counts: dict[str, int]) -> None:
    known = sorted(counts)
    frame = gpd.GeoDataFrame(
        {
            "place_id": pd.array(known, dtype="str"),
            "name": pd.array([listing.gazetteer.places[place_id].name for place_id in known], dtype="str"),
            "rows": pd.array([counts[place_id] for place_id in known], dtype="int64"),
        },
        geometry=[_to_multipolygon(listing.gazetteer.areas[place_id]) for place_id in known],
        crs="EPSG:4326",
    )
    pyogrio.write_dataframe(frame, path, layer="areas", geometry_type="MultiPolygon", append=True)


def _to_multipolygon(area: Area) -> shapely.MultiPolygon:
    return area if isinstance(area, shapely.MultiPolygon) else shapely.MultiPolygon([area])


def _add(path: Path, layer: str, rows: list[Any], names: tuple[str, ...]) -> None:
    columns = {name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate(names)}
    pyogrio.write_arrow(pa.table(columns), path, layer=layer, append=True)
