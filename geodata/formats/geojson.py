"""GeoJSON: the properties of features, and their points."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import ijson

from geodata.errors import InvalidTableError, Problem
from geodata.formats.blocks import blocks_of_rows, cell_to_text
from geodata.formats.contents import Contents
from geodata.formats.geometry import POINT
from geodata.tables.header import Header
from geodata.tables.rows import Block

_NO_COLLECTION = (
    'this is JSON, but no GeoJSON FeatureCollection: give an object with "features", or save it as CSV UTF-8'
)
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
        raise InvalidTableError(name, [Problem(line=1, reason=f"{_BROKEN} ({error})")]) from error
    if not names:
        raise InvalidTableError(name, [Problem(line=1, reason=_NO_COLLECTION)])
    header = Header(names=(*names, *POINT), line=1, records=1)
    return Contents(header=header, blocks=_blocks(file, name, tuple(names)), container="GeoJSON")


def _blocks(file: BinaryIO, name: str, names: tuple[str, ...]) -> Iterator[Block]:
    rows = ((line, _row(feature, names)) for line, feature in enumerate(_features(file, name), start=2))
    return blocks_of_rows(rows, len(names) + len(POINT))


def _features(file: BinaryIO, name: str) -> Iterator[Any]:
    file.seek(0)
    for feature in ijson.items(file, "features.item", use_float=True):
        if not isinstance(feature, dict):
            raise InvalidTableError(name, [Problem(line=1, reason=_NO_COLLECTION)])
        yield feature


def _properties(feature: Any) -> dict[str, Any]:  # noqa: ANN401, as JSON is
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _row(feature: Any, names: tuple[str, ...]) -> list[str]:  # noqa: ANN401, as JSON is
    properties = _properties(feature)
    geometry = feature.get("geometry")
    point = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
    lon_lat = point[:2] if isinstance(point, list) and len(point) > 1 else (None, None)
    return [cell_to_text(properties.get(name)) for name in names] + [cell_to_text(number) for number in lon_lat]
