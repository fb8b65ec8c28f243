"""The signs of the incidents on a picture, their names, legend and scale."""

from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path as Outline
from shapely import get_exterior_ring, get_parts

from geodata.exports.projection import latitude, to_plane
from geodata.exports.sides import SIDE_COLOURS, SIDE_NAMES
from geodata.gazetteer.measure import uncertainty_disc
from geodata.gazetteer.places import Gazetteer

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top in pixels."""
_INK = "#1b2530"
_PLACE = ["lon", "lat", "as_area", "place_id", "name"]
_SCALES_KM = (1000, 500, 200, 100, 50, 20, 10)
_KM_A_DEGREE = 111.32


def draw_marks(axes: Axes, spots: pd.DataFrame, gazetteer: Gazetteer, *, named: int) -> list[Box]:
    """Draw areas hatched, discs dashed, and a sign a place with its count; name the `named` fullest.

    Returns
    -------
    list of Box
        Where signs and names are.
    """
    places: list[tuple[dict[str, Any], Any]] = [
        (dict(zip(_PLACE, key, strict=True)), rows) for key, rows in spots.groupby(_PLACE, sort=False)
    ]
    places.sort(key=lambda place: (-int(place[1]["n"].sum()), str(place[0]["name"])))
    for place, rows in places:
        colour = SIDE_COLOURS[_fullest(rows, "side")]
        if place["as_area"]:
            _draw_area(axes, gazetteer.areas[place["place_id"]], colour)
        else:
            _draw_disc(axes, place, float(rows["uncertainty_m"].max()), colour)
    radii = [_draw_sign(axes, place, rows) for place, rows in reversed(places)][::-1]
    taken = [_sign_box(axes, place, radius) for (place, _), radius in zip(places, radii, strict=True)]
    for (place, _), radius in list(zip(places, radii, strict=True))[:named]:
        _draw_name(axes, place, radius, taken)
    return taken


def is_free(box: Box, taken: list[Box]) -> bool:
    """Return whether a box touches none of the taken ones."""
    return all(box[2] < b[0] or b[2] < box[0] or box[3] < b[1] or b[3] < box[1] for b in taken)


def text_box(axes: Axes, at: tuple[float, float], text: str, *, side: str = "center") -> Box:
    """Return about the pixels that a small text takes whose middle, left or right end is at a point of the data."""
    x, y = axes.transData.transform(at)
    points = _pixels_a_point(axes)
    wide, high = len(text) * 5.2 * points, 10 * points
    left = x - {"left": 0, "right": wide, "center": wide / 2}[side]
    return left, y - high / 2, left + wide, y + high / 2


def _pixels_a_point(axes: Axes) -> float:
    return axes.figure.dpi / 72  # pyright: ignore[reportOptionalMemberAccess]


def _sign_box(axes: Axes, place: dict[str, Any], radius: float) -> Box:
    x, y = axes.transData.transform(to_plane(place["lon"], place["lat"]))
    r = radius * _pixels_a_point(axes)
    return x - r, y - r, x + r, y + r


def _fullest(rows: pd.DataFrame, column: str) -> str:
    counts: Any = rows.groupby(column)["n"].sum()
    return str(counts[counts == counts.max()].index.min())


def _draw_area(axes: Axes, area: Any, colour: str) -> None:  # noqa: ANN401, a shapely geometry
    rings = [np.column_stack(to_plane(*np.array(get_exterior_ring(part).coords).T)) for part in get_parts(area)]
    outline = Outline.make_compound_path(*[Outline(ring, closed=True) for ring in rings])
    axes.add_patch(
        PathPatch(outline, facecolor=f"{colour}12", edgecolor=f"{colour}80", hatch="///", linewidth=0.8, linestyle="--")
    )


def _draw_disc(axes: Axes, place: dict[str, Any], metres: float, colour: str) -> None:
    if not metres > 0 or abs(place["lat"]) > 80:  # noqa: PLR2004, no disc near a pole
        return
    for part in get_parts(uncertainty_disc(place["lon"], place["lat"], metres)):
        x, y = to_plane(*np.array(part.exterior.coords).T)
        axes.plot(x, y, color=colour, linewidth=0.7, linestyle=(0, (3, 2)), alpha=0.8, scalex=False, scaley=False)


def _draw_sign(axes: Axes, place: dict[str, Any], rows: pd.DataFrame) -> float:
    """Draw the sign of a place and return its radius in points: square for an area; filled where all is claimed."""
    count = int(rows["n"].sum())
    radius = 4.0 if count == 1 else min(4.8 + 1.5 * np.log(count), 14)
    colour, claimed = SIDE_COLOURS[_fullest(rows, "side")], (rows["attribution"] == "claimed").all()
    x, y = map(float, to_plane(place["lon"], place["lat"]))
    mixed = len(set(rows["side"])) > 1
    axes.plot(
        *(x, y),
        "s" if place["as_area"] else "o",
        markersize=2 * radius,
        markerfacecolor=colour if claimed else "white",
        markeredgecolor=colour,
        markeredgewidth=2.2 if mixed else 1.5,
        scalex=False,
        scaley=False,
    )
    if count > 1:
        ink = "white" if claimed else _INK
        axes.text(x, y, str(count), size=7, color=ink, ha="center", va="center", weight="bold", clip_on=True)
    return float(radius)


def _draw_name(axes: Axes, place: dict[str, Any], radius: float, taken: list[Box]) -> None:
    """Write the name beside its sign, on the first side that is free; a name that finds none is left out."""
    x, y = axes.transData.transform(to_plane(place["lon"], place["lat"]))
    gap, high = (radius + 3) * _pixels_a_point(axes), 6 * _pixels_a_point(axes)
    for dx, dy, side in ((gap, 0, "left"), (-gap, 0, "right"), (0, gap + high, "center"), (0, -gap - high, "center")):
        at: Any = tuple(axes.transData.inverted().transform((x + dx, y + dy)))
        box = text_box(axes, at, place["name"], side=side)
        if is_free(box, taken):
            taken.append(box)
            axes.text(at[0], at[1], place["name"], size=8, color=_INK, ha=side, va="center", clip_on=True)
            return


def draw_legend(axes: Axes, spots: pd.DataFrame) -> None:
    """Explain every sign that is drawn, and no other."""
    sides = [side for side in SIDE_NAMES if side in set(spots["side"])]
    marks: list[Any] = [Patch(facecolor=SIDE_COLOURS[side], label=SIDE_NAMES[side]) for side in sides]
    claimed = set(spots["attribution"]) - {"claimed"}
    if "claimed" in set(spots["attribution"]):
        marks.append(_sign("o", _INK, "all claimed by the actor"))
    if claimed:
        marks.append(_sign("o", "white", "attributed, alleged or unknown"))
    if spots["as_area"].any():
        marks.append(_sign("s", "white", "known to the area only"))
    if (spots["uncertainty_m"] > 0).any():
        marks.append(Line2D([], [], color=_INK, linewidth=0.8, linestyle="--", label="somewhere inside"))
    if marks:
        axes.legend(handles=marks, loc="lower left", fontsize=8, framealpha=0.94, edgecolor="#dcdfe1")


def _sign(shape: str, fill: str, label: str) -> Line2D:
    return Line2D([], [], marker=shape, color="none", markerfacecolor=fill, markeredgecolor=_INK, label=label)


def draw_scale(axes: Axes) -> None:
    """Draw a bar of so many kilometres, true at the middle of the map."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    a_degree = _KM_A_DEGREE * np.cos(np.radians(latitude((south + north) / 2)))
    km = next((km for km in _SCALES_KM if km / a_degree < (east - west) / 5), _SCALES_KM[-1])
    right, bottom = east - (east - west) * 0.02, south + (north - south) * 0.025
    axes.plot([right - km / a_degree, right], [bottom, bottom], color=_INK, linewidth=2, scalex=False, scaley=False)
    above = bottom + (north - south) * 0.012
    axes.text(right - km / a_degree / 2, above, f"{km} km", size=8, ha="center", va="bottom", color=_INK)
