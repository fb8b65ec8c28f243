"""The constant base map, and the command that tells its layers what to show.

Whatever changes in the base map destroys the reader's viewport, so nothing in it depends on the data or the
filter; and no text from data enters a folium object, because branca would run it as a template on the server.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import folium
from branca.element import MacroElement
from folium.template import Template

ROOT = "../.."  # the server's root, seen from the frame that streamlit-folium draws the map in
CENTRE = (33.6, 41.6)
ZOOM = 6
SCRIPTS = (
    "vendor/leaflet/leaflet.js",
    "vendor/leaflet.heat/leaflet-heat.js",
    "symbols.js",
    "labels.js",
    "answer.js",
    "date-slider.js",
    "land-canvas.js",
    "base-map.js",
    "extent-layer.js",
    "incident-popup.js",
    "link-layer.js",
    "incident-layer.js",
    "beside-layers.js",
    "context-layers.js",
    "legend.js",
    "panels.js",
    "map-message.js",
    "map-layers.js",
    "incident-map.js",
)
STYLES = ("vendor/leaflet/leaflet.css", "incident-map.css")


class BaseMap(folium.Map):
    """A Folium map whose scripts and styles come from this server alone."""

    default_js: ClassVar = [("scripts", f"{ROOT}/map/scripts.js")]
    default_css: ClassVar = [(name, f"{ROOT}/map/{name}") for name in STYLES]


class Script(MacroElement):
    """A line of JavaScript that is ours to the last character."""

    _template = Template("{% macro script(this, kwargs) %}{{ this.line }}{% endmacro %}")

    def __init__(self, line: str) -> None:
        super().__init__()
        self._name = "Script"
        self.line = line


def base_map() -> folium.Map:
    """Return the map that every run shows unchanged; st_folium calls it ``map_div``."""
    made = BaseMap(CENTRE, zoom_start=ZOOM, tiles=None, maxZoom=18, zoom_control=False)
    made.add_child(Script(f"window.incidents = incidentMap(map_div, '{ROOT}');"))
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What the map is to show.

    Attributes
    ----------
    filter
        As an address query.
    version
        Changes with the data.
    incident, place
        The selected ones, or blank.
    reader
        The word that the map's questions carry.
    span
        The first and last day of the data, between which a filter's ends are open; blank when nothing has a date.
    beside
        The other open tables: token, name, letter.
    """

    filter: str
    version: str
    theme: str
    incident: str
    place: str
    reader: str
    span: tuple[str, str]
    beside: tuple[tuple[str, str, str], ...] = ()


def show_command(command: Command) -> folium.FeatureGroup:
    """Return the command as what st_folium adds to the map without mounting it anew."""
    return tell("incidents", asdict(command))


def tell(shown: str, command: Mapping[str, Any]) -> folium.FeatureGroup:
    """Return what makes a map's script, ``window.<shown>``, show what a command says, without mounting the map anew."""
    told = _literal(json.dumps(command))
    group = folium.FeatureGroup("command")
    # An emptied list keeps st_folium from holding on to every earlier command (its issue 247).
    group.add_child(Script(f"window.feature_group = []; window.{shown}.show(JSON.parse({told}));"))
    return group


def _literal(value: str) -> str:
    """Return `value` as a JavaScript string of letters, digits and escapes alone: no brace for a template to find."""
    return '"' + re.sub(r"[^A-Za-z0-9=&_.+/-]", lambda c: _escape(c[0]), value) + '"'


def _escape(character: str) -> str:
    return "".join(f"\\u{unit:04x}" for unit in memoryview(character.encode("utf-16-le")).cast("H"))
