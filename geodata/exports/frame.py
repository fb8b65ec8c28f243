"""The part of the earth that a picture shows."""

from typing import TypeAlias

from geodata.errors import GeodataError
from geodata.store.cells import Viewport

Bounds: TypeAlias = tuple[float, float, float, float]
"""West, south, east and north in degrees, EPSG:4326."""

_FARTHEST_NORTH = 85.0
_NARROWEST = 0.01


def read_bounds(text: str) -> Bounds:
    """Return what ``west,south,east,north`` asks for.

    Raises
    ------
    GeodataError
        If the text is no such four numbers, or they leave next to nothing to show.
    """
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError as error:
        raise GeodataError(f"'{text}' must be four numbers: west,south,east,north in degrees") from error
    if not (west >= -180 and west + _NARROWEST <= east <= 180):  # noqa: PLR2004, the whole width
        raise GeodataError(f"'{text}': west must lie west of east, both between -180 and 180")
    if not (south >= -_FARTHEST_NORTH and south + _NARROWEST <= north <= _FARTHEST_NORTH):
        raise GeodataError(f"'{text}': south must lie south of north, both between -85 and 85")
    return west, south, east, north


def bounds_of(viewport: Viewport) -> Bounds | None:
    """Return what a map shows, or None when that is next to nothing."""
    south, north = (min(max(lat, -_FARTHEST_NORTH), _FARTHEST_NORTH) for lat in (viewport.south, viewport.north))
    if min(viewport.east - viewport.west, north - south) < _NARROWEST:
        return None
    return viewport.west, south, viewport.east, north


def write_bounds(bounds: Bounds) -> str:
    """Return the text that `read_bounds` reads, to the tenth of a metre."""
    return ",".join(f"{degrees:.6f}".rstrip("0").rstrip(".") for degrees in bounds)
