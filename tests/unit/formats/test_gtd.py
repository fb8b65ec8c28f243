import io

import pandas as pd
import pytest
from foreign import GTD_HEADER as HEADER
from foreign import GTD_ROW as ROW
from foreign import text_of

from geodata.formats.opening import open_table
from geodata.incidents.read import Reading


def read(*rows: dict[str, str], header: list[str] = HEADER, encoding: str = "utf-8", first: str = "eventid") -> Reading:
    filled = [ROW | {"eventid": f"20170101000{number}"} | row for number, row in enumerate(rows, start=1)]
    table = text_of(header, filled).replace("eventid", first, 1).encode(encoding)
    opened = open_table(io.BytesIO(table), name="gtd.csv")
    assert opened.format.key == "gtd"
    (reading,) = opened.batches()
    assert (reading.rows, len(reading.rejected)) == (len(rows), 0)
    return reading


def only(**cells: str) -> pd.Series:
    return read(cells).incidents.iloc[0]


def test_the_header_has_135_columns():
    assert len(HEADER) == 135


def test_a_row_is_read_into_our_columns():
    reading = read({})
    row = reading.incidents.iloc[0]
    assert reading.problems == ()
    assert (row["incident_id"], row["date_earliest"], row["date_precision"]) == (
        "201701010001",
        pd.Timestamp("2017-02-03"),
        "day",
    )
    assert (row["place"], row["given_admin1"], row["given_country"]) == ("Rutbah", "Al Anbar", "Iraq")
    assert (row["event_type"], row["weapon"], row["category"]) == ("bombing", "explosive", "kinetic")
    assert row["target"] == "Base, Made-up Army (Military Barracks/Base/Headquarters/Checkpost)"
    assert (row["actor"], row["attribution"], row["attributed_by"]) == ("Made-up Front", "attributed", "GTD")
    assert row["sources"] == ('GTD; "A title, a subtitle," Made-up Times, February 4, 2017.; START Primary Collection')


def test_the_numbers_include_perpetrators_and_say_so():
    row = only()
    assert (row["killed_best"], row["injured_best"]) == (4, 2)
    assert row["killed_said_by"] == row["injured_said_by"] == "GTD, perpetrators included"
    assert "Perpetrators killed: 1." in row["summary"]
    assert "Perpetrators injured" not in row["summary"]


@pytest.mark.parametrize("written", ["", "-9", "-99", "-99.0"])
def test_a_blank_or_a_sentinel_is_unknown_and_never_a_number(written):
    row = only(nkill=written, nkillter=written, nwound=written)
    assert row["killed_best"] is pd.NA
    assert row["injured_best"] is pd.NA
    assert (row["killed_said_by"], "Perpetrators" in row["summary"]) == ("", False)


@pytest.mark.parametrize(
    ("cells", "first", "last", "precision"),
    [
        ({"iday": "0"}, "2017-02-01", "2017-02-28", "month"),
        ({"imonth": "0", "iday": "0"}, "2017-01-01", "2017-12-31", "year"),
        ({"extended": "1", "resolution": "2/7/2017"}, "2017-02-03", "2017-02-07", "range"),
        ({"extended": "0", "resolution": "2/7/2017"}, "2017-02-03", "2017-02-03", "day"),
        ({"extended": "1", "resolution": "2/1/2017"}, "2017-02-03", "2017-02-03", "day"),
    ],
)
def test_a_date_is_an_interval_where_its_day_is_not_known_or_it_lasted(cells, first, last, precision):
    row = only(**cells)
    assert (row["date_earliest"], row["date_latest"]) == (pd.Timestamp(first), pd.Timestamp(last))
    assert row["date_precision"] == precision


def test_a_date_that_is_none_leaves_the_row_undated_and_is_told():
    reading = read({"iday": "31"}, {})
    assert reading.incidents["date_precision"].tolist() == ["unknown", "day"]
    assert [(problem.line, problem.column) for problem in reading.problems] == [(2, "iyear")]


@pytest.mark.parametrize(
    ("cells", "place", "precision"),
    [
        ({"specificity": "1"}, "Rutbah", "town"),
        ({"specificity": "1", "vicinity": "1"}, "Rutbah", "district"),
        ({"specificity": "2"}, "Rutbah", "district"),
        ({"specificity": "3"}, "Rutbah", "district"),
        ({"specificity": "4"}, "Al Anbar", "province"),
        ({"specificity": "5"}, "Iraq", "country"),
        ({"specificity": "3", "city": "Unknown"}, "Al Anbar", "district"),
        ({"specificity": "3", "city": "Unknown", "provstate": "Unknown"}, "Iraq", "district"),
    ],
)
def test_a_place_is_known_as_finely_as_the_codebook_says(cells, place, precision):
    row = only(**cells)
    assert (row["place"], row["place_precision"]) == (place, precision)


@pytest.mark.parametrize(
    ("cells", "actor", "attribution", "by"),
    [
        ({"claimed": "1"}, "Made-up Front", "claimed", "Made-up Front"),
        ({"guncertain1": "1"}, "Made-up Front", "alleged", "GTD"),
        ({"claimed": "-9"}, "Made-up Front", "attributed", "GTD"),
        ({"gname": "Unknown"}, "", "unknown", ""),
        ({"gname": "Unknown", "claimed": "1"}, "", "unknown", ""),
        ({"gsubname": "A Brigade"}, "Made-up Front (A Brigade)", "attributed", "GTD"),
    ],
)
def test_who_says_so_is_told_apart(cells, actor, attribution, by):
    row = only(**cells)
    assert (row["actor"], row["attribution"], row["attributed_by"]) == (actor, attribution, by)


def test_the_text_of_a_code_is_trusted_over_its_number():
    assert only(attacktype1="2", attacktype1_txt="Assassination")["event_type"] == "targeted_killing"
    numbers = [name for name in HEADER if not name.endswith("_txt") or name == "country_txt"]
    assert read({"attacktype1": "1"}, header=numbers).incidents["event_type"].tolist() == ["targeted_killing"]


@pytest.mark.parametrize("column", ["attacktype1_txt", "weaptype1_txt", "specificity", "claimed"])
def test_an_unknown_code_is_kept_as_written_and_told(column):
    reading = read({column: "7 Dwarfs"}, {})
    assert reading.incidents["flag"].tolist() == ["ambiguous", ""]
    assert [(problem.line, problem.column, problem.value) for problem in reading.problems] == [(2, column, "7 Dwarfs")]


def test_doubts_and_competing_claims_are_flagged():
    doubted = only(doubtterr="1", alternative_txt="Insurgency/Guerilla Action")
    assert doubted["flag"] == "ambiguous"
    assert doubted["flag_reason"] == "GTD doubts that it was terrorism: Insurgency/Guerilla Action"
    assert only(compclaim="1")["flag"] == "contradicted"


def test_what_has_no_column_of_ours_is_in_the_summary():
    text = only(suicide="1", success="0", motive="Made up", gname2="Others", related="1, 2", approxdate="early 2017")
    for part in ("A suicide attack.", "Not successful.", "Motive: Made up.", "Also named: Others.", "early 2017."):
        assert part in text["summary"]


def test_latin_1_and_a_byte_order_mark_in_letters_make_no_difference():
    reading = read({"city": "Café"}, encoding="latin-1")
    assert reading.incidents["place"].tolist() == ["Café"]
    mangled = read({}, first="ï..eventid")
    assert mangled.incidents["incident_id"].tolist() == ["201701010001"]


def test_its_rows_may_neither_be_passed_on_nor_shown():
    text = ",".join(HEADER).encode()
    about = open_table(io.BytesIO(text + b"\n")).format
    assert (about.redistributable, about.public) == (False, False)
