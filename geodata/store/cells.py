"""What a map asks of the incidents: the places, cells and areas in a viewport."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.store.asking import ask
from geodata.store.engine import Store, Table, this
from geodata.store.filters import IncidentFilter, matching
from geodata.store.mercator import LEVEL, from_mercator, to_mercator
from geodata.store.remembered import remembered
from geodata.store.spots import count_by_spot

Group = tuple[str, str, int]
"""Side, attribution, rows."""

MOST_PLACES = 150
MOST_GROUPS = 4000
MOST_LINKS = 100
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
    edges = _edges(viewport)
    counted = count_by_spot(store, question)
    if counted is None:
        found = ask(store, _by_place, question, **edges)
    else:
        counted = _within(counted, edges)
        if pc.count_distinct(counted["place_no"]).as_py() > MOST_PLACES:
            return None
        found = _at_places(counted)
    few = pc.count_distinct(found["place_no"]).as_py() <= MOST_PLACES and found.num_rows < MOST_GROUPS
    return _spots(store, found) if few else None


def find_areas(store: Store, question: IncidentFilter) -> list[Spot]:
    """Return the areas that the matching incidents are known to, wherever they are."""
    counted = count_by_spot(store, question)
    if counted is None:
        return _spots(store, ask(store, _by_area, question))
    return _spots(store, _at_places(counted.filter(counted["as_area"])))


def _within(counted: pa.Table, edges: Mapping[str, int]) -> pa.Table:
    x, y = pc.field("mx"), pc.field("my")
    across = (x >= edges["west"]) & (x <= edges["east"])
    return counted.filter(across & (y >= edges["north"]) & (y <= edges["south"]))


def _at_places(counted: pa.Table) -> pa.Table:
    keys = ["place_no", "side_no", "attribution_no"]
    told = counted.group_by(keys, use_threads=False).aggregate(
        [("n", "sum"), ("known_to_no", "min"), ("uncertainty_m", "max")]
    )
    return told.rename_columns([*keys, "n", "known", "uncertainty"])


def _by_place(store: Store, question: IncidentFilter, **edges: int) -> Table:
    return _counted(_points(store, question, **edges)).limit(MOST_GROUPS).join(store.places, "place_no")


def _by_area(store: Store, question: IncidentFilter) -> Table:
    return _counted(matching(store, question).filter(this.as_area)).join(store.places, "place_no")


def _counted(kept: Table) -> Table:
    return kept.group_by("place_no", "side_no", "attribution_no").aggregate(
        n=this.count(), known=this.known_to_no.min(), uncertainty=this.uncertainty_m.max()
    )


def _spots(store: Store, found: pa.Table) -> list[Spot]:
    """Return the signs of rows counted by place, side and attribution, with or without the columns of `places`."""
    found = _sorted(found, "place_no", "side_no", "attribution_no")
    numbers, counts, known, uncertainty = _columns(found, "place_no", "n", "known", "uncertainty")
    groups = _groups(store, found)
    places = found.to_pylist() if "place_key" in found.column_names else None
    return [
        Spot(
            place=places[part.start] if places else store.place_rows[number],
            count=sum(counts[part]),
            groups=groups[part],
            known_to=store.codes["known_to"][min(known[part])],
            uncertainty_m=max(metres or 0 for metres in uncertainty[part]),
        )
        for number, part in _runs(numbers)
    ]


def _sorted(found: pa.Table, *keys: str) -> pa.Table:
    return found.sort_by([(key, "ascending") for key in keys])


def _columns(found: pa.Table, *names: str) -> list[list[Any]]:
    return [found[name].to_pylist() for name in names]


def _runs(values: Sequence[Any]) -> Iterator[tuple[Any, slice]]:
    """Yield each value, and where it stands, of a list in which equal ones are neighbours."""
    start = 0
    for value, same in groupby(values):
        end = start + sum(1 for _ in same)
        yield value, slice(start, end)
        start = end


def _groups(store: Store, found: pa.Table) -> tuple[Group, ...]:
    """Return side, attribution and count of each row; those of cells tell no attribution."""
    sides, counts = _columns(found, "side_no", "n")
    words = store.codes["side"], store.codes["attribution"]
    if "attribution_no" not in found.column_names:
        return tuple((words[0][side], "", n) for side, n in zip(sides, counts, strict=True))
    (attributions,) = _columns(found, "attribution_no")
    told = zip(sides, attributions, counts, strict=True)
    return tuple((words[0][side], words[1][attribution], n) for side, attribution, n in told)


def find_cells(store: Store, question: IncidentFilter, viewport: Viewport) -> list[Spot]:
    """Return the incidents at points in the viewport, by 64-pixel cells of its zoom, each at the mean of its points."""
    level = min(viewport.zoom + CELL_LEVELS, LEVEL)
    counted = count_by_spot(store, question)
    if counted is None:
        found = ask(store, _by_cell, question, level, **_edges(viewport))
    else:
        found = _in_cells(_within(counted, _edges(viewport)), LEVEL - level)
    found = _sorted(found, "x", "y", "side_no")
    across, down, counts = _columns(found, "x", "y", "n")
    cells, groups = list(_runs(list(zip(across, down, strict=True)))), _groups(store, found)
    lon, lat = _middles(found, [part.start for _, part in cells])
    return [
        Spot(
            place={"key": f"{level}/{x}/{y}", "lon": float(lon[number]), "lat": float(lat[number])},
            count=sum(counts[part]),
            groups=groups[part],
        )
        for number, ((x, y), part) in enumerate(cells)
    ]


def _middles(found: pa.Table, starts: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the longitudes and latitudes of the mean points of cells, whose rows begin at `starts`."""
    sums = (found[name].cast(pa.int64()).to_numpy() for name in ("n", "mx", "my"))
    n, mx, my = (np.add.reduceat(column, starts) if starts else column for column in sums)
    return from_mercator(mx / n, my / n)


def _in_cells(counted: pa.Table, finer: int) -> pa.Table:
    n, mx, my = (counted[name].cast(pa.int64()) for name in ("n", "mx", "my"))
    told = {"x": pc.shift_right(mx, finer), "y": pc.shift_right(my, finer), "side_no": counted["side_no"]}
    sums = {"n": n, "mx": pc.multiply(n, mx), "my": pc.multiply(n, my)}
    cells = (
        pa.Table.from_pydict(told | sums)
        .group_by([*told], use_threads=False)
        .aggregate([(name, "sum") for name in sums])
    )
    return cells.rename_columns([*told, *sums])


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
    return matching(store, question).filter(this.mx.between(*across), this.my.between(*down))


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
    kept = ask(store, _answering, question)["row"].combine_chunks()
    both = pc.and_(*(pc.is_in(links[end], kept) for end in ("row", "target")))
    counted = (
        links.filter(both).group_by(["place_no", "target_place_no"], use_threads=False).aggregate([([], "count_all")])
    )
    most = counted.sort_by([("count_all", "descending"), ("target_place_no", "ascending"), ("place_no", "ascending")])
    return [
        {f"from_{name}": value for name, value in ends[pair["target_place_no"]].items()}
        | {f"to_{name}": value for name, value in ends[pair["place_no"]].items()}
        | {"n": pair["count_all"]}
        for pair in most.slice(0, MOST_LINKS).to_pylist()
    ]


def _answering(store: Store, question: IncidentFilter) -> Table:
    return matching(store, question, "related").filter(this.answers).select("row")


@remembered
def _drawn(store: Store) -> pa.Table:
    """Return the links that a map draws: `row` and `place_no` of the answer, `target` and `target_place_no`."""
    links = store.table("links").filter(this.relation == "retaliates_for", this.place_no != this.target_place_no)
    return store.ask(links.select("row", "target", "place_no", "target_place_no"))


@remembered
def _ends(store: Store) -> dict[int, dict[str, Any]]:
    """Return the places at which links end, by `place_no`."""
    links = store.table("links").filter(this.relation == "retaliates_for")
    numbers = links.select("place_no").union(links.select(place_no="target_place_no"))
    places = store.places.semi_join(numbers, "place_no").select("place_no", "place_id", "lon", "lat")
    told = store.ask(places).to_pylist()
    return {row["place_no"]: {"place": row["place_id"], "lon": row["lon"], "lat": row["lat"]} for row in told}


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
