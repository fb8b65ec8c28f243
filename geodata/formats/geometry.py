"""Points of features as two columns of numbers."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from pyproj import CRS, Transformer

from geodata.formats.contents import Contents
from geodata.tables.header import Header
from geodata.tables.rows import Block

POINT = ("geometry_lon", "geometry_lat")
"""What the last two columns of a file with geometries are called; blank where a geometry is no point."""
_OURS = {"lon", "lat", "given_lon", "given_lat", "place_id"}


def points_of(geometries: np.ndarray, crs: Any = None) -> pa.Table:  # noqa: ANN401, whatever pyproj understands
    """Return the columns `POINT` of geometries, in degrees; null where there is none, or another shape.

    Parameters
    ----------
    crs
        That of the geometries; ``None``: degrees, longitude first.
    """
    x, y = shapely.get_x(geometries), shapely.get_y(geometries)  # of other shapes they are no numbers
    if crs is not None and not CRS.from_user_input(crs).is_geographic:
        x, y = Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform(x, y)
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in zip(POINT, (x, y), strict=True)})


def use_points(contents: Contents, *, canonical: bool) -> Contents:
    """Return contents without their points where the rows say better where they are.

    In columns of ours, the points are the rows' own unless these name points or places of the gazetteer.
    """
    names = contents.header.names
    if names[-2:] != POINT or not canonical:
        return contents
    if _OURS & {name.casefold() for name in names}:
        header = _renamed(contents.header, names[:-2])
        return replace(contents, header=header, blocks=_without_points(contents))
    return replace(contents, header=_renamed(contents.header, (*names[:-2], "given_lon", "given_lat")))


def _renamed(header: Header, names: tuple[str, ...]) -> Header:
    return Header(names=names, line=header.line, records=header.records)


def _without_points(contents: Contents) -> Iterator[Block]:
    for block in contents.blocks:
        yield replace(block, cells=block.cells.select(block.cells.column_names[:-2]))
