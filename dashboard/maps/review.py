"""The small map of a review, and the command that tells it which places a name may mean."""

from collections.abc import Sequence
from typing import ClassVar

import folium

from dashboard.maps.base import CENTRE, ROOT, ZOOM, BaseMap, Script, tell
from geodata.gazetteer.places import Place

Point = tuple[float, float]
"""Longitude and latitude in degrees, EPSG:4326."""


class ReviewBase(BaseMap):
    """The base map with the script of the review."""

    default_js: ClassVar = [*BaseMap.default_js, ("review-map.js", f"{ROOT}/map/review-map.js")]


def review_map() -> folium.Map:
    """Return the map that every run shows unchanged."""
    made = ReviewBase(CENTRE, zoom_start=ZOOM - 1, tiles=None, maxZoom=18)
    made.add_child(Script(f"window.review = reviewMap(map_div, '{ROOT}');"))
    return made


def show_candidates(places: Sequence[Place], point: Point | None, *, theme: str) -> folium.FeatureGroup:
    """Return the command to show places, numbered from 1, and the point that the reader has clicked."""
    shown = {"places": [(place.lat, place.lon) for place in places], "point": point and point[::-1], "theme": theme}
    return tell("review", shown)
