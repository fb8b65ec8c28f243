"""The map as a picture, drawn from the data on the offline base map."""

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from geodata.exports.canvas import INK, MUTED, Frame, open_canvas, write_names
from geodata.exports.listing import Listing
from geodata.exports.picture_key import draw_legend, draw_scale
from geodata.exports.picture_marks import draw_marks, write_places
from geodata.exports.spots import Spot, count_spots, find_bounds
from geodata.exports.words import describe_listing, describe_question

CREDIT = "Outlines: Natural Earth, borders by control and not by claim. Signs count incidents; an area is no point."
_SIZE = (12.0, 8.6)
_FRAME: Frame = (0.012, 0.078, 0.976, 0.832)
_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.parse_math": False,  # text from data is text, dollar signs and all
    "svg.hashsalt": "incident-map",  # the same picture is the same file
    "svg.fonttype": "none",
}
_one_at_a_time = Lock()  # Matplotlib's style is the whole process's


def to_png(listing: Listing) -> Iterator[bytes]:
    """Yield the map as PNG, 1800 pixels wide, with legend, scale, credits and the filter in words."""
    spots = count_spots(listing.batches())
    yield draw(lambda: _with_words(listing, spots), "png", dpi=150, metadata={"Software": None})


def to_svg(listing: Listing) -> Iterator[bytes]:
    """Yield the same as SVG; its words are text."""
    spots = count_spots(listing.batches())
    yield draw(lambda: _with_words(listing, spots), "svg", metadata={"Date": None, "Creator": None})


def draw(figure: Callable[[], Figure], form: str, **options: Any) -> bytes:  # noqa: ANN401, of Matplotlib's own
    """Return what `figure` draws as a file of a form, in our style."""
    buffer = io.BytesIO()
    with _one_at_a_time, mpl.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # a script without letters in the font shows as boxes
        figure().savefig(buffer, format=form, **options)
    return buffer.getvalue()


def draw_map(figure: Figure, frame: Frame, listing: Listing, spots: Sequence[Spot]) -> int:
    """Draw the map with its legend into a part of a figure, and return how many placed rows it does not show."""
    canvas = open_canvas(figure, frame, listing.bounds or find_bounds(spots))
    signs = draw_marks(canvas, spots, listing.gazetteer)
    draw_scale(canvas)
    draw_legend(canvas, signs, spots)
    write_places(canvas, signs)
    write_names(canvas)
    return sum(spot.count for spot in spots) - sum(sign.count for sign in signs)


def _with_words(listing: Listing, spots: Sequence[Spot]) -> Figure:
    figure = Figure(figsize=_SIZE, facecolor="white")
    outside = draw_map(figure, _FRAME, listing, spots)
    told = dict(describe_listing(listing))
    figure.text(0.012, 0.972, "Incident map", size=16, weight="bold", va="center", color=INK)
    figure.text(0.012, 0.936, _shortened(describe_question(listing.question), 150), size=10.5, va="center", color=INK)
    held = [told[name] for name in ("Rows", "Made vaguer", "Held back", "Link") if name in told]
    held += [f"{outside} outside this frame"] if outside else []
    figure.text(0.012, 0.05, _shortened(" · ".join(held), 190), va="center", size=8.5, color=INK)
    figure.text(0.012, 0.024, CREDIT, va="center", size=8, color=MUTED)
    figure.text(0.988, 0.024, listing.made, va="center", ha="right", size=8, color=MUTED)
    return figure


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
