"""The incidents on a picture: areas, the ground within which they happened, signs and names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from shapely import MultiLineString, affinity

from geodata.exports.canvas import INK, LAND, Canvas
from geodata.exports.projection import to_plane
from geodata.exports.sides import SIDE_COLOURS, SIDE_NAMES
from geodata.exports.spots import Group, Spot
from geodata.gazetteer.measure import uncertainty_disc
from geodata.gazetteer.places import Gazetteer
from geodata.incidents.schema import Precision

LINES: dict[str, Any] = {"claimed": "-", "attributed": "-", "alleged": (0, (2.4, 1.4)), "unknown": (0, (0.7, 1.3))}
_NAMED = 40
_LONGEST_LINE = 18
_FARTHEST_NORTH = 80
_TOUCHING = 0.75
_SQUARE = np.array([[0, 1], [1, 1], [1, -1], [-1, -1], [-1, 1], [0, 1]], dtype=float)
_CORNERS = (1 / 8, 3 / 8, 5 / 8, 7 / 8)


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One sign: incidents at a place, and at others so near that their signs would cover each other."""

    x: float
    y: float
    as_area: bool
    name: str
    groups: Counter[Group]
    others: int = 0

    @property
    def count(self) -> int:
        """Return how many incidents it stands for."""
        return self.groups.total()

    @property
    def radius(self) -> float:
        """Return its radius in points; it grows slowly with the count."""
        return 4.2 if self.count == 1 else min(5.4 + 1.5 * float(np.log(self.count)), 15)


def draw_marks(canvas: Canvas, spots: Sequence[Spot], gazetteer: Gazetteer) -> list[Sign]:
    """Draw areas hatched, discs dashed, and signs with their counts; return the signs, the fullest first."""
    for spot in spots:
        if spot.as_area:
            wide = gazetteer.places[spot.place_id].precision in {Precision.REGION, Precision.COUNTRY}
            _draw_area(canvas, gazetteer.areas[spot.place_id], _colour(spot), strength=0.4 if wide else 1)
        else:
            _draw_disc(canvas, spot, _colour(spot))
    signs = _join(canvas, spots)
    for sign in sorted(signs, key=lambda sign: -sign.radius):
        draw_sign(canvas.axes, sign, canvas.point)
        reach = (sign.radius + 1) * canvas.point
        canvas.taken.append((sign.x - reach, sign.y - reach, sign.x + reach, sign.y + reach))
    return signs


def write_places(canvas: Canvas, signs: Sequence[Sign]) -> None:
    """Name the fullest signs."""
    for sign in signs[:_NAMED]:
        _write_name(canvas, sign)


def draw_sign(axes: Axes, sign: Sign, point: float) -> None:
    """Draw a ring, or a square for an area, that shows the share of each side; alone and claimed it is filled."""
    radius, parts = sign.radius * point, sorted(sign.groups.items(), key=lambda part: _order(part[0]))
    (side, attribution), one = parts[0][0], len(parts) == 1
    claimed = one and attribution == "claimed"
    outline = _outline(sign, radius, 0, 1)
    tinted = one and attribution == "attributed" and sign.count == 1
    face = SIDE_COLOURS[side] if claimed else _tint(SIDE_COLOURS[side]) if tinted else "white"
    axes.fill(*outline.T, facecolor="white", edgecolor="white", linewidth=4.4, joinstyle="round", zorder=3)
    axes.fill(*outline.T, facecolor=face, zorder=3)
    start = 0.0
    for (part, how), count in parts:
        end = start + count / sign.count
        ring = _outline(sign, radius, start, end)
        width = 1.7 if sign.count == 1 else 2.6
        axes.plot(*ring.T, color=SIDE_COLOURS[part], linewidth=width, linestyle=LINES[how], zorder=3, **_BUTT)
        start = end
    if sign.count > 1:
        style: Any = {
            "size": 7.5,
            "weight": "bold",
            "ha": "center",
            "va": "center_baseline",
            "clip_on": True,
            "zorder": 3,
        }
        axes.text(sign.x, sign.y, str(sign.count), color="white" if claimed else INK, **style)


_BUTT: Any = {"solid_capstyle": "butt", "dash_capstyle": "butt", "scalex": False, "scaley": False}


def _order(group: Group) -> tuple[int, int]:
    return list(SIDE_NAMES).index(group[0]), list(LINES).index(group[1])


def _tint(colour: str) -> tuple[float, float, float]:
    red, green, blue = (0.35 * part + 0.65 for part in to_rgb(colour))
    return red, green, blue


def _outline(sign: Sign, radius: float, start: float, end: float) -> np.ndarray:
    """Return a part of a sign's edge, from the top clockwise, as shares of the whole."""
    shares = np.linspace(start, end, max(int(48 * (end - start)), 2))
    if sign.as_area:
        shares = np.union1d(shares, [corner for corner in _CORNERS if start < corner < end])
        along = np.array([0, 1, 3, 5, 7, 8]) / 8
        unit = np.column_stack([np.interp(shares, along, _SQUARE[:, axis]) for axis in (0, 1)]) * 0.92
    else:
        unit = np.column_stack([np.sin(2 * np.pi * shares), np.cos(2 * np.pi * shares)])
    return unit * radius + [sign.x, sign.y]


def _join(canvas: Canvas, spots: Sequence[Spot]) -> list[Sign]:
    """Return the signs that are seen, the fullest first; points whose signs would cover each other share one."""
    signs: list[Sign] = []
    for spot in spots:
        x, y = map(float, to_plane(spot.lon, spot.lat))
        if not canvas.shows(x, y):
            continue
        own = Sign(x=x, y=y, as_area=spot.as_area, name=spot.name, groups=spot.groups)
        near = None if spot.as_area else next((n for n, sign in enumerate(signs) if _covers(canvas, sign, own)), None)
        if near is None:
            signs.append(own)
        else:
            sign = signs[near]
            signs[near] = replace(sign, groups=sign.groups + own.groups, others=sign.others + 1)
    return sorted(signs, key=lambda sign: (-sign.count, sign.name))


def _covers(canvas: Canvas, sign: Sign, other: Sign) -> bool:
    apart = float(np.hypot(sign.x - other.x, sign.y - other.y))
    return not sign.as_area and apart < _TOUCHING * (sign.radius + other.radius) * canvas.point


def _colour(spot: Spot) -> str:
    """Return the colour of the ground: that of the side, or grey where there are several."""
    sides = {side for side, _ in spot.groups}
    return SIDE_COLOURS[sides.pop() if len(sides) == 1 else "unknown"]


def _draw_area(canvas: Canvas, area: Any, colour: str, *, strength: float) -> None:  # noqa: ANN401, of shapely
    shape = shapely.transform(area, lambda points: np.column_stack(to_plane(*points.T)))
    seen = shapely.intersection(shapely.make_valid(shape), shapely.box(*canvas.view))
    hatching = shapely.get_parts(shapely.intersection(_hatching(canvas), seen))
    lines = [shapely.get_coordinates(line) for line in hatching if line.geom_type == "LineString"]
    canvas.axes.add_collection(
        LineCollection(lines, colors=colour, alpha=0.35 * strength, linewidths=0.6), autolim=False
    )
    for part in shapely.get_parts(seen):
        if part.geom_type == "Polygon":
            canvas.axes.fill(*part.exterior.xy, facecolor=colour, alpha=0.07 * strength)
            edge = shapely.get_coordinates(part.exterior).T
            canvas.axes.plot(*edge, color=colour, alpha=0.6, linewidth=0.9, linestyle=(0, (4, 2)), **_FIXED)


_FIXED: Any = {"scalex": False, "scaley": False}


def _hatching(canvas: Canvas) -> Any:  # noqa: ANN401, a shapely geometry
    """Return slanted lines six points apart across the whole view, the same for all areas."""
    left, bottom, right, top = canvas.view
    long = float(np.hypot(right - left, top - bottom))
    steps = np.arange(-long, long, 6 * canvas.point)
    lines = MultiLineString([[(-long, step), (long, step)] for step in steps])
    slanted = affinity.rotate(lines, 45, origin=(0, 0))
    return affinity.translate(slanted, (left + right) / 2, (bottom + top) / 2)


def _draw_disc(canvas: Canvas, spot: Spot, colour: str) -> None:
    if not spot.uncertainty_m > 0 or abs(spot.lat) > _FARTHEST_NORTH:
        return
    for part in shapely.get_parts(uncertainty_disc(spot.lon, spot.lat, spot.uncertainty_m)):
        x, y = to_plane(*np.array(part.exterior.coords).T)
        canvas.axes.plot(x, y, color=colour, linewidth=0.8, linestyle=(0, (3, 2)), alpha=0.8, **_FIXED)


def _write_name(canvas: Canvas, sign: Sign) -> None:
    """Write the name beside its sign, on the first side that is free; a name that finds none is left out."""
    name = _wrapped(sign.name) + (f" +{sign.others}" if sign.others else "")
    gap, high = (sign.radius + 2.5) * canvas.point, (sign.radius + 4 + 5 * (1 + name.count("\n"))) * canvas.point
    sides = [(gap, 0, "left"), (-gap, 0, "right"), (0, high, "center"), (0, -high, "center")]
    sides += [(gap * 0.7 * x, high * 0.8 * y, "left" if x > 0 else "right") for y in (1, -1) for x in (1, -1)]
    style: Any = {"style": "italic" if sign.as_area else "normal", "weight": "bold", "size": 7.5, "zorder": 4}
    style["bbox"] = {"facecolor": LAND, "alpha": 0.6, "edgecolor": "none", "pad": 0.6}
    for dx, dy, align in sides:
        if canvas.write(sign.x + dx, sign.y + dy, name, align=align, linespacing=1.05, **style):
            return


def _wrapped(name: str) -> str:
    """Return a long name in two lines, parted at the blank nearest to its middle."""
    blanks = [at for at, letter in enumerate(name) if letter == " "]
    if len(name) <= _LONGEST_LINE or not blanks:
        return name
    middle = min(blanks, key=lambda at: abs(at - len(name) / 2))
    return f"{name[:middle]}\n{name[middle + 1 :]}"
