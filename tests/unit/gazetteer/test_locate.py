from dataclasses import replace

import pandas as pd
import pytest
from builders import make_gazetteer, make_place, read_rows_of

from geodata.gazetteer import locate as locate_module
from geodata.gazetteer.locate import locate
from geodata.incidents.schema import DERIVED, Precision

TOWER = make_place("tower-22", "Tower 22")
TOWN = make_place("rutba", "Rutba", kind="town", precision=Precision.TOWN, uncertainty_m=7000, country="Iraq")
DISTRICT = make_place("hit", "Hit", kind="district", precision=Precision.DISTRICT, uncertainty_m=15_000)
IRAQ = make_place(
    "iraq", "Iraq", kind="country", precision=Precision.COUNTRY, uncertainty_m=550_000, country="Iraq", lon=43, lat=33
)
STRIP = make_place("strip", "Strip", kind="region", precision=Precision.REGION, uncertainty_m=20_000)
SHARED = [make_place(letter, letter.upper(), aliases=("Shared",)) for letter in "ab"]
GAZETTEER = make_gazetteer(TOWER, TOWN, DISTRICT, IRAQ, STRIP, *SHARED)


def located(**row: str) -> pd.Series:
    return locate(read_rows_of(row).incidents, GAZETTEER).iloc[0]


def test_a_row_is_at_the_place_that_it_names():
    row = located(place="tower 22")
    assert (row["place_id"], row["place_name"], row["place_kind"]) == ("tower-22", "Tower 22", "base")
    assert (row["lon"], row["lat"], row["geometry"].x, row["geometry"].y) == (38.7, 33.3, 38.7, 33.3)
    assert (row["country"], row["admin1"], row["location"], row["reason"]) == ("Jordan", "Mafraq", "exact", "")


@pytest.mark.parametrize(
    ("place", "precision", "known_to", "location", "uncertainty_m"),
    [
        ("Tower 22", "", "site", "exact", 1000),
        ("Tower 22", "site", "site", "exact", 1000),
        ("Tower 22", "town", "town", "exact", 5000),
        ("Tower 22", "district", "district", "approximate", 25_000),
        ("Tower 22", "province", "province", "approximate", 100_000),
        ("Rutba", "site", "town", "exact", 7000),
        ("Rutba", "", "town", "exact", 7000),
        ("Hit", "", "district", "approximate", 25_000),
        ("Iraq", "site", "country", "approximate", 550_000),
        ("Strip", "", "region", "approximate", 20_000),
        ("Strip", "country", "country", "approximate", 400_000),
    ],
)
def test_a_row_is_known_as_finely_as_the_coarser_of_document_and_gazetteer(
    place, precision, known_to, location, uncertainty_m
):
    row = located(place=place, place_precision=precision)
    assert (row["known_to"], row["location"], row["uncertainty_m"]) == (known_to, location, uncertainty_m)


def test_an_unknown_name_is_unplaced_with_reason_and_candidates():
    row = located(place="Towr 22", place_precision="site")
    assert (row["location"], row["place_id"], row["geometry"]) == ("unplaced", "", None)
    assert row[["lon", "lat", "uncertainty_m"]].isna().all()
    assert row["reason"] == "no place is called 'Towr 22': correct the name, or add the place to the gazetteer"
    assert (row["candidates"], row["known_to"]) == ("tower-22", "site")


def test_an_ambiguous_name_is_unplaced_with_all_that_it_may_be():
    row = located(place="Shared", given_country="Jordan")
    assert row["reason"] == (
        "several places are called 'Shared' in Jordan: write which, or add given_country or given_admin1"
    )
    assert row["candidates"] == "a; b"


def test_an_unplaced_row_keeps_the_country_and_province_that_it_names():
    row = located(place="", given_country="Iraq", given_admin1="Anbar")
    assert (row["reason"], row["country"], row["admin1"]) == ("no place is named", "Iraq", "Anbar")


def test_country_and_province_are_context_for_the_name():
    assert located(place="Rutba", given_country="Yemen")["location"] == "unplaced"
    assert located(place="Rutba", given_country="Iraq")["place_id"] == "rutba"


def test_a_row_with_its_own_point_stays_there_and_belongs_to_the_place_around_it():
    row = located(place="Tower 22", given_lon="38.705", given_lat="33.3")
    assert (row["lon"], row["lat"], row["place_id"], row["reason"]) == (38.705, 33.3, "tower-22", "")
    assert (row["known_to"], row["uncertainty_m"], row["country"]) == ("site", 1000, "Jordan")


def test_a_point_away_from_the_place_that_the_row_names_is_noted_and_not_moved():
    row = located(place="Tower 22", given_lon="39.7", given_lat="33.3", given_country="Jordan")
    assert (row["lon"], row["place_id"], row["place_name"], row["place_kind"]) == (39.7, "", "", "")
    assert row["reason"] == "the given point is 93 km from Tower 22"
    assert (row["country"], row["admin1"]) == ("Jordan", "")


def test_a_point_of_a_row_without_a_known_name_is_used_as_it_is():
    row = located(place="Towr 22", given_lon="1", given_lat="2", place_precision="site", given_admin1="X")
    assert (row["location"], row["known_to"], row["uncertainty_m"], row["reason"]) == ("exact", "site", 1000, "")
    assert (row["candidates"], row["admin1"]) == ("", "X")


def test_a_point_of_unknown_precision_is_known_to_a_town():
    row = located(place="nowhere", given_lon="1", given_lat="2")
    assert (row["known_to"], row["uncertainty_m"], row["location"]) == ("town", 5000, "exact")


def test_a_point_that_stands_for_an_area_is_approximate():
    row = located(place="Iraq", given_lon="43.1", given_lat="33.1", place_precision="country")
    assert (row["place_id"], row["location"], row["uncertainty_m"]) == ("iraq", "approximate", 550_000)


def test_a_point_in_an_area_is_known_as_finely_as_its_row_says():
    row = located(place="Iraq", given_lon="43.1", given_lat="33.1", place_precision="town")
    assert (row["place_id"], row["known_to"], row["uncertainty_m"], row["location"]) == ("iraq", "town", 5000, "exact")


@pytest.mark.parametrize(
    ("lon", "lat", "reason"),
    [
        ("0", "0", "the given point is 0, 0, which stands for unknown: correct or remove it"),
        (
            "200",
            "10",
            "the given point is not on Earth: longitude goes from -180 to 180, latitude from -90 to 90",
        ),
        (
            "10",
            "-91",
            "the given point is not on Earth: longitude goes from -180 to 180, latitude from -90 to 90",
        ),
    ],
)
def test_a_point_that_cannot_be_is_unplaced_with_the_reason(lon, lat, reason):
    row = located(place="Tower 22", given_lon=lon, given_lat=lat, given_country="Jordan", place_precision="district")
    assert (row["location"], row["reason"], row["place_id"], row["geometry"]) == ("unplaced", reason, "", None)
    assert row[["lon", "lat", "uncertainty_m"]].isna().all()
    assert (row["country"], row["known_to"]) == ("Jordan", "district")


def test_a_point_that_cannot_be_does_not_make_the_row_known_to_a_town():
    assert located(given_lon="0", given_lat="0")["known_to"] == ""


def test_a_point_on_the_equator_or_the_meridian_is_a_point():
    assert located(given_lon="0", given_lat="5")["location"] == "exact"
    assert located(given_lon="5", given_lat="0")["location"] == "exact"


def test_all_rows_come_back_in_their_order_under_their_index():
    rows = [{"place": "Iraq"}, {"place": "x"}, {"given_lon": "1", "given_lat": "1"}, {"place": "Iraq"}]
    incidents = read_rows_of(*rows).incidents.set_index(pd.Index([7, 7, 3, 1]))
    placed = locate(incidents, GAZETTEER)
    assert placed.index.tolist() == [7, 7, 3, 1]
    assert placed["incident_id"].tolist() == ["INC-1", "INC-2", "INC-3", "INC-4"]
    assert placed["location"].tolist() == ["approximate", "unplaced", "exact", "approximate"]


def test_the_columns_are_those_of_the_schema_whether_there_are_rows_or_not():
    names = [column.name for column in DERIVED[: [column.name for column in DERIVED].index("actor_id")]]
    full = locate(read_rows_of({}).incidents, GAZETTEER)
    empty = locate(read_rows_of().incidents, GAZETTEER)
    assert list(full)[len(read_rows_of({}).incidents.columns) :] == [*names, "geometry"]
    assert full.dtypes.equals(empty.dtypes)
    assert full.crs == empty.crs == "EPSG:4326"


def test_locating_again_gives_the_same():
    once = locate(read_rows_of({"place": "Iraq"}, {"place": "x"}).incidents, GAZETTEER)
    pd.testing.assert_frame_equal(pd.DataFrame(locate(once, GAZETTEER)), pd.DataFrame(once))


def test_what_several_rows_name_alike_is_matched_once(monkeypatch):
    asked: list[str] = []

    def match_and_count(name, *arguments, **context):
        asked.append(name)
        return match(name, *arguments, **context)

    match = locate_module.match_place
    monkeypatch.setattr(locate_module, "match_place", match_and_count)
    locate(
        read_rows_of(
            *[{"place": "Iraq"}] * 50, *[{"given_lon": str(n), "given_lat": "1"} for n in range(50)]
        ).incidents,
        replace(GAZETTEER),  # one that has not answered yet
    )
    assert asked == ["Iraq", "Tower 22"]
