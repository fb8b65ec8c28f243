"""`python -m benchmarks.folium_layers [ROWS …]`: a map of one marker a row, as most dashboards make it, against ours.

Measured is the server's part of one slider move, and what it sends: the map with all markers, rendered for the browser,
against the answer that our layer fetches for its viewport. What the browser then needs for thousands of markers comes
on top, and is not measured here.
"""

import argparse
import gzip
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import folium
import pandas as pd
from folium.plugins import MarkerCluster

from benchmarks.questions import QUESTION, REGION
from benchmarks.synthetic import write_incidents
from dashboard.sources import Source, open_source
from dashboard.web import map_data
from geodata.store.filters import IncidentFilter

TURNS = 5


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure made-up incidents of each given number."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.folium_layers", description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[1_000, 10_000])
    for rows in parser.parse_args(arguments).rows:
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "made-up.csv"
            write_incidents(table, rows)
            os.environ |= {"INCIDENTS": str(table), "INCIDENTS_CACHE": folder}
            compare(pd.read_csv(table, parse_dates=["date_earliest"]), open_source())


def compare(rows: pd.DataFrame, source: Source) -> None:
    """Print for each way to draw the rows how long the server takes for a move, and how much it sends."""
    rows = rows.dropna(subset=["given_lon", "given_lat"])
    ways: dict[str, Callable[[int], str]] = {
        "our layer": lambda turn: json.dumps(map_data.cells(source, _moved(turn), REGION)),
        "folium.GeoJson": lambda turn: _rendered(_geojson(_kept(rows, _moved(turn)))),
        "MarkerCluster": lambda turn: _rendered(_clustered(_kept(rows, _moved(turn)))),
    }
    ours = 0.0
    for name, answer in ways.items():
        times, body = [], ""
        for turn in range(TURNS):
            start = time.perf_counter()
            body = answer(turn)
            times.append((time.perf_counter() - start) * 1000)
        took = statistics.median(times)
        ours = ours or took
        packed = len(gzip.compress(body.encode())) / 1000
        print(
            f"{len(rows):>8,} points  {name:15} {took:8.1f} ms  {took / ours:7.1f} ×   "
            f"{len(body) / 1000:8.1f} kB, {packed:6.1f} kB packed"
        )


def _moved(turn: int) -> IncidentFilter:
    return replace(QUESTION, start=QUESTION.start + timedelta(days=turn))


def _kept(rows: pd.DataFrame, question: IncidentFilter) -> pd.DataFrame:
    days = rows["date_earliest"].dt.date
    return rows[(days >= question.start) & (days <= question.end) & (rows["category"] == "kinetic")]


def _geojson(rows: pd.DataFrame) -> folium.GeoJson:
    points = [
        {
            "type": "Feature",
            "properties": {"id": row.incident_id},
            "geometry": {"type": "Point", "coordinates": [row.given_lon, row.given_lat]},
        }
        for row in rows.itertuples()
    ]
    return folium.GeoJson({"type": "FeatureCollection", "features": points}, tooltip=folium.GeoJsonTooltip(["id"]))


def _clustered(rows: pd.DataFrame) -> MarkerCluster:
    layer = MarkerCluster()
    for row in rows.itertuples():
        folium.Marker([row.given_lat, row.given_lon], tooltip=row.incident_id).add_to(layer)
    return layer


def _rendered(layer: folium.map.Layer) -> str:
    map_ = folium.Map([33.5, 42], zoom_start=6, tiles=None)
    layer.add_to(map_)
    return map_.get_root().render()


if __name__ == "__main__":
    main()
