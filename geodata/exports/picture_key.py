"""What explains a picture: its legend and its scale."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes

from geodata.exports.canvas import INK, LINE, Box, Canvas
from geodata.exports.picture_marks import Sign, draw_sign
from geodata.exports.projection import latitude
from geodata.exports.sides import SIDE_NAMES
from geodata.exports.spots import Spot

_ROW, _COLUMN, _EDGE = 13.5, 130, 8
_SCALES_KM = (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
_KM_A_DEGREE = 111.32
_SAID = {
    "claimed": "claimed by the actor",
    "attributed": "attributed",
    "alleged": "alleged",
    "unknown": "nobody named",
}


def draw_legend(canvas: Canvas, signs: Sequence[Sign], spots: Sequence[Spot]) -> None:
    """Explain every sign that is drawn, and no other, in a corner that is empty."""
    present = {group for sign in signs for group in sign.groups}
    sides = [(_sample(side, "claimed"), SIDE_NAMES[side]) for side in SIDE_NAMES if side in {s for s, _ in present}]
    said = [(_sample("islamic-state", how), text) for how, text in _SAID.items() if how in {h for _, h in present}]
    shapes = [(_sample("islamic-state", "unknown", as_area=True), "known to the area only")]
    rows = [*said, *(shapes if any(sign.as_area for sign in signs) else [])]
    notes = ["dashed: somewhere inside"] if any(spot.uncertainty_m > 0 for spot in spots) else []
    notes += ["+2: and at two places near by"] if any(sign.others for sign in signs) else []
    if sides:
        _draw(canvas, (sides, rows), notes, signs)


def _sample(side: str, attribution: str, *, as_area: bool = False) -> Sign:
    return Sign(x=0, y=0, as_area=as_area, name="", groups=Counter({(side, attribution): 1}))


def _draw(canvas: Canvas, columns: tuple[list[tuple[Sign, str]], ...], notes: list[str], signs: Sequence[Sign]) -> None:
    wide, high = 2 * _COLUMN - 6, _ROW * (max(map(len, columns)) + len(notes)) + 2 * _EDGE - 4
    box = _inset(canvas, _emptiest(canvas, wide, high, signs), wide, high)
    for left, column in zip((_EDGE, _EDGE + _COLUMN - 14), columns, strict=True):
        for row, (sign, text) in enumerate(column):
            y = high - _EDGE - _ROW * (row + 0.35)
            draw_sign(box, replace(sign, x=left + 5, y=y), 1)
            box.text(left + 15, y, text, size=8, va="center_baseline", color=INK)
    for row, text in enumerate(reversed(notes)):
        box.text(_EDGE, _EDGE - 2 + _ROW * (row + 0.35), text, size=8, va="center_baseline", color=INK)


def _emptiest(canvas: Canvas, wide: float, high: float, signs: Sequence[Sign]) -> Box:
    """Return the corner, but the one of the scale, that holds the fewest incidents."""
    left, bottom, right, top = canvas.view
    gap, x, y = _EDGE * canvas.point, wide * canvas.point, high * canvas.point
    corners: list[Box] = [
        (west, south, west + x, south + y)
        for west, south in ((left + gap, bottom + gap), (left + gap, top - gap - y), (right - gap - x, top - gap - y))
    ]
    return min(corners, key=lambda box: sum(sign.count for sign in signs if _is_in(sign, box)))


def _is_in(sign: Sign, box: Box) -> bool:
    return box[0] <= sign.x <= box[2] and box[1] <= sign.y <= box[3]


def _inset(canvas: Canvas, place: Box, wide: float, high: float) -> Axes:
    """Return axes at a place of the map whose units are points."""
    canvas.taken.append(place)
    (left, bottom, right, top), frame = canvas.view, canvas.axes.get_position()
    x, y = frame.width / (right - left), frame.height / (top - bottom)
    at = frame.x0 + (place[0] - left) * x, frame.y0 + (place[1] - bottom) * y
    size = (place[2] - place[0]) * x, (place[3] - place[1]) * y
    box: Axes = canvas.axes.figure.add_axes((*at, *size), xticks=[], yticks=[], facecolor="white")  # pyright: ignore[reportAttributeAccessIssue]
    box.set(xlim=(0, wide), ylim=(0, high), autoscale_on=False)
    for spine in box.spines.values():
        spine.set(color=LINE)
    return box


def draw_scale(canvas: Canvas) -> None:
    """Draw a bar of so many kilometres, true at the middle of the map."""
    left, bottom, right, top = canvas.view
    a_degree = _KM_A_DEGREE * np.cos(np.radians(latitude((bottom + top) / 2)))
    km = next((km for km in _SCALES_KM if km / a_degree < (right - left) / 6), _SCALES_KM[-1])
    end, y, point = right - 12 * canvas.point, bottom + 12 * canvas.point, canvas.point
    start = end - km / a_degree
    bar = ([start, start, end, end], [y + 3 * point, y, y, y + 3 * point])
    canvas.axes.plot(*bar, color=INK, linewidth=1.2, scalex=False, scaley=False, zorder=5)
    canvas.axes.text(
        (start + end) / 2, y + 3 * point, f"{km} km", size=8, ha="center", va="bottom", color=INK, zorder=5
    )
