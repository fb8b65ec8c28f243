"""`python -m benchmarks.questions [ROWS]`: the questions of the dashboard on the engine, against NumPy from arrays.

Both give the same answer, which is checked; they take turns, so that noise meets both alike, and each question asks for
other days, so that no answer is remembered. Beside them: one pass over the columns that a question needs, which is the
least that any engine must do, and geopandas for the same question, up to a million rows.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from benchmarks import arrays as numpy_
from benchmarks.arrays import Arrays, read_arrays
from benchmarks.synthetic import write_incidents
from geodata.actors.actors import read_actors
from geodata.gazetteer.places import read_gazetteer
from geodata.store.answers import Answers
from geodata.store.cells import MOST_LINKS, Spot, Viewport, find_areas, find_cells, find_links, find_places
from geodata.store.counts import Summary, count_facet, count_rows, summarize
from geodata.store.engine import Store, open_store
from geodata.store.filters import IncidentFilter
from geodata.store.load import load_incidents
from geodata.store.mercator import from_mercator
from geodata.store.queries import PAGE, find_page, tell_page
from geodata.store.timeline import count_by_time

TURNS = 15
MOST_IN_GEOPANDAS = 1_000_000
QUESTION = IncidentFilter(start=date(2017, 3, 1), end=date(2022, 10, 31), categories=frozenset({"kinetic"}))
REGION = Viewport(west=36, south=28, east=52, north=38, zoom=6)
TOWN = Viewport(west=43.9, south=33.0, east=44.9, north=33.7, zoom=10)
LEVEL = REGION.zoom + 2

Answer = Callable[[IncidentFilter], Any]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question, as each of those who are compared answers it.

    Attributes
    ----------
    told
        Brings the engine's answer into the form of NumPy's.
    needs
        The columns that must be read.
    """

    name: str
    engine: Answer
    numpy: Answer
    told: Callable[[Any], Any] = lambda answer: answer
    needs: tuple[str, ...] = ()
    geopandas: Answer | None = None


def main() -> None:
    """Measure made-up incidents of a given number."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.questions", description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--table", type=Path, help="a table to load instead of made-up rows")
    parser.add_argument("--cache", type=Path, help="keep the store there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = arguments.table or Path(folder) / "made-up.csv"
        if not arguments.table:
            write_incidents(table, arguments.rows)
        compare(load_incidents(table, arguments.cache or Path(folder), read_gazetteer(), read_actors()))


def compare(file: Path) -> None:
    """Print for each question the medians and their ratios."""
    store = open_store(file)
    arrays = read_arrays(store)
    print(f"{len(arrays.columns['mx']):,} rows, medians of {TURNS} turns, ms")
    print(f"{'':24}   engine    NumPy  engine / NumPy  one pass  geopandas")
    ratios = [_measure(asked, arrays) for asked in _questions(store, arrays)]
    print(f"{'all together':24} {'':19} {statistics.geometric_mean(ratios):14.2f} ×")


def _measure(asked: Asked, arrays: Arrays) -> float:
    answers = [asked.engine, asked.numpy, lambda _: _pass_over(arrays, asked.needs)]
    answers += [asked.geopandas] if asked.geopandas else []
    times: list[list[float]] = [[] for _ in answers]
    for turn in range(TURNS):
        question = replace(QUESTION, start=QUESTION.start + timedelta(days=turn))
        arrays.store.answers = Answers()  # some questions leave the dates out
        found = [_time(answer, question, spent) for answer, spent in zip(answers, times, strict=True)]
        if asked.told(found[0]) != found[1]:
            raise ValueError(f"{asked.name}: engine and NumPy differ")
    engine, numpy, once, *rest = (statistics.median(spent) * 1000 for spent in times)
    beside = f"{rest[0]:9.1f}" if rest else f"{'–':>9}"
    print(f"{asked.name:24} {engine:8.2f} {numpy:8.2f} {engine / numpy:14.2f} × {once:8.2f} {beside}", flush=True)
    return engine / numpy


def _time(answer: Answer, question: IncidentFilter, spent: list[float]) -> object:
    start = time.perf_counter()
    found = answer(question)
    spent.append(time.perf_counter() - start)
    return found


def _pass_over(arrays: Arrays, needs: tuple[str, ...]) -> int:
    """Read each column once, as fast as the memory gives it."""
    return sum(int(arrays.columns[name].max()) for name in ("first_day", "last_day", "category_no", *needs))


def _questions(store: Store, arrays: Arrays) -> Iterator[Asked]:
    frame = _read_frame(arrays) if len(arrays.columns["mx"]) <= MOST_IN_GEOPANDAS else None

    def beside(answer: Callable[[gpd.GeoDataFrame, IncidentFilter], Any]) -> Answer | None:
        return None if frame is None else lambda question: answer(frame, question)

    yield Asked(
        name="rows",
        engine=lambda q: count_rows(store, q),
        numpy=lambda q: numpy_.rows(arrays, q),
        geopandas=beside(lambda frame, q: len(_kept(frame, q))),
    )
    yield Asked(
        name="figures",
        engine=lambda q: summarize(store, q),
        numpy=lambda q: numpy_.summary(arrays, q),
        told=_told_summary,
        needs=("location_no", "place_no", "citing_no", "attribution_no", "killed_best", "in_family"),
    )
    yield Asked(
        name="timeline by quarter",
        engine=lambda q: count_by_time(store, q, "quarter"),
        numpy=lambda q: numpy_.timeline(arrays, q, 3),
        told=lambda t: {(b, b, s): n for b, s, n in t.bars} | {(a, b, s): n for a, b, s, n in t.intervals},
        needs=("first_month", "last_month", "side_no"),
        geopandas=beside(lambda frame, q: _kept(frame, q).groupby([frame["first_month"] // 3, "side_no"]).size()),
    )
    for dimension in ("side", "actor"):
        yield Asked(
            name=f"counts by {dimension}",
            engine=lambda q, d=dimension: count_facet(store, q, d),
            numpy=lambda q, d=dimension: numpy_.facet(arrays, q, d),
            needs=(f"{dimension}_no",),
            geopandas=beside(lambda frame, q, d=dimension: _kept(frame, q).groupby(f"{d}_no").size()),
        )
    yield Asked(
        name="cells of a region",
        engine=lambda q: find_cells(store, q, REGION),
        numpy=lambda q: numpy_.cells(arrays, q, REGION, LEVEL),
        told=_told_cells,
        needs=("mx", "my", "side_no"),
        geopandas=beside(_cells_of_frame),
    )
    yield Asked(
        name="places of a town",
        engine=lambda q: find_places(store, q, TOWN),
        numpy=lambda q: numpy_.places(arrays, numpy_.in_view(arrays, q, TOWN)),
        told=_told_places,
        needs=("mx", "my", "side_no", "attribution_no", "place_no", "known_to_no", "uncertainty_m"),
    )
    yield Asked(
        name="areas",
        engine=lambda q: find_areas(store, q),
        numpy=lambda q: numpy_.places(arrays, arrays.kept(q) & arrays.columns["as_area"]),
        told=_told_places,
        needs=("as_area", "side_no", "attribution_no", "place_no", "known_to_no", "uncertainty_m"),
    )
    yield Asked(
        name="lines between places",
        engine=lambda q: find_links(store, q),
        numpy=lambda q: numpy_.links(arrays, q, MOST_LINKS),
        told=lambda found: [line["n"] for line in found],
    )
    ids = store.ask(store.incidents.order_by("row").select("incident_id"))["incident_id"].combine_chunks()
    yield Asked(
        name="page of the table",
        engine=lambda q: tell_page(store, find_page(store, q, "newest", 1)),
        numpy=lambda q: ids.take(numpy_.page(arrays, q, PAGE)).to_pylist(),
        told=lambda found: found["incident_id"].to_pylist(),
    )


def _told_summary(answer: Summary) -> dict[str, int]:
    counted = {name: getattr(answer, name) for name in numpy_.COUNTED}
    return counted | {f"{what} told": getattr(answer, what).stated for what in ("killed", "injured")}


def _told_cells(spots: list[Spot]) -> dict[str, object]:
    return {
        spot.place["key"]: (spot.place["lon"], spot.place["lat"], [(side, n) for side, _, n in spot.groups])
        for spot in spots
    }


def _told_places(spots: list[Spot]) -> dict[int, object]:
    return {s.place["place_no"]: (list(s.groups), s.known_to, s.uncertainty_m) for s in spots}


def _read_frame(arrays: Arrays) -> gpd.GeoDataFrame:
    """Return the same columns as most apps would hold them: dates, words, points."""
    told = arrays.columns
    frame = pd.DataFrame({name: told[name] for name in ("side_no", "actor_no", "category_no", "first_month")})
    for day in ("first_day", "last_day"):
        frame[day] = pd.to_datetime(pd.Series(told[day]).where(told[day] >= 0), unit="D")
    lon, lat = from_mercator(told["mx"], told["my"])
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")


def _kept(frame: gpd.GeoDataFrame, question: IncidentFilter, *, category: bool = True) -> gpd.GeoDataFrame:
    start, end = pd.Timestamp(question.start), pd.Timestamp(question.end)
    kept = (frame["first_day"] <= end) & (frame["last_day"] >= start)
    return frame[kept & (frame["category_no"] == 0)] if category else frame[kept]


def _cells_of_frame(frame: gpd.GeoDataFrame, question: IncidentFilter) -> object:
    seen = _kept(frame, question).cx[REGION.west : REGION.east, REGION.south : REGION.north]
    return seen.groupby([(seen.geometry.x * 2).round(), (seen.geometry.y * 2).round(), "side_no"]).size()


if __name__ == "__main__":
    main()
