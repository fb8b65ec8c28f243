"""GeoJSON: the properties of features, and their points."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO

import ijson

from geodata.errors import InvalidTableError, Problem, shown
from geodata.formats.blocks import blocks_of_rows, cell_to_text
from geodata.formats.contents import Contents
from geodata.formats.geometry import POINT, remark_shape
from geodata.tables.header import Header
from geodata.tables.rows import Block

_NO_COLLECTION = (
    'this is JSON, but no GeoJSON FeatureCollection with anything in it: give an object with "features" that have '
    "properties, or save it as CSV UTF-8"
)
_SEQUENCE = "this is a JSON document on each line: put the features into one FeatureCollection, or save it as CSV UTF-8"
_BROKEN = "this is JSON that breaks off or is not well-formed: write it again"


def read_geojson(file: BinaryIO, name: str) -> Contents:
    """Return the features of a collection as rows; the first one is on line 2.

    The file is read twice, as each feature may have other properties; memory does not grow with it.

    Raises
    ------
    InvalidTableError
        If it is no well-formed collection of features.
    """
    names: dict[str, None] = {}
    try:
        for feature in _features(file, name):
            names |= dict.fromkeys(_properties(feature))
    except ijson.JSONError as error:
        raise InvalidTableError(name, [Problem(line=1, reason=_explain(error))]) from error
    if not names:
        raise InvalidTableError(name, [Problem(line=1, reason=_NO_COLLECTION)])
    header = Header(names=(*names, *POINT), line=1, records=1)
    return Contents(header=header, blocks=_blocks(file, name, tuple(names)), container="GeoJSON")


def _explain(error: ijson.JSONError) -> str:
    told = " ".join(str(error).split())
    return (
        _SEQUENCE if "trailing garbage" in told or "additional data" in told.lower() else f"{_BROKEN} ({shown(told)})"
    )


def _blocks(file: BinaryIO, name: str, names: tuple[str, ...]) -> Iterator[Block]:
    width, remarks = len(names) + len(POINT), list[Problem]()
    rows = ((line, _row(feature, names, line, remarks)) for line, feature in enumerate(_features(file, name), start=2))
    for block in chain(blocks_of_rows(rows, width), blocks_of_rows((), width)):  # the last for rows without any text
        yield replace(block, remarks=tuple(remarks))
        remarks.clear()


def _features(file: BinaryIO, name: str) -> Iterator[Any]:
    file.seek(0)
    for feature in ijson.items(file, "features.item", use_float=True):
        if not isinstance(feature, dict):
            raise InvalidTableError(name, [Problem(line=1, reason=_NO_COLLECTION)])
        yield feature


def _properties(feature: Any) -> dict[str, Any]:  # noqa: ANN401, as JSON is
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _row(feature: Any, names: tuple[str, ...], line: int, remarks: list[Problem]) -> list[str]:  # noqa: ANN401
    properties, geometry = _properties(feature), feature.get("geometry")
    shape, point = _shape(geometry)
    if geometry and shape != "Point":
        remarks.append(remark_shape(line, shape))
    lon_lat = point[:2] if shape == "Point" and isinstance(point, list) and len(point) > 1 else (None, None)
    return [cell_to_text(properties.get(name)) for name in names] + [cell_to_text(number) for number in lon_lat]


def _shape(geometry: Any) -> tuple[str, Any]:  # noqa: ANN401, as JSON is
    """Return the type of a geometry and its coordinates; several points that are but one are a point."""
    if not isinstance(geometry, dict):
        return cell_to_text(geometry), None
    shape, coordinates = geometry.get("type"), geometry.get("coordinates")
    if shape == "MultiPoint" and isinstance(coordinates, list) and len(coordinates) == 1:
        return "Point", coordinates[0]
    return cell_to_text(shape), coordinates
