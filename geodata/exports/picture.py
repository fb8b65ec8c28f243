"""The map as a picture, drawn from the data on the offline base map."""

import io
import json
import warnings
from collections.abc import Iterator
from functools import cache
from threading import Lock
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from geodata.exports.html_map import STATIC
from geodata.exports.listing import Listing
from geodata.exports.picture_marks import Box, draw_legend, draw_marks, draw_scale, is_free, text_box
from geodata.exports.projection import to_plane
from geodata.exports.spots import count_outside, count_spots, find_bounds
from geodata.exports.words import describe_listing, describe_question

SIZE = (12.0, 8.4)
_FRAME = (0.01, 0.085, 0.98, 0.845)
_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.parse_math": False,  # text from data is text, dollar signs and all
    "svg.hashsalt": "incident-map",  # the same picture is the same file
    "svg.fonttype": "none",
    "hatch.linewidth": 0.6,
}
_NAMED = 24
_one_at_a_time = Lock()  # Matplotlib's style is the whole process's


def to_png(listing: Listing) -> Iterator[bytes]:
    """Yield the map as PNG, 1800 pixels wide, with legend, scale, credits and the filter in words."""
    yield _save(listing, "png", dpi=150, metadata={"Software": None})


def to_svg(listing: Listing) -> Iterator[bytes]:
    """Yield the same as SVG; its words are text."""
    yield _save(listing, "svg", metadata={"Date": None, "Creator": None})


def _save(listing: Listing, form: str, **options: Any) -> bytes:  # noqa: ANN401, of Matplotlib's own
    buffer = io.BytesIO()
    with _one_at_a_time, mpl.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # a script without letters in the font shows as boxes
        draw_map(listing).savefig(buffer, format=form, **options)
    return buffer.getvalue()


def draw_map(listing: Listing) -> Figure:
    """Return the map as a figure; its style is that of the caller's context."""
    spots = count_spots(listing)
    bounds = listing.bounds or find_bounds(spots)
    figure = Figure(figsize=SIZE, facecolor="white")
    axes = figure.add_axes(_FRAME)
    _draw_base(axes, bounds)
    taken = draw_marks(axes, spots, listing.gazetteer, named=_NAMED)
    _name_countries(axes, taken)
    draw_legend(axes, spots)
    draw_scale(axes)
    _tell(figure, listing, outside=count_outside(spots, axes))
    return figure


def _tell(figure: Figure, listing: Listing, *, outside: int) -> None:
    told = dict(describe_listing(listing))
    figure.text(0.01, 0.965, "Incident map", size=15, weight="bold", va="center")
    figure.text(0.15, 0.965, _shortened(describe_question(listing.question), 130), va="center")
    held = [told[name] for name in ("Rows", "Made vaguer", "Held back", "Link") if name in told]
    held += [f"{outside} outside this frame"] if outside else []
    figure.text(0.01, 0.05, _shortened(" · ".join(held), 190), va="center", size=8)
    credit = "Outlines: Natural Earth, borders by control and not by claim. Signs count incidents; an area is no point."
    figure.text(0.01, 0.025, credit, va="center", size=8, color="#5b6670")
    figure.text(0.99, 0.025, listing.made, va="center", ha="right", size=8, color="#5b6670")


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _draw_base(axes: Axes, bounds: tuple[float, float, float, float]) -> None:
    """Draw sea, land, borders and names, and let the axes show `bounds` in true shape."""
    axes.set(xticks=[], yticks=[], facecolor="#dfe7ec")
    (west, east), (south, north) = to_plane([bounds[0], bounds[2]], [bounds[1], bounds[3]])
    wide, high = SIZE[0] * _FRAME[2], SIZE[1] * _FRAME[3]
    scale = max((east - west) / wide, (north - south) / high)  # units an inch, the same both ways
    for centre, inches, limit in (((east + west) / 2, wide, axes.set_xlim), ((north + south) / 2, high, axes.set_ylim)):
        limit(centre - inches * scale / 2, centre + inches * scale / 2)
    axes.set_autoscale_on(False)
    land = Outline.make_compound_path(*[Outline(ring, closed=True) for ring in _lines("countries")])
    axes.add_patch(PathPatch(land, facecolor="#f7f6f0", edgecolor="#aea798", linewidth=0.7))
    for name, colour, width in (("provinces", "#d9d3c4", 0.5), ("rivers", "#b9cfdc", 0.8)):
        axes.add_collection(LineCollection(_lines(name), colors=colour, linewidths=width), autolim=False)
    lakes = Outline.make_compound_path(*[Outline(ring, closed=True) for ring in _lines("lakes")])
    axes.add_patch(PathPatch(lakes, facecolor="#dfe7ec", edgecolor="none"))


def _name_countries(axes: Axes, taken: list[Box]) -> None:
    """Name countries and seas where no incident's sign or name is, the larger ones first."""
    labels = [label for label in _read("labels") if label["kind"] in {"country", "sea"}]
    for label in sorted(labels, key=lambda label: (label["kind"], label["rank"])):
        name = label["name"].upper() if label["kind"] == "country" else label["name"]
        x, y = (float(value) for value in to_plane(label["lon"], label["lat"]))
        box = text_box(axes, (x, y), name)
        if axes.get_window_extent().contains(*axes.transData.transform((x, y))) and is_free(box, taken):
            taken.append(box)
            style = "italic" if label["kind"] == "sea" else "normal"
            axes.text(x, y, name, size=8, color="#83878a", ha="center", va="center", style=style, clip_on=True)


@cache
def _lines(name: str) -> list[np.ndarray]:
    """Return the rings or lines of a file of the base map, on the plane."""
    found: list[np.ndarray] = []

    def collect(coordinates: list[Any]) -> None:
        if isinstance(coordinates[0][0], list):
            for part in coordinates:
                collect(part)
        elif len(coordinates) > 1:
            found.append(np.column_stack(to_plane(*zip(*coordinates, strict=True))))

    for feature in _read(name)["features"]:
        if feature["geometry"] and feature["geometry"]["coordinates"]:
            collect(feature["geometry"]["coordinates"])
    return found


@cache
def _read(name: str) -> Any:  # noqa: ANN401, JSON
    return json.loads((STATIC / "basemap" / f"{name}.json").read_text(encoding="utf-8"))
