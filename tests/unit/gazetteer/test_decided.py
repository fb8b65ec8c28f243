"""Places as the reader has decided them."""

import pandas as pd
import pytest
from builders import make_gazetteer, make_place, read_rows_of
from deciding import accept, decided, leave, point

from geodata.gazetteer.locate import locate
from geodata.incidents.schema import Precision
from geodata.review.decisions import Decision

GAZETTEER = make_gazetteer(
    make_place("tower-22", "Tower 22"),
    make_place("tanf", "Tanf", lon=38.66, lat=33.51, country="Syria", kind="town", precision=Precision.TOWN),
)


def where(row: dict[str, str], *decisions: Decision) -> pd.Series:
    return locate(read_rows_of(row).incidents, GAZETTEER, decided(*decisions)).iloc[0]


def test_a_name_means_what_the_reader_has_accepted():
    row = where({"place": "the old garrison"}, accept("The old  garrison", "tanf", note="so says the author"))
    assert (row["place_id"], row["lon"], row["country"], row["location"]) == ("tanf", 38.66, "Syria", "exact")
    assert row["reason"] == "placed by the reader's decision: so says the author"
    assert row["found_by"] == "decision"


def test_a_decision_goes_before_the_gazetteer():
    assert where({"place": "Tower 22"}, accept("Tower 22", "tanf"))["place_id"] == "tanf"


@pytest.mark.parametrize("context", [{"given_country": "Iraq"}, {"given_admin1": "Homs"}])
def test_a_decision_holds_only_in_its_country_and_province(context):
    assert where({"place": "x", **context}, accept("x", "tanf"))["location"] == "unplaced"
    named = {column.removeprefix("given_"): value for column, value in context.items()}
    assert where({"place": "x", **context}, accept("x", "tanf", **named))["place_id"] == "tanf"
    assert where({"place": "x"}, accept("x", "tanf", **named))["location"] == "unplaced"


def test_an_accepted_place_is_known_no_finer_than_the_row_says():
    row = where({"place": "x", "place_precision": "province"}, accept("x", "tanf"))
    assert (row["known_to"], row["location"], row["uncertainty_m"]) == ("province", "approximate", 100_000)


def test_a_clicked_point_is_where_it_was_clicked():
    row = where({"place": "the ridge", "given_country": "Iraq"}, point("the ridge", 41.5, 33.25, country="iraq"))
    assert (row["lon"], row["lat"], row["known_to"], row["uncertainty_m"]) == (41.5, 33.25, "town", 5_000)
    assert (row["place_id"], row["country"], row["location"]) == ("", "Iraq", "exact")
    assert row["reason"] == "placed at a point by the reader's decision"


@pytest.mark.parametrize(
    ("precision", "uncertainty_m", "known_to", "metres"),
    [("", 800, "site", 800), ("town", 800, "town", 5_000), ("town", 9_000, "town", 9_000), ("", None, "site", 1_000)],
)
def test_a_clicked_point_is_as_uncertain_as_the_reader_or_the_row_says(precision, uncertainty_m, known_to, metres):
    decision = point("x", 41, 33, "site", uncertainty_m=uncertainty_m)
    row = where({"place": "x", "place_precision": precision}, decision)
    assert (row["known_to"], row["uncertainty_m"]) == (known_to, metres)


def test_a_clicked_point_of_a_province_is_approximate():
    assert where({"place": "x"}, point("x", 41, 33, "province"))["location"] == "approximate"


def test_what_is_left_has_no_place_even_if_the_gazetteer_knows_one():
    row = where({"place": "Tower 22"}, leave("Tower 22", note="which of the two?"))
    assert (row["location"], row["place_id"], row["candidates"]) == ("unplaced", "", "")
    assert row["reason"] == "left without a place by the reader's decision: which of the two?"
    assert row["found_by"] == "decision"


@pytest.mark.parametrize("decision", [point("Tower 22", 38.7, 33.3, "region"), leave("Tower 22")])
def test_a_row_with_its_own_point_keeps_it(decision):
    own = {"place": "Tower 22", "given_lon": "38.7", "given_lat": "33.3"}
    row = where(own, decision)
    assert (row["lon"], row["lat"], row["found_by"], row["reason"]) == (38.7, 33.3, "point", "")
    assert (row["known_to"], row["uncertainty_m"]) == ("town", 5_000)


def test_a_row_with_its_own_point_is_only_named_by_what_is_accepted():
    own = {"place": "x", "given_lon": "38.66", "given_lat": "33.51"}
    row = where(own, accept("x", "tanf"))
    assert (row["lon"], row["lat"], row["place_id"], row["found_by"]) == (38.66, 33.51, "tanf", "point")
    assert "km from Tower 22" in where(own, accept("x", "tower-22"))["reason"]


def test_an_unknown_place_id_decides_nothing():
    row = where({"place": "Tower 22"}, accept("Tower 22", "atlantis"))
    assert (row["place_id"], row["found_by"]) == ("tower-22", "name")


@pytest.mark.parametrize(("name", "found_by"), [("Tanf", "name"), ("al-Tanf", "spelling"), ("Nowhere at all", "")])
def test_it_is_told_by_what_a_place_was_found(name, found_by):
    assert where({"place": name})["found_by"] == found_by
