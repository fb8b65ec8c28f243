import csv
import io

import pandas as pd
import pytest
from foreign import ACLED_BEFORE_2023 as BEFORE_2023
from foreign import ACLED_ROW as ROW
from foreign import ACLED_SINCE_2023 as SINCE_2023
from foreign import text_of

from geodata.formats.acled_codes import SUB_EVENTS
from geodata.formats.opening import OpenTable, open_table
from geodata.incidents.read import Reading
from geodata.incidents.schema import EVENT_TYPES, Category


def table(*rows: dict[str, str], header: list[str] = SINCE_2023, **dialect: object) -> OpenTable:
    filled = [ROW | {"event_id_cnty": f"SYR{number}"} | row for number, row in enumerate(rows, start=1)]
    content = text_of(header, filled, **dialect).encode("utf-8-sig")
    opened = open_table(io.BytesIO(content), name="acled.csv")
    assert opened.format.key == "acled"
    return opened


def read(*rows: dict[str, str], **more) -> Reading:
    (reading,) = table(*rows, **more).batches()
    assert (reading.rows, len(reading.rejected)) == (len(rows), 0)
    return reading


def only(**cells: str) -> pd.Series:
    return read(cells).incidents.iloc[0]


def test_a_row_of_either_generation_is_the_same_event():
    new, old = (read({"tags": ""}, header=header).incidents for header in (SINCE_2023, BEFORE_2023))
    pd.testing.assert_frame_equal(new, old)
    row = new.iloc[0]
    assert (row["incident_id"], row["date_earliest"], row["date_precision"]) == (
        "SYR1",
        pd.Timestamp("2023-01-31"),
        "day",
    )
    assert (row["place"], row["given_country"], row["given_admin1"]) == ("Tadmor", "Syria", "Homs")
    assert (row["given_lon"], row["given_lat"], row["place_precision"]) == (38.28, 34.56, "town")
    assert (row["killed_best"], row["killed_said_by"]) == (3, "ACLED")
    assert row["sources"] == "ACLED; Made-up News; Another"


@pytest.mark.parametrize(
    ("header", "dialect"),
    [
        ([name.upper() for name in SINCE_2023], {}),
        ([name for name in SINCE_2023 if name != "timestamp"], {}),
        (SINCE_2023, {"quoting": csv.QUOTE_ALL}),
        (SINCE_2023, {"delimiter": "\t"}),
        (SINCE_2023, {"delimiter": ";"}),
    ],
)
def test_other_ways_to_write_the_same_export_make_no_difference(header, dialect):
    reading = read({}, header=header, **dialect)
    pd.testing.assert_frame_equal(reading.incidents, read({}).incidents)
    assert reading.problems == ()


def test_its_rows_may_not_be_passed_on():
    about = table({}).format
    assert (about.redistributable, about.public) == (False, True)
    assert "may not be passed on" in about.licence


@pytest.mark.parametrize("written", ["2023-01-31", "31 January 2023", "31-Jan-23", "31-01-2023", "2023-01-31 00:00:00"])
def test_a_date_is_read_in_every_way_in_which_they_have_written_it(written):
    assert only(event_date=written)["date_latest"] == pd.Timestamp("2023-01-31")


@pytest.mark.parametrize(
    ("code", "first", "last", "precision"),
    [
        ("1", "2024-02-15", "2024-02-15", "day"),
        ("2", "2024-02-12", "2024-02-18", "range"),
        ("3", "2024-02-01", "2024-02-29", "month"),
    ],
)
def test_a_date_is_known_as_finely_as_the_codebook_says(code, first, last, precision):
    row = only(event_date="2024-02-15", time_precision=code)
    assert (row["date_earliest"], row["date_latest"]) == (pd.Timestamp(first), pd.Timestamp(last))
    assert row["date_precision"] == precision


@pytest.mark.parametrize(("code", "precision"), [("1", "town"), ("2", "district"), ("3", "province"), ("", "region")])
def test_a_place_is_known_as_finely_as_the_codebook_says(code, precision):
    assert only(geo_precision=code)["place_precision"] == precision


@pytest.mark.parametrize("sub_event", SUB_EVENTS)
def test_every_sub_event_has_a_word_of_its_category(sub_event):
    row = only(sub_event_type=sub_event.capitalize())
    assert (row["category"], row["event_type"], row["weapon"]) == SUB_EVENTS[sub_event]
    assert row["event_type"] == "" or row["event_type"] in EVENT_TYPES[Category(row["category"])]
    assert row["flag"] == ""


@pytest.mark.parametrize(
    ("inter1", "inter2"),
    [("1", "7"), ("State Forces", "Civilians"), ("State forces", "Civilians"), ("8", "7")],
)
def test_in_each_style_of_codes_civilians_are_the_target_wherever_they_stand(inter1, inter2):
    violence = {"event_type": "Violence against civilians", "sub_event_type": "Attack"}
    parties = {"actor1": "The force", "actor2": "Civilians (Syria)", "inter1": inter1, "inter2": inter2}
    turned = {"actor2": "The force", "actor1": "Civilians (Syria)", "inter2": inter1, "inter1": inter2}
    for row in (only(**violence, **parties), only(**violence, **turned)):
        assert (row["actor"], row["target"], row["attribution"]) == ("The force", "Civilians (Syria)", "attributed")
        assert (row["attributed_by"], row["flag"]) == ("ACLED", "")


def test_the_order_of_two_armed_actors_says_nothing():
    row = only()
    assert (row["actor"], row["attribution"], row["target"]) == ("A Made-up Brigade", "unknown", "")
    assert "A Made-up Brigade and Made-up Forces of Syria; the order does not say who attacked." in row["summary"]


def test_protesters_are_the_target_of_excessive_force_only():
    protest = {"event_type": "Protests", "actor1": "Protesters (Syria)", "inter1": "Protesters", "actor2": "Police"}
    excessive = only(**protest, sub_event_type="Excessive force against protesters")
    assert (excessive["actor"], excessive["target"]) == ("Police", "Protesters (Syria)")
    watched = only(**protest, sub_event_type="Protest with intervention")
    assert (watched["actor"], watched["target"], watched["attribution"]) == ("Protesters (Syria)", "", "unknown")


def test_the_only_actor_is_the_actor():
    row = only(actor2="", inter2="0")
    assert (row["actor"], row["attribution"], row["flag"]) == ("A Made-up Brigade", "attributed", "")


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("event_type", "Battle royal"),
        ("sub_event_type", "Tickling"),
        ("inter1", "9"),
        ("time_precision", "4"),
        ("geo_precision", "0"),
        ("disorder_type", "Order"),
    ],
)
def test_an_unknown_code_is_kept_as_written_and_told(column, code):
    reading = read({column: code}, {})
    assert reading.incidents["flag"].tolist() == ["ambiguous", ""]
    assert reading.incidents["flag_reason"].iloc[0] == f"{column} is '{code}', which is no known code"
    assert [(problem.line, problem.column, problem.value) for problem in reading.problems] == [(2, column, code)]


def test_an_event_of_an_unknown_kind_still_has_the_category_of_its_disorder():
    assert only(event_type="X", sub_event_type="Y", disorder_type="Demonstrations")["category"] == "political"
    assert only(event_type="X", sub_event_type="Y", disorder_type="Demostrations")["category"] == "political"


def test_a_monadic_export_is_one_event_each():
    twice = {"event_id_cnty": "SYR9"}
    reading = table(twice, twice | {"actor1": ROW["actor2"], "actor2": ROW["actor1"]}, {}).read()
    assert (reading.rows, len(reading.incidents), len(reading.rejected)) == (3, 2, 1)
    assert [str(problem) for problem in reading.problems] == [
        (
            "line 3, incident_id='SYR9': line 2 has this id already: it is the same event, told for another actor "
            "or in another version (see timestamp); the first one counts"
        )
    ]


@pytest.mark.parametrize("written", ["", "-9", "-99", "-1"])
def test_what_is_not_known_is_no_number(written):
    row = only(fatalities=written)
    assert row["killed_best"] is pd.NA
    assert row["killed_said_by"] == ""


def test_a_number_that_is_none_is_unknown_and_told():
    reading = read({"fatalities": "dozens"})
    assert reading.incidents["killed_best"].isna().all()
    assert [str(problem) for problem in reading.problems] == [
        "line 2, fatalities='dozens': is no whole number: read as unknown"
    ]


def test_notes_tags_and_those_at_the_actors_side_are_in_the_summary():
    text = only(assoc_actor_1="Friends; Others")["summary"]
    assert text.startswith("Battles: Armed clash. A Made-up Brigade (with Friends; Others) and ")
    assert text.endswith("On 31 January 2023, a made-up clash took place. Tags: crowd size=no report")
