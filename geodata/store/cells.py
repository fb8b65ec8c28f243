"""What a map asks of the incidents: the places, cells and areas in a viewport."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, TypeAlias

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.store.asking import ask
from geodata.store.engine import Store, Table, this
from geodata.store.filters import IncidentFilter, matching, numbers_of
from geodata.store.mercator import LEVEL, from_mercator, to_mercator
from geodata.store.remembered import remembered
from geodata.store.spots import count_by_spot

Group = tuple[str, str, int]
"""Side, attribution, rows."""
Columns: TypeAlias = Mapping[str, np.ndarray]

MOST_PLACES = 150
MOST_GROUPS = 4000
MOST_LINKS = 100
_APART = 2**32
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
        Rows by side and attribution, which is blank where it stands for all; they sum to `count`.
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
    edges = _edges(viewport)
    counted = count_by_spot(store, question)
    if counted is not None:
        found = _kept_of(*counted, _within(counted[0], edges))
        return _spots(store, found, store.place_rows) if _number(found, "place_no") <= MOST_PLACES else None
    asked = ask(store, _by_place, question, **edges)
    few = asked.num_rows < MOST_GROUPS and pc.count_distinct(asked["place_no"]).as_py() <= MOST_PLACES
    return _spots(store, *_sorted(asked)) if few else None


def find_areas(store: Store, question: IncidentFilter) -> list[Spot]:
    """Return the areas that the matching incidents are known to, wherever they are."""
    counted = count_by_spot(store, question)
    if counted is not None:
        return _spots(store, _kept_of(*counted, counted[0]["as_area"]), store.place_rows)
    return _spots(store, *_sorted(ask(store, _by_area, question)))


def by_side(spots: Sequence[Spot]) -> list[Spot]:
    """Return the same signs with their rows by side alone, as those of cells are."""
    return [replace(spot, groups=tuple(_sides(spot.groups))) for spot in spots]


def _sides(groups: Sequence[Group]) -> Iterator[Group]:
    for side, told in groupby(groups, itemgetter(0)):
        yield side, "", sum(count for _, _, count in told)


def _within(spots: Columns, edges: Mapping[str, int]) -> np.ndarray:
    """Return which spots are points between edges; of what is no point both numbers are -1."""
    x, y = spots["mx"], spots["my"]
    return (x >= edges["west"]) & (x <= edges["east"]) & (y >= edges["north"]) & (y <= edges["south"])


def _kept_of(spots: Columns, counts: np.ndarray, kept: np.ndarray) -> Columns:
    """Return some of the spots that have incidents, with how many as `n`."""
    here = np.flatnonzero(kept & (counts > 0))
    return {name: column[here] for name, column in spots.items()} | {"n": counts[here]}


def _sorted(asked: pa.Table) -> tuple[Columns, Mapping[int, dict[str, Any]]]:
    """Return what was counted by place, side and attribution in that order, and the row of each place."""
    names = ("place_no", "side_no", "attribution_no", "n", "known_to_no", "uncertainty_m")
    found = {name: asked[name].to_numpy() for name in names}
    order = np.lexsort([found[name] for name in names[2::-1]])
    places = {row["place_no"]: row for row in asked.to_pylist()}
    return {name: column[order] for name, column in found.items()}, places


def _by_place(store: Store, question: IncidentFilter, **edges: int) -> Table:
    return _counted(_points(store, question, **edges)).limit(MOST_GROUPS).join(store.places, "place_no")


def _by_area(store: Store, question: IncidentFilter) -> Table:
    return _counted(numbers_of(store, question).filter(this.as_area)).join(store.places, "place_no")


def _counted(kept: Table) -> Table:
    return kept.group_by("place_no", "side_no", "attribution_no").aggregate(
        n=this.count(), known_to_no=this.known_to_no.min(), uncertainty_m=this.uncertainty_m.max().fill_null(-1)
    )


def _spots(store: Store, found: Columns, places: Mapping[int, dict[str, Any]] | Sequence[dict[str, Any]]) -> list[Spot]:
    """Return the signs of rows counted as `n`, in the order of place, side and attribution.

    Parameters
    ----------
    places
        The rows of `places` by their number.
    """
    starts = _starts(found, "place_no")
    told = zip(
        found["place_no"][starts].tolist(),
        np.add.reduceat(found["n"], starts).tolist(),
        _groups(store, found, starts, "place_no", "side_no", "attribution_no"),
        np.minimum.reduceat(found["known_to_no"], starts).tolist(),
        np.maximum.reduceat(found["uncertainty_m"], starts).tolist(),
        strict=True,
    )
    return [
        Spot(
            place=places[number],
            count=count,
            groups=groups,
            known_to=store.codes["known_to"][known],
            uncertainty_m=max(metres, 0),
        )
        for number, count, groups, known, metres in told
    ]


def _number(found: Columns, name: str) -> int:
    """Return how many values there are in a column that is in order."""
    return len(_starts(found, name))


def _starts(found: Columns, *names: str) -> np.ndarray:
    """Return where each combination of values begins in columns in which equal ones are neighbours."""
    changes = [np.diff(found[name], prepend=-2) != 0 for name in names]
    return np.flatnonzero(np.any(changes, axis=0))


def _groups(store: Store, found: Columns, starts: np.ndarray, *names: str) -> list[tuple[Group, ...]]:
    """Return for each sign, which begins at one of `starts`, its rows by those of `names` that are no place."""
    at = _starts(found, *names)
    if not len(at):
        return []
    sides, attributions = (store.codes[name] for name in ("side", "attribution"))
    counts = np.add.reduceat(found["n"], at).tolist()
    told_sides = [sides[no] for no in found["side_no"][at].tolist()]
    by_attribution = "attribution_no" in names
    told = [attributions[no] for no in found["attribution_no"][at].tolist()] if by_attribution else [""] * len(at)
    groups = tuple(zip(told_sides, told, counts, strict=True))
    return [groups[start:end] for start, end in pairwise([*np.searchsorted(at, starts).tolist(), len(at)])]


def find_cells(store: Store, question: IncidentFilter, viewport: Viewport) -> list[Spot]:
    """Return the incidents at points in the viewport, by 64-pixel cells of its zoom, each at the mean of its points."""
    level = min(viewport.zoom + CELL_LEVELS, LEVEL)
    counted = count_by_spot(store, question)
    if counted is None:
        asked = ask(store, _by_cell, question, level, **_edges(viewport))
        found = {name: asked[name].to_numpy() for name in asked.column_names}
    else:
        found = _in_cells(_kept_of(*counted, _within(counted[0], _edges(viewport))), LEVEL - level)
    order = np.lexsort([found[name] for name in ("side_no", "y", "x")])
    found = {name: column[order] for name, column in found.items()}
    starts = _starts(found, "x", "y")
    groups = _groups(store, found, starts, "x", "y", "side_no")
    n, mx, my = (np.add.reduceat(found[name], starts) if groups else found[name] for name in ("n", "mx", "my"))
    places = zip(found["x"][starts], found["y"][starts], *from_mercator(mx / n, my / n), strict=True)
    return [
        Spot(place={"key": f"{level}/{x}/{y}", "lon": float(lon), "lat": float(lat)}, count=int(count), groups=told)
        for (x, y, lon, lat), count, told in zip(places, n, groups, strict=True)
    ]


def _in_cells(found: Columns, finer: int) -> Columns:
    n, mx, my = (found[name].astype("int64") for name in ("n", "mx", "my"))
    return {"x": mx >> finer, "y": my >> finer, "side_no": found["side_no"], "n": n, "mx": n * mx, "my": n * my}


def _by_cell(store: Store, question: IncidentFilter, level: int, **edges: int) -> Table:
    points, finer = _points(store, question, **edges), LEVEL - level
    cells = points.group_by(
        x=(this.mx >> finer).cast("int32"), y=(this.my >> finer).cast("int32"), side_no=this.side_no
    )
    return cells.aggregate(n=this.count(), mx=this.mx.sum(), my=this.my.sum())


def _edges(viewport: Viewport) -> dict[str, int]:
    west, north = to_mercator(viewport.west, viewport.north)
    east, south = to_mercator(viewport.east, viewport.south)
    return {"west": int(west), "south": int(south), "east": int(east), "north": int(north)}


def _points(store: Store, question: IncidentFilter, **edges: int) -> Table:
    across, down = (edges["west"], edges["east"]), (edges["north"], edges["south"])
    return numbers_of(store, question).filter(this.mx.between(*across), this.my.between(*down))


def in_cell(kept: Table, key: str) -> Table:
    """Keep the incidents at points of the cell ``level/x/y``."""
    level, x, y = (int(part) for part in key.split("/"))
    size = 2 ** (LEVEL - level)
    across, down = ((n * size, n * size + size - 1) for n in (x, y))
    return kept.filter(this.mx.between(*across), this.my.between(*down))


def find_links(store: Store, question: IncidentFilter) -> list[dict[str, Any]]:
    """Return where an incident answers one elsewhere, both matching: the `MOST_LINKS` most frequent first.

    Returns
    -------
    list of dict
        `from_place`, `from_lon`, `from_lat` of what was answered, `to_…` of the answer, and `n`.
    """
    links, ends = _drawn(store), _ends(store)
    kept = np.sort(ask(store, _answering, question)["row"].to_numpy())
    both = _is_in(links["row"], kept) & _is_in(links["target"], kept)
    pairs, counts = np.unique(links["pair"][both], return_counts=True)
    most = np.argsort(-counts, kind="stable")[:MOST_LINKS]
    earlier, later = divmod(pairs[most], _APART)
    return [
        ends[answered]["from"] | ends[answer]["to"] | {"n": n}
        for answered, answer, n in zip(earlier.tolist(), later.tolist(), counts[most].tolist(), strict=True)
    ]


def _is_in(wanted: np.ndarray, ordered: np.ndarray) -> np.ndarray:
    at = np.searchsorted(ordered, wanted)
    return np.append(ordered, -1)[at] == wanted


def _answering(store: Store, question: IncidentFilter) -> Table:
    return matching(store, question, "related").filter(this.answers).select("row")


@remembered
def _drawn(store: Store) -> Columns:
    """Return the links that a map draws: `row` of the answer, `target`, and of their places one number as `pair`."""
    links = store.table("links").filter(this.relation == "retaliates_for", this.place_no != this.target_place_no)
    told = store.ask(links.select("row", "target", "place_no", "target_place_no"))
    columns = {name: told[name].to_numpy() for name in told.column_names}
    return columns | {"pair": columns["target_place_no"].astype("int64") * _APART + columns["place_no"]}


@remembered
def _ends(store: Store) -> dict[int, dict[str, dict[str, Any]]]:
    """Return for the places at which links end, by `place_no`, what is told of each as the one or the other end."""
    links = store.table("links").filter(this.relation == "retaliates_for")
    numbers = links.select("place_no").union(links.select(place_no="target_place_no"))
    places = store.places.semi_join(numbers, "place_no").select("place_no", "place_id", "lon", "lat")
    return {row["place_no"]: {end: _end(end, row) for end in ("from", "to")} for row in store.ask(places).to_pylist()}


def _end(end: str, place: dict[str, Any]) -> dict[str, Any]:
    return {f"{end}_place": place["place_id"], f"{end}_lon": place["lon"], f"{end}_lat": place["lat"]}


def count_provinces(store: Store, question: IncidentFilter) -> dict[tuple[str, str], int]:
    """Count the rows by ``(country, admin1)``; a row known only to a country or region is in none."""
    counts = ask(store, _by_province, question).to_pylist()
    return {(row["country"], row["admin1"]): row["n"] for row in counts}


def _by_province(store: Store, question: IncidentFilter) -> Table:
    kept = matching(store, question).filter(this.admin1 != "")
    return kept.group_by("country", "admin1").aggregate(n=this.count()).order_by("country", "admin1")


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
