"""What a map asks of the incidents: the places, cells and areas in a viewport."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from geodata.store.engine import Store, Table, this
from geodata.store.filters import IncidentFilter, matching
from geodata.store.mercator import LEVEL, from_mercator, to_mercator

Group = tuple[str, str, int]
"""Side, attribution, rows."""

MOST_PLACES = 150
MOST_LINKS = 300
CELL_LEVELS = 2  # 64-pixel cells: a 256-pixel tile is 2**2 of them wide


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewport:
    """A part of the map in degrees, EPSG:4326, and its zoom level (0 to 24).

    A viewport across the 180th meridian is asked for as the whole width.
    """

    west: float
    south: float
    east: float
    north: float
    zoom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Incidents drawn by one sign.

    Attributes
    ----------
    place
        The row of the store's `places`; for a cell only `lon`, `lat` and `key` (``level/x/y``).
    groups
        Rows by side and attribution; they sum to `count`.
    known_to
        The finest precision among them.
    uncertainty_m
        The widest uncertainty among them, metres.
    """

    place: dict[str, Any]
    count: int
    groups: tuple[Group, ...]
    known_to: str = ""
    uncertainty_m: float = 0


def find_places(store: Store, question: IncidentFilter, viewport: Viewport) -> list[Spot] | None:
    """Return the places in the viewport, or None when there are more than `MOST_PLACES`."""
    points = _points(matching(store, question), viewport)
    if store.ask_one(points.aggregate(n=this.place_no.nunique()))["n"] > MOST_PLACES:
        return None
    return _spots_by_place(store, points)


def find_areas(store: Store, question: IncidentFilter) -> list[Spot]:
    """Return the areas that the matching incidents are known to, wherever they are."""
    return _spots_by_place(store, matching(store, question).filter(this.as_area))


def _spots_by_place(store: Store, kept: Table) -> list[Spot]:
    counted = kept.group_by("place_no", "side_no", "attribution_no").aggregate(
        n=this.count(), known=this.known_to_no.min(), uncertainty=this.uncertainty_m.max()
    )
    told = counted.join(store.places, "place_no").order_by("place_no", "side_no", "attribution_no")
    by_place: dict[int, list[dict[str, Any]]] = {}
    for row in store.ask(told).to_pylist():
        by_place.setdefault(row["place_no"], []).append(row)
    return [
        Spot(
            place=rows[0],
            count=sum(r["n"] for r in rows),
            groups=_groups(store, rows),
            known_to=store.codes["known_to"][min(r["known"] for r in rows)],
            uncertainty_m=max(r["uncertainty"] for r in rows),
        )
        for rows in by_place.values()
    ]


def _groups(store: Store, rows: Iterable[dict[str, Any]]) -> tuple[Group, ...]:
    sides, attributions = store.codes["side"], store.codes["attribution"]
    return tuple((sides[r["side_no"]], attributions[r["attribution_no"]], r["n"]) for r in rows)


def find_cells(store: Store, question: IncidentFilter, viewport: Viewport) -> list[Spot]:
    """Return the incidents at points in the viewport, by 64-pixel cells of its zoom, each at the mean of its points."""
    shift = LEVEL - min(viewport.zoom + CELL_LEVELS, LEVEL)
    points = _points(matching(store, question), viewport)
    counted = points.group_by(
        x=(this.mx // 2**shift).cast("int32"), y=(this.my // 2**shift).cast("int32"), side_no=this.side_no
    ).aggregate(n=this.count(), mx=this.mx.sum(), my=this.my.sum())
    by_cell: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in store.ask(counted).to_pylist():
        by_cell.setdefault((row["x"], row["y"]), []).append(row)
    return [_cell(store, LEVEL - shift, cell, rows) for cell, rows in sorted(by_cell.items())]


def _cell(store: Store, level: int, cell: tuple[int, int], rows: Sequence[dict[str, Any]]) -> Spot:
    count = sum(r["n"] for r in rows)
    lon, lat = from_mercator(sum(r["mx"] for r in rows) / count, sum(r["my"] for r in rows) / count)
    groups = tuple((store.codes["side"][r["side_no"]], "", r["n"]) for r in sorted(rows, key=lambda r: r["side_no"]))
    place = {"key": f"{level}/{cell[0]}/{cell[1]}", "lon": float(lon), "lat": float(lat)}
    return Spot(place=place, count=count, groups=groups)


def _points(kept: Table, viewport: Viewport) -> Table:
    west, north = to_mercator(viewport.west, viewport.north)
    east, south = to_mercator(viewport.east, viewport.south)
    return kept.filter(~this.as_area, this.mx.between(int(west), int(east)), this.my.between(int(north), int(south)))


def in_cell(kept: Table, key: str) -> Table:
    """Keep the incidents at points of the cell ``level/x/y``."""
    level, x, y = (int(part) for part in key.split("/"))
    size = 2 ** (LEVEL - level)
    return kept.filter(~this.as_area, this.mx // size == x, this.my // size == y)


def find_links(store: Store, question: IncidentFilter) -> list[dict[str, Any]]:
    """Return where an incident answers another one, both matching and both placed: the most frequent first.

    Returns
    -------
    list of dict
        `from_place`, `from_lon`, `from_lat` of what was answered, `to_…` of the answer, and `n`.
    """
    kept = matching(store, question).select("row", "place_no")
    ends = kept.join(store.places, "place_no").select("row", "place_id", "lon", "lat")
    pairs = (
        store.table("links")
        .filter(this.relation == "retaliates_for")
        .join(ends.rename(row_="row", to_place="place_id", to_lon="lon", to_lat="lat"), [("row", "row_")])
        .join(
            ends.rename(target_="row", from_place="place_id", from_lon="lon", from_lat="lat"), [("target", "target_")]
        )
    )
    ends_of_lines = ["from_place", "from_lon", "from_lat", "to_place", "to_lon", "to_lat"]
    counted = pairs.group_by(ends_of_lines).aggregate(n=this.count())
    return store.ask(counted.order_by(this.n.desc(), *ends_of_lines).limit(MOST_LINKS)).to_pylist()


def count_provinces(store: Store, question: IncidentFilter) -> dict[tuple[str, str], int]:
    """Count the rows by ``(country, admin1)``; a row known only to a country or region is in none."""
    kept = matching(store, question).filter(this.admin1 != "")
    counts = store.ask(kept.group_by("country", "admin1").aggregate(n=this.count())).to_pylist()
    return {(row["country"], row["admin1"]): row["n"] for row in counts}


def find_at(
    store: Store, question: IncidentFilter, *, place: str = "", cell: str = "", limit: int
) -> tuple[int, list[dict[str, Any]]]:
    """Return how many matching rows a place or cell holds, and the newest of them.

    Parameters
    ----------
    place
        A `place_key` of the store's `places`: a place id, or ``lon,lat`` of a row's own point.
    cell
        A cell's key, ``level/x/y``; used when `place` is blank.
    """
    kept = matching(store, question)
    at_place = store.places.filter(this.place_key == place)
    kept = kept.semi_join(at_place, "place_no") if place else in_cell(kept, cell)
    told = ["incident_id", "date_earliest", "date_latest", "date_precision", "category", "event_type", "place"]
    told += ["actor_name", "side", "attribution", "killed_low", "killed_best", "killed_high"]
    newest = kept.order_by(ibis.desc("first_day", nulls_first=False), "row").limit(limit).select(*told)
    return store.ask_one(kept.aggregate(n=this.count()))["n"], store.ask(newest).to_pylist()
