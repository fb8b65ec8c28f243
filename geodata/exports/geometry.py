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
        both = np.column_stack([pc.fill_null(axis, 0).to_numpy() for axis in (lon, lat)])
        distinct: Any
        distinct, codes = np.unique(both.view(complex)[:, 0], return_inverse=True)
        encoded: Any = pa.array(self._encode(shapely.points(distinct.real, distinct.imag)), self._kind)
        return encoded.take(pa.array(codes, mask=pc.is_null(lon).to_numpy(zero_copy_only=False)))
