"""Points of features as two columns of numbers; of other shapes it is told that they are not read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from pyproj import CRS, Transformer

from geodata.errors import Problem
from geodata.formats.blocks import block_of_arrow
from geodata.formats.contents import Contents
from geodata.tables.header import Header
from geodata.tables.rows import Block

POINT = ("geometry_lon", "geometry_lat")
"""What the last two columns of a file with geometries are called; blank where a geometry is no point."""
_OURS = {"lon", "lat", "given_lon", "given_lat", "place_id"}
_NO_POINT = "is no point that can be read: name the place in a column, or give the row a point of its own"


def block_with_points(table: pa.Table, wkb: np.ndarray, crs: Any, first_line: int) -> Block:  # noqa: ANN401
    """Return rows of typed columns as text, with the points of their geometries as the columns `POINT`.

    Parameters
    ----------
    wkb
        The geometry of each row as WKB, or None.
    crs
        That of the geometries, whatever pyproj understands; ``None``: degrees, longitude first.
    """
    shapes: Any = _single(shapely.from_wkb(wkb, on_invalid="ignore"))
    empty = shapely.is_empty(shapes)
    shapes[empty] = None
    x, y = shapely.get_x(shapes), shapely.get_y(shapes)  # of other shapes they are no numbers
    if crs is not None and not CRS.from_user_input(crs).is_geographic:
        x, y = Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform(x, y)
    for name, values in zip(POINT, (x, y), strict=True):
        table = table.append_column(name, pa.array(values, from_pandas=True))
    unread = ~np.isfinite(x) & ~empty & np.array([value is not None for value in wkb], dtype=bool)
    told = ((row, getattr(shapes[row], "geom_type", "unreadable")) for row in np.flatnonzero(unread).tolist())
    remarks = tuple(remark_shape(first_line + row, shape) for row, shape in told)
    return replace(block_of_arrow(table, first_line), remarks=remarks)


def remark_shape(line: int, shape: str) -> Problem:
    """Return the problem of a row whose geometry is of another shape than a point."""
    return Problem(line=line, column="geometry", value=shape, reason=_NO_POINT)


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


def without_shapes(blocks: Iterable[Block], used: Sequence[str]) -> Iterable[Block]:
    """Return the blocks; if none of the columns that are read is one of `POINT`, nothing is told of shapes."""
    return blocks if set(POINT) & set(used) else (replace(block, remarks=()) for block in blocks)


def _single(shapes: Any) -> Any:  # noqa: ANN401, arrays of shapes
    """Return the shapes with points in place of collections that hold nothing but one."""
    alone = (shapely.get_type_id(shapes) == shapely.GeometryType.MULTIPOINT) & (shapely.get_num_geometries(shapes) == 1)
    return np.where(alone, shapely.get_geometry(shapes, 0), shapes)


def _renamed(header: Header, names: tuple[str, ...]) -> Header:
    return Header(names=names, line=header.line, records=header.records)


def _without_points(contents: Contents) -> Iterator[Block]:
    for block in contents.blocks:
        yield replace(block, cells=block.cells.select(block.cells.column_names[:-2]), remarks=())
