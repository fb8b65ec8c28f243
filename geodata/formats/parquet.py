"""Parquet and GeoParquet."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
from pyproj import CRS
from pyproj.exceptions import CRSError

from geodata.errors import InvalidTableError, Problem
from geodata.formats.blocks import BLOCK_ROWS, block_of_arrow
from geodata.formats.contents import Contents
from geodata.formats.geometry import POINT, block_with_points
from geodata.tables.header import Header
from geodata.tables.rows import Block

_DAMAGED = "this is a Parquet file that is damaged or was not fully copied: copy it again"
_UNKNOWN = "what it says of its geometries (geo) cannot be understood: write it again as GeoParquet, or without them"
_ENCODING = "its geometries are not in WKB: write them so, or leave them out"


def read_parquet(file: BinaryIO, name: str) -> Contents:
    """Return the rows of a Parquet file; the first one is on line 2.

    Raises
    ------
    InvalidTableError
        If the file is damaged, or its geometries are in an encoding that is not known here.
    """
    try:
        parquet = pq.ParquetFile(file)
    except (pa.ArrowException, OSError) as error:
        raise InvalidTableError(name, [Problem(line=1, reason=_DAMAGED)]) from error
    geometry, crs = _geometry(parquet, name)
    names = [column for column in parquet.schema_arrow.names if column != geometry]
    header = Header(names=(*names, *(POINT if geometry else ())), line=1, records=1)
    return Contents(header=header, blocks=_blocks(parquet, names, geometry, crs), container="Parquet")


def _blocks(parquet: pq.ParquetFile, names: list[str], geometry: str, crs: Any) -> Iterator[Block]:  # noqa: ANN401
    line = 2
    for batch in parquet.iter_batches(batch_size=BLOCK_ROWS):
        table = pa.Table.from_batches([batch])
        told = table.select(names)
        wkb = table.column(geometry).to_numpy() if geometry else None
        yield block_of_arrow(told, line) if wkb is None else block_with_points(told, wkb, crs, line)
        line += len(batch)
    if line == 2:  # noqa: PLR2004, a table without rows is a block too
        yield block_of_arrow(parquet.schema_arrow.empty_table().select(names), line)


def _geometry(parquet: pq.ParquetFile, name: str) -> tuple[str, Any]:
    """Return the column of the geometries, blank if there is none, and their CRS."""
    about = (parquet.schema_arrow.metadata or {}).get(b"geo")
    if about is None:
        return "", None
    try:
        told = json.loads(about)
        column = told["primary_column"]
        encoding, crs = told["columns"][column]["encoding"], told["columns"][column].get("crs")
        CRS.from_user_input(crs or "OGC:CRS84")
    except (ValueError, TypeError, KeyError, AttributeError, CRSError) as error:
        raise InvalidTableError(name, [Problem(line=1, reason=_UNKNOWN)]) from error
    if encoding != "WKB":
        raise InvalidTableError(name, [Problem(line=1, column=column, reason=_ENCODING)])
    return column, crs
