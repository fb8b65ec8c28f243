import pandas as pd
import pytest
from builders import make_place, read_rows_of
from shapely import box

from geodata.gazetteer.locate import locate
from geodata.gazetteer.places import Gazetteer

IRAQ = make_place("iraq", "Iraq", aliases=("العراق",), kind="country", country="Iraq", lon=44, lat=33)
FRANCE = make_place("france", "France", kind="country", country="France", lon=2, lat=46)
TOWER = make_place("tower-22", "Tower 22")
GAZETTEER = Gazetteer(
    places={place.place_id: place for place in (IRAQ, FRANCE, TOWER)},
    areas={"iraq": box(40, 30, 48, 37), "france": box(0, 43, 5, 50)},
)


def located(**row: str) -> pd.Series:
    return locate(read_rows_of(row).incidents, GAZETTEER).iloc[0]


@pytest.mark.parametrize("country", ["Iraq", "iraq", "العراق"])
def test_a_point_outside_the_country_that_the_row_names_is_flagged_and_not_moved(country):
    row = located(place="x", given_lon="39", given_lat="33", given_country=country)
    assert row["reason"] == f"the given point is 93 km outside {country}, which the row names as its country"
    assert (row["lon"], row["lat"], row["location"]) == (39, 33, "exact")


@pytest.mark.parametrize(("lon", "lat"), [("44", "33"), ("39.95", "33"), ("44", "29.93"), ("48.1", "33")])
def test_a_point_in_the_country_or_within_some_kilometres_of_its_border_is_in_it(lon, lat):
    assert located(place="x", given_lon=lon, given_lat=lat, given_country="Iraq")["reason"] == ""


@pytest.mark.parametrize("country", ["France", "Nowhere", "Tower 22", ""])
def test_a_country_that_cannot_be_checked_is_not_remarked_on(country):
    assert located(place="x", given_lon="39", given_lat="33", given_country=country)["reason"] == ""


def test_a_point_far_from_place_and_country_says_both():
    row = located(place="Iraq", given_lon="30", given_lat="33", given_country="Iraq", place_precision="site")
    assert row["reason"].count("the given point is") == 2
    assert "; " in row["reason"]


def test_a_row_without_a_point_of_its_own_is_not_checked():
    assert located(place="Tower 22", given_country="")["reason"] == ""


def test_a_point_that_cannot_be_is_told_as_such_only():
    row = located(place="x", given_lon="0", given_lat="0", given_country="Iraq")
    assert row["reason"] == "the given point is 0, 0, which stands for unknown: correct or remove it"
