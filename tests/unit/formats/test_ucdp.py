import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from geodata.formats.opening import open_table
from geodata.gazetteer.locate import locate
from geodata.gazetteer.places import read_gazetteer
from geodata.incidents.read import Reading

# UCDP GED 19.1, CC BY 4.0: see NOTICE.md.
EXCERPT = Path(__file__).with_name("ucdp-ged-19.1-excerpt.csv")
ROW = next(csv.DictReader(io.StringIO(EXCERPT.read_text(encoding="utf-8"))))


def read(*rows: dict[str, str]) -> Reading:
    """Return what is read of rows that differ from a real one in these cells."""
    filled = [ROW | {"id": str(number)} | row for number, row in enumerate(rows, start=1)]
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(dict.fromkeys(name for row in filled for name in row)), lineterminator="\n")
    table.writeheader()
    table.writerows(filled)
    opened = open_table(io.BytesIO(text.getvalue().encode()), name="ged.csv")
    assert opened.format.key == "ucdp"
    (reading,) = opened.batches()
    return reading


def only(**cells: str) -> pd.Series:
    reading = read(cells)
    assert (reading.rows, len(reading.incidents)) == (1, 1)
    return reading.incidents.iloc[0]


def test_a_real_excerpt_opens_whole_and_keeps_every_row():
    opened = open_table(EXCERPT)
    (reading,) = opened.batches()
    assert (opened.format.key, opened.format.redistributable, "Sundberg" in opened.format.credit) == (
        "ucdp",
        True,
        True,
    )
    assert (reading.rows, len(reading.incidents), reading.problems) == (19, 19, ())


def test_rows_on_the_centre_of_a_country_are_the_country():
    (reading,) = open_table(EXCERPT).batches()
    located = locate(reading.incidents, read_gazetteer())
    centre = located[(located["given_lon"] == 38) & (located["given_lat"] == 35)]
    assert len(centre) == 2
    assert set(zip(centre["place_id"], centre["known_to"], centre["location"], strict=True)) == {
        ("syria", "country", "approximate")
    }


@pytest.mark.parametrize(
    ("code", "place", "precision"),
    [
        ("1.0", "Teir Maaleh village", "town"),
        ("2", "Teir Maaleh village", "district"),
        ("3", "Ar Rastan district", "district"),
        ("4", "Homs Governorate", "province"),
        ("5", "Teir Maaleh village", "region"),
        ("6", "Syria", "country"),
        ("7", "Teir Maaleh village", "region"),
    ],
)
def test_a_place_is_known_as_finely_as_the_codebook_says(code, place, precision):
    row = only(where_prec=code)
    assert (row["place"], row["place_precision"]) == (place, precision)
    assert (row["given_lon"], row["given_lat"], row["given_country"]) == (36.707602, 34.802462, "Syria")


def test_what_happened_at_sea_or_in_the_air_says_so():
    assert "In international waters or airspace." in only(where_prec="7")["summary"]
    assert "In international waters or airspace." not in only(where_prec="5")["summary"]


def test_an_unknown_code_is_kept_as_written_and_told_and_its_row_is_no_exact_point():
    reading = read({"where_prec": "9"}, {})
    row = reading.incidents.iloc[0]
    assert (row["place_precision"], row["flag"]) == ("region", "ambiguous")
    assert row["flag_reason"] == "where_prec is '9', which is no known code"
    assert [str(problem) for problem in reading.problems] == [
        "line 2, where_prec='9': is no code of this column: it is kept as written in flag_reason"
    ]
    assert reading.incidents["flag"].tolist() == ["ambiguous", ""]


@pytest.mark.parametrize(
    ("first", "last", "precision"),
    [
        ("2016-01-01", "2016-01-01", "day"),
        ("2016-01-01 00:00:00.000", "2016-01-04 00:00:00.000", "range"),
        ("2016-02-01", "2016-02-29", "month"),
        ("2016-01-01", "2016-12-31", "year"),
    ],
)
def test_a_date_is_the_interval_of_the_table(first, last, precision):
    row = only(date_start=first, date_end=last)
    assert (row["date_earliest"], row["date_latest"]) == (pd.Timestamp(first), pd.Timestamp(last))
    assert row["date_precision"] == precision


def test_a_date_that_is_none_leaves_the_row_undated_and_is_told():
    reading = read({"date_start": "soon", "date_end": "soon"})
    assert reading.incidents["date_precision"].tolist() == ["unknown"]
    assert {problem.value for problem in reading.problems} == {"soon"}


def test_estimates_out_of_order_are_kept_and_flagged():
    row = only(low="2.0", best="4.0", high="2.0")
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (2, 4, 2)
    assert row["flag"] == "implausible"
    assert only(low="2", best="2", high="4")["flag"] == ""


@pytest.mark.parametrize("sentinel", ["-1", "-9", "-99", "-9.0", ""])
def test_a_sentinel_is_unknown_and_no_number(sentinel):
    reading = read({"low": sentinel, "best": "3", "high": sentinel})
    row = reading.incidents.iloc[0]
    assert reading.problems == ()
    assert row["killed_low"] is pd.NA
    assert (row["killed_best"], row["flag"]) == (3, "")


def test_only_one_sided_violence_has_an_attacker_and_a_target():
    one_sided = only(type_of_violence="3", side_a="IS", side_b="Civilians")
    assert (one_sided["actor"], one_sided["attribution"], one_sided["target"]) == ("IS", "attributed", "Civilians")
    battle = only(type_of_violence="1")
    assert (battle["actor"], battle["attribution"], battle["target"]) == ("Government of Syria", "unknown", "")
    assert "Syrian insurgents; who attacked is not told" in battle["summary"]


def test_a_row_that_sums_up_several_events_says_so():
    assert only(event_clarity="2")["flag"] == "ambiguous"
    assert only(event_clarity="1")["flag"] == ""


def test_a_row_leads_back_to_its_event_and_outlets():
    row = only(id="214797.0", source_office="SOHR;Airwars;SOHR")
    assert (row["incident_id"], row["sources"]) == ("214797", "UCDP GED; SOHR; Airwars")


def test_the_newest_columns_and_their_variants_are_known():
    row = only(
        relid="SYR-2016-1-1", code_status="Check Deaths", country="DR Congo (Zaire)", where_decription="by the road"
    )
    assert (row["given_country"], row["flag"]) == ("DR Congo", "ambiguous")
    assert "by the road." in row["summary"]


def test_an_event_without_an_id_is_rejected_with_the_reason():
    reading = read({"id": ""}, {})
    assert (len(reading.incidents), len(reading.rejected)) == (1, 1)
    assert [str(problem) for problem in reading.problems] == ["line 2, id='': must not be blank"]
