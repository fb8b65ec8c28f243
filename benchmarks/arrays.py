"""NumPy's answers to the dashboard's questions, from arrays in memory: what an engine is measured against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from geodata.store.cells import Viewport
from geodata.store.engine import Store
from geodata.store.filters import IncidentFilter, day_number
from geodata.store.mercator import LEVEL, from_mercator, to_mercator

Columns = Mapping[str, np.ndarray]

NUMBERS = (
    *("side_no", "actor_no", "category_no", "attribution_no", "known_to_no", "location_no", "citing_no", "place_no"),
    *("first_day", "last_day", "first_month", "last_month", "mx", "my", "uncertainty_m"),
    *("killed_low", "killed_best", "killed_high", "injured_low", "injured_best", "injured_high"),
)
FLAGS = ("as_area", "in_family")
_SMALL = {name: "int16" for name in NUMBERS if name.endswith("_no") and name not in {"place_no", "citing_no"}}
COUNTED = ("rows", "exact", "approximate", "unplaced", "undated", "places", "documents")
_AT_ONCE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Arrays:
    """The columns that the questions need, in the order of the store; a number that is not told is -1."""

    store: Store
    columns: Columns
    links: tuple[np.ndarray, np.ndarray]

    def kept(self, question: IncidentFilter) -> np.ndarray:
        """Return for each row whether a filter by dates and categories keeps it."""
        told = self.columns
        kept = np.ones(len(told["side_no"]), dtype=bool)
        if question.end:
            kept &= told["first_day"] <= day_number(question.end)
        if question.start:
            kept &= (told["last_day"] >= day_number(question.start)) | (told["last_day"] == -1)
        if question.categories:
            (number,) = self.store.numbers("category", question.categories)
            kept &= told["category_no"] == number
        return kept

    def value(self, dimension: str, number: int) -> str:
        """Return what a number stands for."""
        return self.store.codes[dimension][number]


def read_arrays(store: Store) -> Arrays:
    """Return the columns of a store in memory."""
    own = store.incidents
    batches = list(store.stream(own.order_by("row").select(*NUMBERS, *FLAGS), _AT_ONCE))
    columns = {name: _joined(batches, name, _SMALL.get(name, "int32")) for name in NUMBERS}
    columns |= {name: _joined(batches, name, "bool") for name in FLAGS}
    links = store.ask(store.table("links").filter(store.table("links").relation == "retaliates_for"))
    return Arrays(store=store, columns=columns, links=(links["row"].to_numpy(), links["target"].to_numpy()))


def _joined(batches: Iterable[Any], name: str, kind: str) -> np.ndarray:
    parts = [batch.column(name).fill_null(-1 if kind != "bool" else False) for batch in batches]
    return np.concatenate([part.to_numpy(zero_copy_only=False).astype(kind) for part in parts])


def rows(arrays: Arrays, question: IncidentFilter) -> int:
    """Answer as `count_rows`."""
    return int(np.count_nonzero(arrays.kept(question)))


def facet(arrays: Arrays, question: IncidentFilter, dimension: str) -> dict[str, int]:
    """Answer as `count_facet`."""
    kept = arrays.kept(question)
    counts = np.bincount(arrays.columns[f"{dimension}_no"][kept])
    return {arrays.value(dimension, n): int(counts[n]) for n in np.flatnonzero(counts)}


def summary(arrays: Arrays, question: IncidentFilter) -> dict[str, int]:
    """Answer as `summarize`, but for the families."""
    told, at = arrays.columns, np.flatnonzero(arrays.kept(question))
    location = np.bincount(told["location_no"][at], minlength=len(arrays.store.codes["location"]))
    places = told["place_no"][at]
    citings = np.unique(told["citing_no"][at])
    counted = {name: int(location[numbers].sum()) for name, numbers in _locations(arrays.store).items()}
    return counted | {
        "rows": len(at),
        "undated": int(np.count_nonzero(told["first_day"][at] == -1)),
        "places": int(np.count_nonzero(np.bincount(places[places >= 0]))),
        "documents": len({document for no in citings for document in arrays.store.citings.get(int(no), ())}),
        "killed told": _people(arrays, at, "killed")["told"],
        "injured told": _people(arrays, at, "injured")["told"],
    }


def _locations(store: Store) -> dict[str, list[int]]:
    return {name: store.numbers("location", frozenset({name})) for name in ("exact", "approximate", "unplaced")}


def _people(arrays: Arrays, at: np.ndarray, what: str) -> dict[str, int]:
    low, best, high = (arrays.columns[f"{what}_{bound}"][at] for bound in ("low", "best", "high"))
    told = (low >= 0) | (best >= 0) | (high >= 0)
    alone = told & ~arrays.columns["in_family"][at]
    orders = {"low": (low, best, high), "best": (best, low, high), "high": (high, best, low)}
    sums = {bound: int(_first(*(column[alone] for column in order)).sum()) for bound, order in orders.items()}
    return sums | {"told": int(np.count_nonzero(told))}


def _first(*columns: np.ndarray) -> np.ndarray:
    one, two, three = columns
    return np.where(one >= 0, one, np.where(two >= 0, two, three))


def timeline(arrays: Arrays, question: IncidentFilter, months: int) -> dict[tuple[int, int, str], int]:
    """Answer as `count_by_time`, by bins of so many months, whatever the dates that are asked for."""
    told = arrays.columns
    (number,) = arrays.store.numbers("category", question.categories)
    kept = (told["category_no"] == number) & (told["first_month"] >= 0)
    first, last = told["first_month"][kept] // months, told["last_month"][kept] // months
    least, sides = int(first.min()), len(arrays.store.codes["side"])
    bins = int(last.max()) - least + 1
    counts = np.bincount(((first - least) * bins + (last - least)) * sides + told["side_no"][kept])
    found = np.flatnonzero(counts)
    pairs, side = np.divmod(found, sides)
    return {
        (int(p // bins) + least, int(p % bins) + least, arrays.value("side", s)): int(n)
        for p, s, n in zip(pairs, side, counts[found], strict=True)
    }


def in_view(arrays: Arrays, question: IncidentFilter, viewport: Viewport) -> np.ndarray:
    """Return for each row whether it is a point in the viewport."""
    (west, north), (east, south) = (
        to_mercator(viewport.west, viewport.north),
        to_mercator(viewport.east, viewport.south),
    )
    told = arrays.columns
    seen = (told["mx"] >= west) & (told["mx"] <= east) & (told["my"] >= north) & (told["my"] <= south)
    return arrays.kept(question) & seen & (told["mx"] >= 0)


def cells(arrays: Arrays, question: IncidentFilter, viewport: Viewport, level: int) -> dict[str, object]:
    """Answer as `find_cells`: per cell the mean of its points, and the rows by side."""
    told, at = arrays.columns, np.flatnonzero(in_view(arrays, question, viewport))
    mx, my, sides = told["mx"][at], told["my"][at], len(arrays.store.codes["side"])
    x, y = mx >> (LEVEL - level), my >> (LEVEL - level)
    left, top = int(x.min(initial=2**30)), int(y.min(initial=2**30))
    height = int(y.max(initial=0)) - top + 1
    keys = (x - left) * height + (y - top)
    counts, by_x, by_y = (np.bincount(keys, weights) for weights in (None, mx, my))  # exact up to 2^53
    by_side = np.bincount(keys * sides + told["side_no"][at], minlength=len(counts) * sides).reshape(-1, sides)
    found = np.flatnonzero(counts)
    lon, lat = from_mercator(by_x[found] / counts[found], by_y[found] / counts[found])
    names = arrays.store.codes["side"]
    return {
        f"{level}/{cell // height + left}/{cell % height + top}": (
            float(lon[n]),
            float(lat[n]),
            [(names[side], int(by_side[cell, side])) for side in np.flatnonzero(by_side[cell])],
        )
        for n, cell in enumerate(found)
    }


def places(arrays: Arrays, kept: np.ndarray) -> dict[int, object]:
    """Answer as `find_places` or `find_areas`: rows by side and attribution, precision and uncertainty per place."""
    told, at = arrays.columns, np.flatnonzero(kept)
    sides, attributions = (len(arrays.store.codes[name]) for name in ("side", "attribution"))
    keys = (told["place_no"][at] * sides + told["side_no"][at]) * attributions + told["attribution_no"][at]
    counts = np.bincount(keys)
    known, radius = np.full(len(counts), 99, np.int16), np.full(len(counts), -1, np.int32)
    np.minimum.at(known, keys, told["known_to_no"][at])
    np.maximum.at(radius, keys, told["uncertainty_m"][at])
    answer: dict[int, tuple[list[object], int, int]] = {}
    for key in np.flatnonzero(counts):
        place, rest = divmod(int(key), sides * attributions)
        groups, least, most = answer.get(place, ([], 99, 0))
        groups.append(
            (
                arrays.value("side", rest // attributions),
                arrays.value("attribution", rest % attributions),
                int(counts[key]),
            )
        )
        answer[place] = (groups, min(least, int(known[key])), max(most, int(radius[key])))
    return {place: (groups, arrays.value("known_to", least), most) for place, (groups, least, most) in answer.items()}


def links(arrays: Arrays, question: IncidentFilter, most: int) -> list[int]:
    """Answer as `find_links`: how often each pair of places is linked, the most frequent first."""
    kept, place = arrays.kept(question), arrays.columns["place_no"]
    later, earlier = arrays.links
    placed = (place[later] >= 0) & (place[earlier] >= 0) & (place[later] != place[earlier])
    drawn = kept[later] & kept[earlier] & placed
    pairs = place[earlier[drawn]].astype("int64") * (int(place.max()) + 1) + place[later[drawn]]
    return sorted(np.unique(pairs, return_counts=True)[1].tolist(), reverse=True)[:most]


def page(arrays: Arrays, question: IncidentFilter, size: int) -> np.ndarray:
    """Return the rows of the first page of `find_page`, newest first; what they hold is then looked up."""
    told, at = arrays.columns, np.flatnonzero(arrays.kept(question))
    first = told["first_day"][at]
    nearly = at if len(at) <= size else at[first >= np.partition(first, len(at) - size)[len(at) - size]]
    order = np.lexsort((nearly, -told["last_day"][nearly], -told["first_day"][nearly]))
    return nearly[order][:size]
