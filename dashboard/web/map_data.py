"""What the map's layers fetch: packed columns, with text that is only ever shown as text."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import geopandas as gpd

from dashboard import text
from dashboard.sources import Source
from geodata.gazetteer.measure import uncertainty_disc
from geodata.gazetteer.places import Gazetteer
from geodata.incidents.dates import describe_interval
from geodata.store.cells import (
    MOST_LINKS,
    Spot,
    Viewport,
    by_side,
    count_provinces,
    find_areas,
    find_at,
    find_cells,
    find_links,
    find_places,
)
from geodata.store.filters import IncidentFilter

MOST_LISTED = 100
WORLD = Viewport(west=-180, south=-90, east=180, north=90, zoom=0)
PERIMETER_M = 70_000  # elias-2020:21: a security precinct of 70 km around bases with US forces
PERIMETER_PLACES = ("ain-al-asad-air-base",)
_asking = ThreadPoolExecutor(max_workers=8, thread_name_prefix="map")


def cells(source: Source, question: IncidentFilter, viewport: Viewport) -> dict[str, Any]:
    """Return what the incident layers draw in a viewport; and where that is nothing, whether there is any elsewhere."""
    links = _asking.submit(find_links, source.store, question)
    spots, areas = find_places(source.store, question, viewport), find_areas(source.store, question)
    if spots is None:
        spots, areas = find_cells(source.store, question, viewport), by_side(areas)
        told: dict[str, Any] = {"mode": "cells", "cells": _cells(spots, viewport.zoom)}
    else:
        told = {"mode": "places", "places": _places(spots)}
    ends = ("from_lon", "from_lat", "to_lon", "to_lat", "from_place", "to_place", "n")
    lines = [[link[name] for name in ends] for link in links.result()]
    elsewhere = not (spots or areas) and find_places(source.store, question, WORLD) != []
    told |= {"areas": _places(areas), "links": lines, "links_cut": len(lines) == MOST_LINKS}
    return told | {"elsewhere": elsewhere}


def _places(spots: Sequence[Spot]) -> dict[str, list[Any]]:
    return {
        "id": [s.place["place_key"] for s in spots],
        "name": [s.place["name"] for s in spots],
        "lon": [round(s.place["lon"], 5) for s in spots],
        "lat": [round(s.place["lat"], 5) for s in spots],
        "precision": [s.known_to for s in spots],
        "uncertainty_m": [s.uncertainty_m for s in spots],
        **_counts(spots),
    }


def _cells(spots: Sequence[Spot], zoom: int) -> dict[str, list[Any]]:
    decimals = 1 + zoom // 3  # half a unit of the last is less than a tenth of a pixel
    return {
        "key": [s.place["key"] for s in spots],
        "lon": [round(s.place["lon"], decimals) for s in spots],
        "lat": [round(s.place["lat"], decimals) for s in spots],
        **_counts(spots),
    }


def _counts(spots: Sequence[Spot]) -> dict[str, list[Any]]:
    """Return the kinds of rows, as side and attribution, and for each spot how many of each kind there are."""
    kinds = sorted({group[:2] for spot in spots for group in spot.groups})
    counts = [{group[:2]: group[-1] for group in spot.groups} for spot in spots]
    return {"kinds": kinds, "counts": [[counted.get(kind, 0) for kind in kinds] for counted in counts]}


def at(source: Source, question: IncidentFilter, *, place: str, cell: str) -> dict[str, Any]:
    """Return the list that opens on a click: the place in words, and its incidents, newest first."""
    total, rows = find_at(source.store, question, place=place, cell=cell, limit=MOST_LISTED)
    known = source.gazetteer.places.get(place)
    told = known and {
        "name": known.name,
        "kind": text.words(known.kind),
        "precision": known.precision,
        "country": known.country,
        "admin1": known.admin1,
        "uncertainty_m": known.uncertainty_m,
        "source": known.source,
        "check": known.check,
        "note": known.note,
    }
    incidents = [
        {
            "id": row["incident_id"],
            "date": describe_interval(row["date_earliest"], row["date_latest"], row["date_precision"]),
            "event": text.words(row["event_type"] or row["category"]),
            "actor": row["actor_name"] or "actor unknown",
            "side": row["side"],
            "attribution": row["attribution"],
            "killed": text.people(row["killed_low"], row["killed_best"], row["killed_high"]),
            "category": row["category"],
        }
        for row in rows
    ]
    return {"place": told, "total": total, "incidents": incidents}


def provinces(source: Source, question: IncidentFilter) -> dict[str, list[Any]]:
    """Return the rows per province; the ids are those of `areas`."""
    ids = _province_ids(source.gazetteer)
    counted = [(ids[key], n) for key, n in count_provinces(source.store, question).items() if key in ids]
    return {"id": [place_id for place_id, _ in counted], "count": [n for _, n in counted]}


@lru_cache(maxsize=2)
def _province_ids(gazetteer: Gazetteer) -> dict[tuple[str, str], str]:
    provinces = [p for p in gazetteer.places.values() if p.kind == "province" and p.place_id in gazetteer.areas]
    return {(p.country, p.admin1): p.place_id for p in provinces}


def places(gazetteer: Gazetteer) -> str:
    """Return the sites, towns and districts of the gazetteer as JSON, packed in columns."""
    points = [p for p in gazetteer.places.values() if p.precision in {"site", "town", "district"}]
    fields = ("name", "lon", "lat", "kind", "precision", "uncertainty_m")
    return json.dumps({"id": [p.place_id for p in points]} | {f: [getattr(p, f) for p in points] for f in fields})


def areas(gazetteer: Gazetteer) -> str:
    """Return the gazetteer's areas as GeoJSON."""
    names = [gazetteer.places[place_id].name for place_id in gazetteer.areas]
    frame = gpd.GeoDataFrame(
        {"place_id": list(gazetteer.areas), "name": names}, geometry=list(gazetteer.areas.values()), crs="EPSG:4326"
    )
    return frame.to_json(drop_id=True)


def perimeters(gazetteer: Gazetteer) -> str:
    """Return the 70 km security perimeters as GeoJSON, true discs on the ground."""
    bases = [gazetteer.places[place_id] for place_id in PERIMETER_PLACES if place_id in gazetteer.places]
    frame = gpd.GeoDataFrame(
        {"place_id": [b.place_id for b in bases], "name": [b.name for b in bases]},
        geometry=[uncertainty_disc(b.lon, b.lat, PERIMETER_M) for b in bases],
        crs="EPSG:4326",
    )
    return frame.to_json(drop_id=True)
