"""A map to draw on: axes that show a part of the earth in true shape, with sea, land, borders and names."""

import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from geodata.exports.frame import Bounds
from geodata.exports.html_map import STATIC
from geodata.exports.projection import to_plane

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top on the plane."""
Frame: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, width and height as shares of a figure."""
INK, MUTED, LAND, SEA, LINE = "#1b2530", "#5b6670", "#f7f6f0", "#dfe7ec", "#dcdfe1"
POINTS_AN_INCH = 72
_TILE_POINTS = 192
"""A tile of 256 pixels, of which 96 are an inch."""
_NAMES: dict[str, dict[str, Any]] = {
    "country": {"color": "#7c8083", "size": 8},
    "sea": {"color": "#6d7b85", "size": 8, "style": "italic"},
    "town": {"color": "#83878a", "size": 7},
}
_LETTER = 0.6
"""How wide a letter is, of the size of its font."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """Axes on the plane of `geodata.exports.projection`.

    Attributes
    ----------
    view
        What is seen.
    point
        How much of the plane a point of the page (1/72 inch) is.
    taken
        Where signs and names are.
    """

    axes: Axes
    view: Box
    point: float
    taken: list[Box] = field(default_factory=list[Box])

    def shows(self, x: float, y: float) -> bool:
        """Return whether a point of the plane is seen."""
        left, bottom, right, top = self.view
        return left <= x <= right and bottom <= y <= top

    def take(self, box: Box) -> bool:
        """Take a place if nothing is there, and return whether it was free."""
        free = all(box[2] < b[0] or b[2] < box[0] or box[3] < b[1] or b[3] < box[1] for b in self.taken)
        if free:
            self.taken.append(box)
        return free

    def write(self, x: float, y: float, text: str, *, align: Any = "center", size: float = 8, **style: Any) -> bool:  # noqa: ANN401
        """Write a small text with an end or its middle at a point, and return whether there was room for it."""
        lines = text.split("\n")
        wide = max(map(len, lines)) * size * _LETTER * self.point
        high = len(lines) * size * 1.25 * self.point
        left = x - {"left": 0, "right": wide, "center": wide / 2}[align]
        box = (left, y - high / 2, left + wide, y + high / 2)
        free = self.shows(*box[:2]) and self.shows(*box[2:]) and self.take(box)
        style = {"color": INK} | style
        if free:
            self.axes.text(x, y, text, size=size, ha=align, va="center", clip_on=True, **style)
        return free


def open_canvas(figure: Figure, frame: Frame, bounds: Bounds) -> Canvas:
    """Return a map that shows `bounds` and, as its shape asks, more on two sides."""
    axes = figure.add_axes(frame, xticks=[], yticks=[], facecolor=SEA)
    (west, east), (south, north) = to_plane([bounds[0], bounds[2]], [bounds[1], bounds[3]])
    inches = figure.get_figwidth() * frame[2], figure.get_figheight() * frame[3]
    scale = max((east - west) / inches[0], (north - south) / inches[1])
    halves = [inch * scale / 2 for inch in inches]
    x, y = (west + east) / 2, (south + north) / 2
    view = (x - halves[0], y - halves[1], x + halves[0], y + halves[1])
    axes.set(xlim=view[::2], ylim=view[1::2], autoscale_on=False)
    for spine in axes.spines.values():
        spine.set(color="#b9bec2", linewidth=0.8)
    canvas = Canvas(axes=axes, view=view, point=scale / POINTS_AN_INCH)
    _draw_base(canvas)
    return canvas


def _draw_base(canvas: Canvas) -> None:
    axes = canvas.axes
    for name, face, edge in (("countries", LAND, "#aea798"), ("lakes", SEA, "none")):
        rings = [Outline(ring, closed=True) for ring in _seen(canvas, name)]
        if rings:
            axes.add_patch(PathPatch(Outline.make_compound_path(*rings), facecolor=face, edgecolor=edge, linewidth=0.8))
    for name, colour, width in (("provinces", "#e0dacb", 0.5), ("rivers", "#b9cfdc", 0.8)):
        axes.add_collection(LineCollection(_seen(canvas, name), colors=colour, linewidths=width), autolim=False)


def write_names(canvas: Canvas) -> None:
    """Name countries, seas and towns where nothing else is, the larger ones first."""
    zoom = np.log2(360 / (_TILE_POINTS * canvas.point))
    labels = [label for label in read_base("labels") if label["min_zoom"] <= zoom]
    for label in sorted(labels, key=lambda label: (list(_NAMES).index(label["kind"]), label["rank"])):
        x, y = (float(value) for value in to_plane(label["lon"], label["lat"]))
        if not canvas.shows(x, y):
            continue
        name = label["name"].upper() if label["kind"] == "country" else label["name"]
        if label["kind"] != "town":
            canvas.write(x, y, name, **_NAMES[label["kind"]])
        elif canvas.write(x + 3 * canvas.point, y, name, align="left", **_NAMES["town"]):
            canvas.axes.plot(x, y, "o", markersize=2, color=_NAMES["town"]["color"])


def _seen(canvas: Canvas, name: str) -> list[np.ndarray]:
    """Return the rings or lines of a file of the base map that reach into the view."""
    left, bottom, right, top = canvas.view
    return [
        line
        for line, (west, south, east, north) in _lines(name)
        if west <= right and east >= left and south <= top and north >= bottom
    ]


@cache
def _lines(name: str) -> list[tuple[np.ndarray, Box]]:
    found: list[tuple[np.ndarray, Box]] = []

    def collect(coordinates: list[Any]) -> None:
        if isinstance(coordinates[0][0], list):
            for part in coordinates:
                collect(part)
        elif len(coordinates) > 1:
            line = np.column_stack(to_plane(*zip(*coordinates, strict=True)))
            found.append((line, (*line.min(axis=0).tolist(), *line.max(axis=0).tolist())))

    for feature in read_base(name)["features"]:
        if feature["geometry"] and feature["geometry"]["coordinates"]:
            collect(feature["geometry"]["coordinates"])
    return found


@cache
def read_base(name: str) -> Any:  # noqa: ANN401, JSON
    """Return a file of the base map."""
    return json.loads((STATIC / "basemap" / f"{name}.json").read_text(encoding="utf-8"))
