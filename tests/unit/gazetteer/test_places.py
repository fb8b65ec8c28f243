import json
from pathlib import Path

import pytest
from shapely import Polygon

from geodata.errors import InvalidTableError
from geodata.gazetteer.places import ALIAS_COLUMNS, PLACE_COLUMNS, read_gazetteer
from geodata.incidents.schema import Precision

PLACES = ",".join(column.name for column in PLACE_COLUMNS)
ALIASES = ",".join(column.name for column in ALIAS_COLUMNS)
TOWER = "tower-22,Tower 22,38.7,33.3,base,Jordan,Mafraq,site,800,a map,another map,"
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a gazetteer of one place, one alias and one area."""
    write(tmp_path, "places.csv", PLACES, TOWER)
    write(tmp_path, "aliases.csv", ALIASES, "tower-22,برج 22,ar,a paper")
    write_areas(tmp_path, ("tower-22", SQUARE))
    return tmp_path


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("\n".join(lines), encoding="utf-8")


def write_areas(folder: Path, *areas: tuple[str, object]) -> None:
    features = [
        {"type": "Feature", "properties": {"place_id": place_id}, "geometry": geometry} for place_id, geometry in areas
    ]
    write(folder, "areas.geojson", json.dumps({"type": "FeatureCollection", "features": features}))


def refuse(folder: Path) -> list[str]:
    with pytest.raises(InvalidTableError) as caught:
        read_gazetteer(folder)
    return str(caught.value).splitlines()[1:]


def test_a_place_has_its_names_and_its_area(folder):
    gazetteer = read_gazetteer(folder)
    place = gazetteer.places["tower-22"]
    assert (place.lon, place.lat, place.precision, place.uncertainty_m) == (38.7, 33.3, Precision.SITE, 800)
    assert [(alias.alias, alias.language, alias.source) for alias in place.aliases] == [("برج 22", "ar", "a paper")]
    assert isinstance(gazetteer.areas["tower-22"], Polygon)


def test_a_gazetteer_may_be_without_areas(folder):
    (folder / "areas.geojson").unlink()
    assert read_gazetteer(folder).areas == {}


def test_all_faults_of_places_are_told_at_once(folder):
    write(
        folder,
        "places.csv",
        PLACES,
        TOWER,
        TOWER.replace("38.7", "381").replace("33.3", "-91"),
        TOWER.replace("tower-22", "b").replace("38.7", "-180.5"),
    )
    assert refuse(folder) == [
        "  line 3, place_id='tower-22': another place has this id: give each its own",
        "  line 3, lon='381.0': must be between -180 and 180",
        "  line 3, lat='-91.0': must be between -90 and 90",
        "  line 4, lon='-180.5': must be between -180 and 180",
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "column"),
    [(",base,", ",barracks,", "kind"), (",site,", ",street,", "precision"), (",800,", ",,", "uncertainty_m")],
)
def test_a_place_with_a_word_of_its_own_or_a_gap_is_refused(folder, right, wrong, column):
    write(folder, "places.csv", PLACES, TOWER.replace(right, wrong))
    assert [line.partition("=")[0] for line in refuse(folder)] == [f"  line 2, {column}"]


def test_an_alias_of_no_place_is_refused(folder):
    write(folder, "aliases.csv", ALIASES, "nowhere,x,en,s")
    assert refuse(folder) == [
        "  line 2, place_id='nowhere': no place has this id: correct it, or add the place",
    ]


def test_areas_of_no_place_twice_of_one_or_of_no_shape_are_refused(folder):
    write_areas(folder, ("nowhere", SQUARE), ("tower-22", BOW_TIE), ("tower-22", SQUARE), ("tower-22", SQUARE))
    assert refuse(folder) == [
        "  line 1: feature 1: no place has the id 'nowhere', or an earlier feature has it",
        "  line 1: feature 2, tower-22: must be a valid Polygon or MultiPolygon",
        "  line 1: feature 4: no place has the id 'tower-22', or an earlier feature has it",
    ]


def test_an_area_that_is_a_line_is_refused(folder):
    write_areas(folder, ("tower-22", {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}))
    assert refuse(folder) == ["  line 1: feature 1, tower-22: must be a valid Polygon or MultiPolygon"]
