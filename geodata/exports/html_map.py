"""The map as one HTML file that needs neither network nor server."""

import base64
import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import shapely

from geodata.errors import GeodataError
from geodata.exports.citation import describe_terms
from geodata.exports.listing import Listing
from geodata.exports.map_rows import map_rows
from geodata.exports.reading import HOW_TO_READ
from geodata.exports.words import describe_listing
from geodata.gazetteer.measure import uncertainty_disc
from geodata.gazetteer.places import Gazetteer
from geodata.incidents.schema import Precision

STATIC = Path(__file__).parents[2] / "dashboard" / "web" / "static"
SCRIPTS = (
    *("vendor/leaflet/leaflet.js", "vendor/leaflet.heat/leaflet-heat.js"),
    *("symbols.js", "labels.js", "answer.js", "date-slider.js", "land-canvas.js", "base-map.js", "extent-layer.js"),
    "incident-popup.js",
    *(
        "link-layer.js",
        "incident-layer.js",
        "beside-layers.js",
        "context-layers.js",
        "legend.js",
        "panels.js",
        "map-message.js",
    ),
    *("map-layers.js", "incident-map.js"),
)
"""The dashboard's own, in their order; a test keeps them equal."""
STYLES = ("vendor/leaflet/leaflet.css", "incident-map.css")
STANDALONE = ("standalone-answers.js", "standalone.js", "standalone.css")
MOST_ROWS = 20_000
PERIMETER_M = 70_000
PERIMETER_PLACES = ("ain-al-asad-air-base",)
_BASE_MAP = ("countries", "lakes", "rivers", "provinces", "labels")
# Nothing may be fetched, whatever the page contains: the browser itself sees to that.
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"


def to_html_map(listing: Listing) -> Iterator[bytes]:
    """Yield a page with the map, its layers, legend, popups, a date filter and what is to be known of the list.

    It opens from a file with the network cut. Text from data is in it once, as Base64, and becomes text nodes only.

    Raises
    ------
    GeodataError
        If there are more than `MOST_ROWS` rows, or the map's scripts are not installed.
    """
    listing.refuse_more_than(MOST_ROWS, "a page")
    rows, places = map_rows(listing)
    about = [*describe_listing(listing), *describe_terms(listing)]
    payload = {"rows": rows, "places": places, "about": about, "reading": HOW_TO_READ}
    yield _head().encode()
    for name, content in {"incidents": payload, "context": _context(listing.gazetteer)}.items():
        yield f'<script type="text/plain" id="{name}">{_packed(content)}</script>\n'.encode()
    yield _scripts().encode()
    yield b"</body>\n</html>\n"


def _packed(content: Any) -> str:  # noqa: ANN401, whatever JSON can hold
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


@cache
def _head() -> str:
    styles = "\n".join(_read(name) for name in (*STYLES, "standalone.css"))
    # What a style sheet would fetch: fonts and pictures of controls that the map does not show.
    styles = re.sub(r"@font-face\s*{[^}]*}|url\((?!#)[^)]*\)", "", styles)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Incident map</title>\n'
        f"<style>{styles}</style>\n</head>\n<body>\n"
    )


@cache
def _scripts() -> str:
    return "".join(f"<script>{_read(name)}</script>\n" for name in (*SCRIPTS, *STANDALONE[:2]))


def _read(name: str) -> str:
    try:
        return (STATIC / name).read_text(encoding="utf-8").replace("</script", r"<\/script")
    except FileNotFoundError as error:
        raise GeodataError(f"the map's file {name} is not installed beside geodata") from error


def _context(gazetteer: Gazetteer) -> dict[str, Any]:
    """Return what the layers fetch besides the incidents, by the end of its address."""
    return {
        "areas": _features(gazetteer.areas),
        "perimeters": _features(
            {
                base.place_id: uncertainty_disc(base.lon, base.lat, PERIMETER_M)
                for base in map(gazetteer.places.get, PERIMETER_PLACES)
                if base
            }
        ),
        "places": _sites(gazetteer),
        **{f"{name}.json": json.loads(_read(f"basemap/{name}.json")) for name in _BASE_MAP},
    }


def _features(shapes: Any) -> dict[str, Any]:  # noqa: ANN401, shapes by place id
    features = [
        {"type": "Feature", "properties": {"place_id": key}, "geometry": shapely.geometry.mapping(shape)}
        for key, shape in shapes.items()
    ]
    return {"type": "FeatureCollection", "features": features}


def _sites(gazetteer: Gazetteer) -> dict[str, list[Any]]:
    points = [p for p in gazetteer.places.values() if p.precision in {Precision.SITE, Precision.TOWN}]
    fields = ("name", "lon", "lat", "kind", "precision", "uncertainty_m")
    provinces = [p for p in gazetteer.places.values() if p.kind == "province" and p.place_id in gazetteer.areas]
    return (
        {"id": [p.place_id for p in points]}
        | {name: [getattr(p, name) for p in points] for name in fields}
        | {"provinces": [[p.country, p.admin1, p.place_id] for p in provinces]}
    )
