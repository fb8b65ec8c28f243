"""The places that are known, with their names and areas."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import pandas as pd
from shapely import MultiPolygon, Polygon
from shapely.geometry import shape

from geodata.errors import AmbiguousPlaceError, Problem, UnknownPlaceError
from geodata.gazetteer.index import Named, NameIndex
from geodata.gazetteer.likeness import LikenessIndex
from geodata.gazetteer.match import Match, match_place
from geodata.gazetteer.place import Alias, Place, PlaceKind
from geodata.gazetteer.towns import NO_TOWNS, TOWNS, Towns
from geodata.incidents.schema import Precision
from geodata.tables.column import Column
from geodata.tables.table import read_whole, refuse_problems, to_records

DATA = Path(__file__).parent / "data"

Area: TypeAlias = Polygon | MultiPolygon


@dataclass(frozen=True, kw_only=True, eq=False)
class Gazetteer:
    """All places by their ids, the areas of those that have one, and a second, weaker tier of towns."""

    places: Mapping[str, Place]
    areas: Mapping[str, Area]
    towns: Towns = NO_TOWNS

    @cached_property
    def index(self) -> NameIndex:
        """Return the places by their names."""
        return NameIndex(
            Named(id=place.place_id, name=place.name, aliases=tuple(alias.alias for alias in place.aliases))
            for place in self.places.values()
        )

    @cached_property
    def likeness(self) -> LikenessIndex:
        """Return the places by how their names sound."""
        return LikenessIndex(self.places.values())

    def get(self, place_id: str) -> Place | None:
        """Return the place of an id, of either tier."""
        return self.places.get(place_id) or self.towns.get(place_id)

    def find(self, name: str, *, country: str = "", admin1: str = "") -> Place:
        """Return the one place that bears the name.

        Raises
        ------
        UnknownPlaceError
            If there is none; with suggestions.
        AmbiguousPlaceError
            If there are several; with their ids.
        """
        found = match_place(name, self, country=country, admin1=admin1)
        if isinstance(found, Match):
            return found.place
        ids = [candidate.place_id for candidate in found.candidates]
        raise (AmbiguousPlaceError if found.reason == "ambiguous" else UnknownPlaceError)(name, ids)


PLACE_COLUMNS = (
    Column(
        name="place_id",
        kind="id",
        required=True,
        filled=True,
        meaning="Names the place for ever; lower case with hyphens.",
    ),
    Column(name="name", kind="text", required=True, filled=True, meaning="Its usual English name."),
    Column(name="lon", kind="number", required=True, filled=True, meaning="Longitude in degrees, WGS84."),
    Column(name="lat", kind="number", required=True, filled=True, meaning="Latitude in degrees, WGS84."),
    Column(name="kind", kind="enum", required=True, filled=True, words=tuple(PlaceKind), meaning="What it is."),
    Column(name="country", kind="text", required=True, meaning="English short name; blank for what lies in several."),
    Column(name="admin1", kind="text", required=True, meaning="Province or governorate, English name."),
    Column(
        name="precision",
        kind="enum",
        required=True,
        filled=True,
        words=tuple(Precision),
        meaning="How finely the place is known.",
    ),
    Column(
        name="uncertainty_m",
        kind="count",
        required=True,
        filled=True,
        meaning="Metres around the point within which it lies.",
    ),
    Column(name="source", kind="text", required=True, filled=True, meaning="Where the coordinates come from."),
    Column(
        name="check", kind="text", required=True, meaning="The second, independent look-up, and how far off it was."
    ),
    Column(
        name="note", kind="text", required=True, meaning="What else to know, such as a place known by description only."
    ),
)

ALIAS_COLUMNS = (
    Column(name="place_id", kind="id", required=True, filled=True, meaning="The place."),
    Column(name="alias", kind="text", required=True, filled=True, meaning="Another name of it."),
    Column(name="language", kind="text", required=True, filled=True, meaning="Language of the name, BCP 47."),
    Column(name="source", kind="text", required=True, filled=True, meaning="Where the name was found."),
)


def read_gazetteer(folder: Path = DATA) -> Gazetteer:
    """Return the gazetteer of `places.csv`, `aliases.csv` and, if there are such, `areas.geojson` and `towns.csv`.

    Raises
    ------
    InvalidTableError
        With all problems of the first of these files that has any.
    OSError
        If a file cannot be opened.
    """
    rows = read_whole(folder / "places.csv", PLACE_COLUMNS)
    refuse_problems("places.csv", _place_problems(rows))
    aliases = read_whole(folder / "aliases.csv", ALIAS_COLUMNS)
    refuse_problems("aliases.csv", _alias_problems(aliases, set(rows["place_id"])))
    places = _to_places(rows, aliases)
    areas = folder / "areas.geojson"
    towns = Towns(folder / TOWNS.name) if (folder / TOWNS.name).exists() else NO_TOWNS
    return Gazetteer(places=places, areas=_read_areas(areas, places) if areas.exists() else {}, towns=towns)


def _place_problems(rows: pd.DataFrame) -> list[Problem]:
    checks = (
        ("place_id", rows["place_id"].duplicated(), "another place has this id: give each its own"),
        ("lon", ~rows["lon"].between(-180, 180), "must be between -180 and 180"),
        ("lat", ~rows["lat"].between(-90, 90), "must be between -90 and 90"),
    )
    return [
        Problem(line=int(line), column=column, value=str(value), reason=reason)
        for column, failing, reason in checks
        for line, value in zip(rows.loc[failing, "line"], rows.loc[failing, column], strict=True)
    ]


def _alias_problems(aliases: pd.DataFrame, place_ids: set[str]) -> list[Problem]:
    unknown = aliases[~aliases["place_id"].isin(place_ids)]
    return [
        Problem(
            line=int(line),
            column="place_id",
            value=place_id,
            reason="no place has this id: correct it, or add the place",
        )
        for line, place_id in zip(unknown["line"], unknown["place_id"], strict=True)
    ]


def _to_places(rows: pd.DataFrame, aliases: pd.DataFrame) -> dict[str, Place]:
    names: dict[str, list[Alias]] = {}
    for row in to_records(aliases):
        names.setdefault(row.pop("place_id"), []).append(Alias(**row))
    places: dict[str, Place] = {}
    for row in to_records(rows):
        row["precision"] = Precision(row["precision"])
        places[row["place_id"]] = Place(**row, aliases=tuple(names.get(row["place_id"], ())))
    return places


def _read_areas(path: Path, places: Mapping[str, Place]) -> dict[str, Area]:
    """Return the areas of a GeoJSON file by their places; every one is a valid polygon of a known place."""
    areas: dict[str, Area] = {}
    faults: list[str] = []
    for number, feature in enumerate(json.loads(path.read_text(encoding="utf-8"))["features"], start=1):
        place_id = feature["properties"]["place_id"]
        area = shape(feature["geometry"])
        if place_id not in places or place_id in areas:
            faults.append(f"feature {number}: no place has the id '{place_id}', or an earlier feature has it")
        elif not isinstance(area, Polygon | MultiPolygon) or not area.is_valid or area.is_empty:
            faults.append(f"feature {number}, {place_id}: must be a valid Polygon or MultiPolygon")
        else:
            areas[place_id] = area
    refuse_problems(path.name, [Problem(line=1, reason=fault) for fault in faults])
    return areas
