"""Read shapes that share their borders (TopoJSON) and keep their borders shared while simplifying them.

Borders are simplified arc by arc, before polygons are put together, so that neighbours still share every point of
their border: no slivers, no gaps, no border drawn twice.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import shapely
from shapely.affinity import translate
from shapely.geometry import LineString, MultiPolygon, Polygon, box
from shapely.ops import linemerge, unary_union

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    Points: TypeAlias = list[tuple[float, float]]
    Simplify: TypeAlias = Callable[[LineString], Points]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """Shapes that share their borders.

    Attributes
    ----------
    arcs
        Lines in lon/lat; a shape is a list of indices into them, ``~i`` meaning line ``i`` backwards.
    layers
        The shapes by layer, as in the file.
    """

    arcs: list[Points]
    layers: dict[str, Any]


def read_topology(path: Path, simplify: Simplify) -> Topology:
    """Return the topology of a quantised TopoJSON file, each arc simplified; its ends are kept."""
    content = json.loads(path.read_text(encoding="utf-8"))
    (scale_x, scale_y), (move_x, move_y) = content["transform"]["scale"], content["transform"]["translate"]
    arcs: list[Points] = []
    for steps in content["arcs"]:
        x = y = 0
        points: Points = []
        for step in steps:
            x, y = x + step[0], y + step[1]
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(simplify(LineString(points if len(points) > 1 else points * 2)))
    return Topology(arcs=arcs, layers=content["objects"])


def evenly(tolerance: float, decimals: int = 4) -> Simplify:
    """Return a simplifier with one tolerance, in degrees."""
    return lambda arc: [(round(x, decimals), round(y, decimals)) for x, y in arc.simplify(tolerance).coords]


def graded(grades: tuple[tuple[Polygon, float], ...], elsewhere: float, decimals: int) -> Simplify:
    """Return a simplifier whose tolerance, in degrees, is that of the first box that a point lies in.

    An arc that leaves a box is cut where it does, so that two tolerances meet in a point that is kept.
    """
    boxes = [(area.bounds, tolerance) for area, tolerance in grades]

    def tolerance_at(x: float, y: float) -> float:
        inside = (t for (west, south, east, north), t in boxes if west <= x <= east and south <= y <= north)
        return next(inside, elsewhere)

    def simplify(arc: LineString) -> Points:
        runs: list[tuple[float, Points]] = []
        for x, y in arc.coords:
            tolerance = tolerance_at(x, y)
            if runs:
                runs[-1][1].append((x, y))
            if not runs or runs[-1][0] != tolerance:
                runs.append((tolerance, [(x, y)]))
        kept: Points = []
        for tolerance, run in runs:
            points = run if len(run) == 1 else list(LineString(run).simplify(tolerance).coords)
            kept += points[1:] if kept else points
        return [(round(x, decimals), round(y, decimals)) for x, y in kept]

    return simplify


def polygons(topology: Topology, layer: str) -> Iterator[tuple[str, MultiPolygon]]:
    """Yield the name and shape of each polygon of a layer, without the rings that lost their area."""
    for record in topology.layers[layer]["geometries"]:
        lists = {"Polygon": [record.get("arcs")], "MultiPolygon": record.get("arcs")}.get(record.get("type"), [])
        rings = [[unrolled(joined(topology, indices)) for indices in part] for part in lists]
        parts = [Polygon(outer, [h for h in holes if len(h) > 3]) for outer, *holes in rings if len(outer) > 3]  # noqa: PLR2004
        yield (
            (record.get("properties") or {}).get("name") or "",
            MultiPolygon([p for q in parts for p in cut_at_180(q)]),
        )


def lines(topology: Topology, layer: str) -> Iterator[LineString]:
    """Yield each line of a layer."""
    for record in topology.layers[layer]["geometries"]:
        lists = [record["arcs"]] if record["type"] == "LineString" else record["arcs"]
        yield from (LineString(joined(topology, indices)) for indices in lists)


def joined(topology: Topology, indices: list[int]) -> Points:
    """Return the points of the arcs put end to end."""
    points: Points = []
    for index in indices:
        arc = topology.arcs[index] if index >= 0 else topology.arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def unrolled(ring: Points) -> Points:
    """Return a ring without its leap at 180° E: the longitudes go on beyond it.

    A ring that goes once round the pole, Antarctica, is closed along 90° S.
    """
    points, turn = ring[:1], 0.0
    for (before, _), (x, y) in pairwise(ring):
        turn += (before - x > 180) * 360.0 - (x - before > 180) * 360.0  # noqa: PLR2004
        points.append((x + turn, y))
    return points if not turn else [*points, (points[-1][0], -90.0), (points[0][0], -90.0), points[0]]


def cut_at_180(polygon: Polygon) -> Iterator[Polygon]:
    """Yield the parts of a polygon, each within 180° W and 180° E."""
    west, _, east, _ = polygon.bounds
    if west >= -180 and east <= 180:  # noqa: PLR2004
        yield polygon
        return
    for turn in (-360, 0, 360):
        part = clean(translate(clean(polygon), turn) & box(-180, -90, 180, 90))
        yield from (p for p in shapely.get_parts(part) if p.geom_type == "Polygon")


def inner_borders(topology: Topology, layer: str) -> BaseGeometry:
    """Return the arcs that two shapes of a layer share: its borders without its outer edge."""
    uses: Counter[int] = Counter()

    def count(arcs: list[Any]) -> None:
        for arc in arcs:
            if isinstance(arc, list):
                count(arc)
            else:
                uses[arc if arc >= 0 else ~arc] += 1

    for record in topology.layers[layer]["geometries"]:
        count(record.get("arcs", []))
    return linemerge([LineString(topology.arcs[index]) for index, times in uses.items() if times > 1])


def clean(area: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a shape, made valid, without specks of less than a hectare or so."""
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(area)))
    return unary_union([part for part in parts if part.geom_type == "Polygon" and part.area > 1e-6])  # noqa: PLR2004
