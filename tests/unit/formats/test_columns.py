import csv
import io

import pandas as pd
import pytest

from geodata.errors import GeodataError, InvalidTableError
from geodata.formats.mapping import ColumnMapping
from geodata.formats.opening import OpenTable, open_table
from geodata.incidents.read import Reading
from geodata.incidents.schema import Category


def table(*rows: dict[str, str], mapping: ColumnMapping | None = None, name: str = "attacks.csv") -> OpenTable:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    opened = open_table(io.BytesIO(text.getvalue().encode()), name=name, mapping=mapping)
    assert opened.format.key == "columns"
    return opened


def read(*rows: dict[str, str], mapping: ColumnMapping | None = None) -> Reading:
    reading = table(*rows, mapping=mapping).read()
    assert (reading.rows, len(reading.rejected)) == (len(rows), 0)
    return reading


def only(mapping: ColumnMapping | None = None, **cells: str) -> pd.Series:
    return read({"Place": "Tower 22"} | cells, mapping=mapping).incidents.iloc[0]


def told(reading: Reading) -> list[str]:
    """Return the problems of rows."""
    return [str(problem) for problem in reading.problems if problem.line > 1]


@pytest.mark.parametrize(
    ("names", "meanings"),
    [
        (
            ["Date of attack", "Location", "Attack type", "Perpetrator", "Killed", "Wounded", "Source URL"],
            ["date", "place", "event_type", "actor", "killed", "injured", "sources"],
        ),
        (
            ["Date", "Lieu", "Pays", "Auteur", "Cible", "Morts", "Blessés", "Résumé"],
            ["date", "place", "country", "actor", "target", "killed", "injured", "summary"],
        ),
        (
            ["التاريخ", "المكان", "المحافظة", "الجهة المنفذة", "الهدف", "عدد القتلى", "عدد الجرحى", "المصدر"],
            ["date", "place", "admin1", "actor", "target", "killed", "injured", "sources"],
        ),
        (
            ["ID", "YEAR", "Month", "day", "Site", "LAT", "Long"],
            ["incident_id", "year", "month", "day", "place", "lat", "lon"],
        ),
    ],
)
def test_what_columns_mean_is_guessed_from_their_names_in_three_languages(names, meanings):
    mapping = table(dict.fromkeys(names, "1")).mapping
    assert mapping.columns == dict(zip(meanings, names, strict=True))


def test_a_column_without_a_telling_name_is_known_by_its_values():
    rows = ({"A": f"2024-02-0{n}", "B": f"33.{n}, 42.44", "Place": "x"} for n in range(1, 9))
    assert table(*rows).mapping.columns == {"date": "A", "coordinates": "B", "place": "Place"}


def test_a_numbering_that_repeats_is_no_id():
    assert "incident_id" not in table({"No": "1", "Place": "x"}, {"No": "1", "Place": "y"}).mapping.columns


def test_a_mapping_is_remembered_as_a_small_file():
    mapping = ColumnMapping(
        columns={"place": "Où", "date": 'the "day"'}, date_order="day first", category=Category.THREAT
    )
    assert ColumnMapping.from_text(mapping.to_text()) == mapping


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is no mapping, which is written in JSON"),
        ("[]", "is no mapping: it must be a JSON object"),
        ('{"columns": []}', "`columns` must be a JSON object"),
        ('{"columns": {"palce": "x"}}', "nothing is called 'palce'"),
        ('{"date_order": "american"}', "date_order must be one of '', 'day first', 'month first'"),
        ('{"category": "war"}', "category must be one of 'kinetic'"),
        ('{"colums": {}}', "nothing is called 'colums'"),
    ],
)
def test_a_file_that_is_no_mapping_is_told_so(text, reason):
    with pytest.raises(GeodataError, match=f"^mine: .*{reason}"):
        ColumnMapping.from_text(text, "mine")


def test_a_mapping_is_corrected_column_by_column():
    mapping = ColumnMapping(columns={"place": "A", "date": "B"})
    assert mapping.with_column("place", "C").columns == {"date": "B", "place": "C"}
    assert mapping.with_column("date", "").columns == {"place": "A"}


def test_a_mapping_of_a_column_that_is_not_there_is_refused():
    with pytest.raises(
        InvalidTableError, match="Where='': the mapping names this column, but the table does not have it"
    ):
        table({"Place": "x", "b": ""}, mapping=ColumnMapping(columns={"place": "Where"}))


def test_a_table_in_which_nothing_says_where_opens_for_a_mapping_and_reads_only_with_one():
    rows = {"Who": "x", "Somewhere": "Tower 22"}
    opened = table(rows)
    assert opened.preview.rows == (("x", "Tower 22"),)
    with pytest.raises(InvalidTableError, match="no column is known to say where it happened"):
        opened.read()
    assert read(rows, mapping=ColumnMapping(columns={"place": "Somewhere"})).incidents["place"].tolist() == ["Tower 22"]


def test_prose_is_no_table():
    with pytest.raises(InvalidTableError, match="this is no table"):
        open_table(io.BytesIO(b"Dear colleagues\nhere is my report\n"), name="t.csv")


def test_what_is_not_read_is_told_once():
    opened = table({"Place": "x", "Weather": "fine"}, {"Place": "y", "Weather": "rain"})
    expected = [
        "line 1, Weather='Weather': no column of ours is known for it: it is not read unless a mapping says more",
        "line 1: no column names the rows: their ids are made of what the row says, and change when that does",
    ]
    assert [str(problem) for problem in opened.problems] == expected
    assert [str(problem) for problem in opened.read().problems] == expected


def test_made_up_ids_stay_when_rows_move_and_equal_rows_stay_two():
    rows = ({"Place": "a"}, {"Place": "b"}, {"Place": "a"})
    first, second, third = read(*({"No": ""} | row for row in rows)).incidents["incident_id"]
    assert third == f"{first}-2"
    assert read({"No": "", "Place": "b"}, {"No": "", "Place": "a"}).incidents["incident_id"].tolist() == [second, first]


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024-02-03", "2024-02-03", "2024-02-03"),
        ("2024/2/3 14:30", "2024-02-03", "2024-02-03"),
        ("20240203", "2024-02-03", "2024-02-03"),
        ("31/01/2024", "2024-01-31", "2024-01-31"),
        ("1/31/24", "2024-01-31", "2024-01-31"),
        ("02.02.2024", "2024-02-02", "2024-02-02"),
        ("3 February 2024", "2024-02-03", "2024-02-03"),
        ("Feb 3, 2024", "2024-02-03", "2024-02-03"),
        ("Saturday, 3rd Feb. 2024", "2024-02-03", "2024-02-03"),
        ("3 février 2024", "2024-02-03", "2024-02-03"),
        ("1er août 2024", "2024-08-01", "2024-08-01"),
        ("٣ شباط ٢٠٢٤", "2024-02-03", "2024-02-03"),
        ("3 كانون الثاني 2024", "2024-01-03", "2024-01-03"),
        ("2–3 February 2024", "2024-02-02", "2024-02-03"),
        ("2024-02-02/2024-02-03", "2024-02-02", "2024-02-03"),
        ("30 Jan 2024 - 2 Feb 2024", "2024-01-30", "2024-02-02"),
        ("February 2024", "2024-02-01", "2024-02-29"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_date_is_read_as_people_write_it(written, first, last):
    row = only(Date=written)
    assert (row["date_earliest"], row["date_latest"]) == (pd.Timestamp(first), pd.Timestamp(last))


def test_a_date_that_may_be_two_is_asked_about_and_not_guessed():
    reading = read({"Place": "x", "Date": "03/04/2024"})
    row = reading.incidents.iloc[0]
    assert (row["date_precision"], row["summary"]) == ("unknown", "[date as written: 03/04/2024]")
    (problem,) = told(reading)
    assert problem.startswith("line 2, Date='03/04/2024': may be 03/04 by day and month or by month and day: say which")


@pytest.mark.parametrize(("other", "day"), [("31/12/2023", "2024-04-03"), ("12/31/2023", "2024-03-04")])
def test_another_date_of_the_column_tells_which_comes_first(other, day):
    reading = read({"Place": "x", "Date": "03/04/2024"}, {"Place": "y", "Date": other})
    assert reading.incidents["date_latest"].tolist()[0] == pd.Timestamp(day)


def test_dates_that_tell_otherwise_leave_the_question_open():
    rows = ({"Place": "x", "Date": date} for date in ("03/04/2024", "31/12/2023", "12/31/2023"))
    assert read(*rows).incidents["date_precision"].tolist() == ["unknown", "day", "day"]


@pytest.mark.parametrize(("order", "day"), [("day first", "2024-04-03"), ("month first", "2024-03-04")])
def test_the_mapping_tells_which_comes_first(order, day):
    mapping = ColumnMapping(columns={"place": "Place", "date": "Date"}, date_order=order)
    assert only(mapping, Date="03/04/2024")["date_latest"] == pd.Timestamp(day)


@pytest.mark.parametrize(
    ("parts", "first", "last"),
    [
        (("2024", "2", "3"), "2024-02-03", "2024-02-03"),
        (("2024", "Feb", "3"), "2024-02-03", "2024-02-03"),
        (("2024", "February", ""), "2024-02-01", "2024-02-29"),
        (("2024", "", ""), "2024-01-01", "2024-12-31"),
    ],
)
def test_year_month_and_day_are_a_date_as_far_as_they_are_known(parts, first, last):
    row = only(**dict(zip(("Year", "Month", "Day"), parts, strict=True)))
    assert (row["date_earliest"], row["date_latest"]) == (pd.Timestamp(first), pd.Timestamp(last))


def test_first_and_last_day_are_the_interval():
    row = only(**{"Start date": "2024-02-02", "End date": "5 Feb 2024"})
    assert (row["date_earliest"], row["date_latest"]) == (pd.Timestamp("2024-02-02"), pd.Timestamp("2024-02-05"))
    assert only(**{"Start date": "2024-02-02", "End date": ""})["date_precision"] == "day"


@pytest.mark.parametrize(
    ("written", "low", "best", "high"),
    [
        ("3", None, 3, None),
        ("3.0", None, 3, None),
        ("1,200", None, 1200, None),
        ("1 200", None, 1200, None),
        ("٣", None, 3, None),
        ("5-7", 5, None, 7),
        ("5 to 7", 5, None, 7),
        ("between 5 and 7", 5, None, 7),
        ("at least 3", 3, None, None),
        ("3+", 3, None, None),
        ("more than 3", 4, None, None),
        ("up to 3", None, None, 3),
        ("fewer than 3", None, None, 2),
        ("about 10", None, 10, None),
        ("none", None, 0, None),
        *((text, None, None, None) for text in ("", "unknown", "-9", "-99", "-1", "N/A", "?", "غير معروف")),
    ],
)
def test_a_number_is_read_as_people_write_it(written, low, best, high):
    reading = read({"Place": "x", "Killed": written})
    row = reading.incidents.iloc[0]
    assert [
        None if pd.isna(row[f"killed_{bound}"]) else row[f"killed_{bound}"] for bound in ("low", "best", "high")
    ] == [
        low,
        best,
        high,
    ]
    assert told(reading) == []


def test_a_number_that_is_none_is_unknown_and_kept_as_written():
    reading = read({"Place": "x", "Killed": "dozens", "Notes": "A strike."}, {"Place": "y", "Killed": "2", "Notes": ""})
    assert reading.incidents["killed_best"].isna().tolist() == [True, False]
    assert reading.incidents["summary"].tolist() == ["A strike. [Killed: dozens]", ""]
    assert told(reading) == [
        "line 2, Killed='dozens': tells no number: read as unknown; write low and high if they are known"
    ]


def test_columns_of_bounds_are_bounds_and_what_is_out_of_order_is_kept_and_flagged():
    row = only(**{"Killed": "3", "Killed min": "5", "Killed max": "4"})
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (5, 3, 4)
    assert row["flag"] == "implausible"


@pytest.mark.parametrize(
    ("cells", "lat", "lon"),
    [
        ({"Lat": "33.79", "Lon": "42.44"}, 33.79, 42.44),
        ({"Lat": "33,79", "Lon": "42,44"}, 33.79, 42.44),
        ({"Lat": "33.79° N", "Lon": "42.44 W"}, 33.79, -42.44),
        ({"Lat": "33°30'00\" S", "Lon": "42° 15' E"}, -33.5, 42.25),
        ({"Coordinates": "33.79, 42.44"}, 33.79, 42.44),
        ({"Coordinates": "(33.79; 42.44)"}, 33.79, 42.44),
        ({"Coordinates": "42.44E 33.79N"}, 33.79, 42.44),
    ],
)
def test_a_point_is_read_as_people_write_it(cells, lat, lon):
    row = only(**cells)
    assert (row["given_lat"], row["given_lon"]) == (lat, lon)


def test_half_a_point_is_none_and_told():
    reading = read({"Place": "x", "Lat": "33.79", "Lon": "east"}, {"Place": "y", "Lat": "1", "Lon": "2"})
    assert reading.incidents["given_lat"].isna().tolist() == [True, False]
    assert [problem.column for problem in reading.problems if problem.line == 2] == ["Lon", "Lat"]


@pytest.mark.parametrize(
    ("written", "category", "event_type"),
    [
        ("Drone attack", "kinetic", "drone_attack"),
        ("airstrike", "kinetic", "air_strike"),
        ("غارة جوية", "kinetic", "air_strike"),
        ("Protest", "political", "protest"),
        ("", "kinetic", ""),
    ],
)
def test_an_event_is_known_by_what_people_call_it(written, category, event_type):
    row = only(Type=written)
    assert (row["category"], row["event_type"]) == (category, event_type)


def test_a_word_that_is_not_known_is_kept_as_written_and_told():
    reading = read({"Place": "x", "Type": "Tickling"})
    assert reading.incidents[["event_type", "summary"]].iloc[0].tolist() == ["", "[Type: Tickling]"]
    assert told(reading) == [
        "line 2, Type='Tickling': is no word that is known here: it is kept as written in the summary"
    ]


def test_who_says_so_is_the_table_unless_it_tells():
    row = only(Actor="Kataib Hezbollah")
    assert (row["attribution"], row["attributed_by"]) == ("attributed", "the table")
    row = only(**{"Claimed by": "Kataib Hezbollah"})
    assert (row["attribution"], row["attributed_by"]) == ("claimed", "Kataib Hezbollah")
    row = only(Actor="", Attribution="")
    assert (row["attribution"], row["attributed_by"]) == ("unknown", "")


def test_a_row_leads_back_to_its_source_or_its_file():
    assert only(Source="BBC")["sources"] == "BBC"
    assert only(Killed="1")["sources"] == "attacks.csv"


def test_a_row_that_names_no_place_at_all_is_rejected_with_the_reason():
    reading = table({"Place": "", "Killed": "1"}, {"Place": "x", "Killed": "2"}).read()
    assert (reading.rows, len(reading.rejected)) == (2, 1)
    assert told(reading) == ["line 2, place='': must not be blank: no cell of the row says where"]


def test_a_known_format_needs_no_mapping():
    with pytest.raises(GeodataError, match="needs no mapping: it is known as Table of incidents"):
        open_table(
            io.BytesIO(b"incident_id,date_earliest,date_latest,place,category\n"), name="t", mapping=ColumnMapping()
        )
