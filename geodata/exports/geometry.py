"""The ground that rows are known to: a point, an area, or nothing."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geodata.exports.columns import Values
from geodata.gazetteer.places import Area


class Shapes:
    """The encoded geometry of rows; an area is encoded once, however many rows are known to it only.

    Parameters
    ----------
    encode
        Turns an array of geometries (degrees, EPSG:4326) into their encoded forms.
    kind
        The type of those.
    """

    def __init__(self, areas: Mapping[str, Area], encode: Callable[[Any], Any], kind: pa.DataType) -> None:
        self._encode, self._kind = encode, kind
        self._ids = pa.array(list(areas), pa.string())
        self._areas: Any = pa.array(encode(np.array(list(areas.values()), dtype=object)), kind)

    def of(self, batch: pa.RecordBatch) -> Values:
        """Return the encoded geometry of each row, null for a row without a place."""
        placed = pc.and_(batch["as_area"], pc.is_valid(batch["lon"]))
        area_no = pc.if_else(placed, pc.index_in(batch["place_id"], self._ids), pa.scalar(None, pa.int32()))
        return pc.coalesce(self._areas.take(area_no), self._points(batch["lon"], batch["lat"]))

    def _points(self, lon: Values, lat: Values) -> Values:
        """Encode each distinct point once: incidents share places."""
        frame = pa.table({"lon": lon, "lat": lat}).to_pandas()
        codes = frame.groupby(["lon", "lat"], sort=False, dropna=False).ngroup().to_numpy()
        distinct = frame.drop_duplicates().fillna(0)
        encoded: Any = pa.array(self._encode(shapely.points(distinct["lon"], distinct["lat"])), self._kind)
        return encoded.take(pa.array(codes, mask=frame["lon"].isna().to_numpy()))
