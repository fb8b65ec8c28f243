import io
import json

import pandas as pd
import pytest
from builders import REQUIRED, csv_of, read, read_rows_of, reports

from geodata.errors import InvalidTableError
from geodata.incidents.read import read_batches, read_incidents
from geodata.incidents.schema import COLUMNS, DERIVED, GIVEN

NOT_WHOLE = ", but the two dates are not its first and last day: correct them, or write range"


def refuse(table: bytes) -> list[str]:
    with pytest.raises(InvalidTableError) as caught:
        read(table)
    return str(caught.value).splitlines()


def only(row: dict[str, str]) -> str:
    """Return the one problem of a table of one row, without the line."""
    reading = read_rows_of(row)
    assert reading.rows == len(reading.rejected) == len(reading.problems) == 1
    return reports(reading)[0].removeprefix("line 2, ")


def test_a_row_is_read_into_typed_columns():
    row = read_rows_of({"killed_low": "3", "summary": "a, b", "given_lon": "-1.5", "given_lat": "2"}).incidents.iloc[0]
    assert row["date_latest"] == pd.Timestamp("2024-02-03")
    assert (row["line"], row["killed_low"], row["summary"], row["given_lon"]) == (2, 3, "a, b", -1.5)


def test_every_column_is_there_whichever_the_table_has():
    incidents = read_rows_of({}).incidents
    assert list(incidents) == ["line", *(column.name for column in (*COLUMNS, *GIVEN))]


def test_blank_is_unknown_in_each_kind_and_never_zero():
    row = read_rows_of({"date_earliest": "", "date_latest": "", "killed_best": "", "weapon": ""}).incidents.iloc[0]
    assert row["date_earliest"] is pd.NaT
    assert row["killed_best"] is pd.NA
    assert row["injured_best"] is pd.NA
    assert pd.isna(row["given_lon"])
    assert (row["weapon"], row["actor"]) == ("", "")


def test_columns_have_the_same_types_with_and_without_rows():
    assert read(csv_of()).incidents.dtypes.equals(read_rows_of({"killed_low": "1"}).incidents.dtypes)


def test_text_is_kept_exactly_as_written():
    texts = ["=1+1", "  <script>alert(1)</script> ", "{{ 7*7 }}", "'quoted", "a\r\nb", "عين الأسد", '"', "NULL", "nan"]
    assert read_rows_of(*({"summary": text} for text in texts)).incidents["summary"].tolist() == texts


def test_spaces_around_words_dates_and_numbers_do_not_matter():
    row = read_rows_of({"category": " kinetic ", "date_earliest": "2024-02-02 ", "killed_low": " 3"}).incidents.iloc[0]
    assert (row["category"], row["killed_low"]) == ("kinetic", 3)


def test_several_values_in_a_cell_are_joined_alike():
    row = read_rows_of({"sources": "a:1;b:2 ;"}).incidents.iloc[0]
    assert row["sources"] == "a:1; b:2"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"date_earliest": "31/05/24"}, "date_earliest='31/05/24': must be a date like 2024-05-31"),
        ({"date_earliest": "20240131"}, "date_earliest='20240131': must be a date like 2024-05-31"),
        (
            {"date_latest": "2024-02-30"},
            "date_latest='2024-02-30': there is no such day: must be a date like 2024-05-31",
        ),
        ({"date_earliest": "1899-12-31"}, "date_earliest='1899-12-31': must be a date between 1900 and 2100"),
        ({"date_latest": "2101-01-01"}, "date_latest='2101-01-01': must be a date between 1900 and 2100"),
        (
            {"date_latest": "2024-02-01"},
            "date_latest='2024-02-01': must not be before date_earliest: exchange the two or correct one",
        ),
        (
            {"date_latest": ""},
            "date_latest='': must not be blank when date_earliest is given: give both days, or neither",
        ),
        (
            {"date_earliest": ""},
            "date_earliest='': must not be blank when date_latest is given: give both days, or neither",
        ),
        (
            {"date_precision": "day"},
            "date_precision='day': day, but the two dates differ: make them equal, or write range",
        ),
        (
            {"date_precision": "range", "date_latest": "2024-02-02"},
            "date_precision='range': range, but the two dates are one day: write day, or correct one of them",
        ),
        (
            {"date_precision": "month"},
            f"date_precision='month': month{NOT_WHOLE}",
        ),
        (
            {"date_precision": "month", "date_earliest": "2024-02-01", "date_latest": "2024-03-31"},
            f"date_precision='month': month{NOT_WHOLE}",
        ),
        (
            {"date_precision": "year", "date_earliest": "2023-01-01", "date_latest": "2024-12-31"},
            f"date_precision='year': year{NOT_WHOLE}",
        ),
        (
            {"date_precision": "unknown"},
            "date_precision='unknown': unknown, but there are dates: remove them, or write how finely they are known",
        ),
        (
            {"date_precision": "day", "date_earliest": "", "date_latest": ""},
            "date_precision='day': must be unknown or blank when there are no dates: give the dates, or remove it",
        ),
        ({"killed_low": "-9"}, "killed_low='-9': must be a whole number like 3, or blank when unknown"),
        ({"killed_low": "3.0"}, "killed_low='3.0': must be a whole number like 3, or blank when unknown"),
        ({"killed_low": "٣"}, "killed_low='٣': must be a whole number like 3, or blank when unknown"),
        ({"killed_low": "9999999999"}, "killed_low='9999999999': must be a whole number like 3, or blank when unknown"),
        (
            {"killed_low": "3", "killed_best": "2"},
            "killed_low='3': must not be more than killed_best: low ≤ best ≤ high",
        ),
        (
            {"injured_best": "3", "injured_high": "2"},
            "injured_high='2': must not be less than injured_best: low ≤ best ≤ high",
        ),
        (
            {"killed_low": "3", "killed_high": "2"},
            "killed_low='3': must not be more than killed_high: low ≤ best ≤ high",
        ),
        (
            {"category": "kinetik"},
            "category='kinetik': must be one of kinetic, deployment, political, threat (perhaps kinetic)",
        ),
        ({"category": ""}, "category='': must not be blank"),
        ({"incident_id": " "}, "incident_id=' ': must not be blank"),
        ({"place": " "}, "place=' ': must not be blank"),
        ({"part_of": "INC-2; INC-3"}, "part_of='INC-2; INC-3': must be one id, without a semicolon"),
        (
            {"category": "threat", "event_type": "vote"},
            "event_type='vote': is no event type of category threat: must be one of threat, warning, order",
        ),
        (
            {"given_lon": "east", "given_lat": "1"},
            "given_lon='east': must be a number like 33.79, or blank when unknown",
        ),
        ({"given_lon": "nan", "given_lat": "1"}, "given_lon='nan': must be a number like 33.79, or blank when unknown"),
        ({"given_lon": "1"}, "given_lat='': must not be blank when given_lon is given: give both, or neither"),
        ({"given_lat": "1"}, "given_lon='': must not be blank when given_lat is given: give both, or neither"),
    ],
)
def test_a_cell_that_cannot_be_right_is_refused_with_the_repair(row, problem):
    assert only(row) == problem


def test_a_cell_that_is_not_utf8_is_refused_and_shown_with_its_bytes():
    reading = read(csv_of({"place": "café"}).replace("é".encode(), b"\xe9"))
    assert reports(reading) == ["line 2, place='caf\\xe9': is not UTF-8 text: save the file as \"CSV UTF-8\""]
    assert json.loads(reading.rejected["cells"].iloc[0])["place"] == r"caf\xe9"


@pytest.mark.parametrize(
    "row",
    [
        {"date_precision": "month", "date_earliest": "2024-02-01", "date_latest": "2024-02-29"},
        {"date_precision": "year", "date_earliest": "2024-01-01", "date_latest": "2024-12-31"},
        {"date_precision": "range", "date_earliest": "2024-02-01", "date_latest": "2024-02-29"},
        {"date_precision": "unknown", "date_earliest": "", "date_latest": ""},
        {"killed_low": "0", "killed_high": "0"},
        {"killed_best": "2", "injured_low": "1", "injured_high": "5"},
        {"place": "", "given_lon": "1", "given_lat": "2"},
        {"place": "", "given_country": "Iraq"},
        {"place": "", "given_admin1": "Anbar"},
    ],
)
def test_a_row_that_may_be_right_is_accepted(row):
    assert read_rows_of(row).problems == ()


def test_a_refused_cell_is_not_also_called_contradictory():
    assert only({"date_earliest": "soon"}).startswith("date_earliest='soon'")


def test_a_blank_date_precision_follows_from_the_dates():
    same, undated = {"date_latest": "2024-02-02"}, {"date_earliest": "", "date_latest": ""}
    assert read_rows_of(same, {}, undated).incidents["date_precision"].tolist() == ["day", "range", "unknown"]


def test_a_blank_attribution_is_unknown():
    assert read_rows_of({}, {"attribution": "claimed"}).incidents["attribution"].tolist() == ["unknown", "claimed"]


def test_all_problems_of_all_rows_are_told_at_once_in_the_order_of_the_file():
    reading = read_rows_of({"date_earliest": "x", "killed_low": "y"}, {}, {"category": "z"})
    assert [(problem.line, problem.column) for problem in reading.problems] == [
        (2, "date_earliest"),
        (2, "killed_low"),
        (4, "category"),
    ]


def test_a_rejected_row_keeps_its_line_its_id_all_reasons_and_its_cells_as_written():
    row = read_rows_of({"date_earliest": "x", "killed_low": " y", "summary": "=1"}).rejected.iloc[0]
    assert (row["line"], row["incident_id"]) == (2, "INC-1")
    assert row["reason"] == (
        "date_earliest must be a date like 2024-05-31; killed_low must be a whole number like 3, or blank when unknown"
    )
    cells = json.loads(row["cells"])
    assert (cells["killed_low"], cells["summary"], cells["place"]) == (" y", "=1", "Tower 22")


def test_a_broken_row_is_rejected_with_its_id_and_its_cells_beyond_the_header():
    table = csv_of({"category": "x"}) + b"INC-2,2024-01-01,2024-01-01,x,kinetic,more\n"
    reading = read(table)
    assert reading.rows == len(reading.rejected) == 2
    row = reading.rejected.iloc[1]
    assert (row["line"], row["incident_id"]) == (3, "INC-2")
    assert json.loads(row["cells"])["column 6"] == "more"


def test_of_rows_with_the_same_id_the_first_stays():
    reading = read_rows_of({"incident_id": "A", "actor": "first"}, {}, {"incident_id": "A"}, {"incident_id": "A"})
    assert reading.incidents["actor"].tolist() == ["first", ""]
    assert reports(reading) == [
        "line 4, incident_id='A': line 2 has this id already: give each incident its own",
        "line 5, incident_id='A': line 2 has this id already: give each incident its own",
    ]


@pytest.mark.parametrize("column", ["part_of", "retaliates_for", "possible_duplicate_of"])
def test_a_link_to_no_row_is_a_problem_and_the_row_is_kept(column):
    reading = read_rows_of({column: "INC-9"})
    assert reports(reading) == [f"line 2, {column}='INC-9': no row has the id INC-9: correct or remove it"]
    assert len(reading.incidents) == 1


def test_each_of_several_links_is_checked():
    reading = read_rows_of({"retaliates_for": "INC-2; INC-8; INC-9"}, {})
    assert [problem.reason.split()[5] for problem in reading.problems] == ["INC-8:", "INC-9:"]


def test_a_link_to_a_rejected_row_is_no_link_to_no_row():
    reading = read_rows_of({"part_of": "INC-2"}, {"category": "x"})
    assert [problem.column for problem in reading.problems] == ["category"]


@pytest.mark.parametrize("column", ["part_of", "retaliates_for", "possible_duplicate_of"])
def test_a_link_to_the_row_itself_is_a_problem(column):
    assert reports(read_rows_of({column: "INC-1"})) == [f"line 2, {column}='INC-1': names its own row: remove it"]


def test_parts_that_go_round_in_a_circle_are_told_for_each_row_of_the_circle_only():
    reading = read_rows_of({"part_of": "INC-2"}, {"part_of": "INC-3"}, {"part_of": "INC-2"}, {"part_of": "INC-1"})
    assert [(problem.line, problem.reason) for problem in reading.problems] == [
        (3, "INC-2 is a part of itself by way of others: cut the circle"),
        (4, "INC-3 is a part of itself by way of others: cut the circle"),
    ]


def test_all_missing_columns_are_told_at_once():
    report = refuse(b"incident_id,date_earliest,when\n")
    assert report == [
        "table.csv: 3 problems",
        *(
            f"  line 1, {name}='': the column is missing: add it (the header has: incident_id, date_earliest, when)"
            for name in ("date_latest", "place", "category")
        ),
    ]


def test_a_repeated_column_is_told():
    table = csv_of({"actor": "x"}).replace(b"category", b"category,Category", 1)
    assert refuse(table)[1:] == ["  line 1, category='category': 2 columns have this name: keep one"]


def test_an_unknown_column_is_told_with_the_nearest_name_and_not_read():
    reading = read_rows_of({"sumary": "x"})
    assert reports(reading) == [
        "line 1, sumary='sumary': unknown column: rename it to summary or remove it; its cells are not read"
    ]
    assert reading.incidents["summary"].tolist() == [""]


def test_a_column_without_a_name_is_told_by_its_number():
    reading = read(csv_of({}).replace(b"\n", b",\n"))
    assert reports(reading) == [
        "line 1, column 6='': the column has no name: name or remove it; its cells are not read"
    ]
    assert len(reading.incidents) == 1


def test_upper_case_names_and_spaces_around_them_are_understood():
    table = csv_of({"killed_low": "3"}).replace(b"killed_low", b" KILLED_LOW ").replace(b"place", b"Place")
    assert read(table).incidents["killed_low"].tolist() == [3]


def test_coordinates_of_a_table_from_elsewhere_are_its_own_points():
    incidents = read_rows_of({"lon": "1", "lat": "2", "country": "Iraq", "admin1": "Anbar"}).incidents
    given = incidents[["given_lon", "given_lat", "given_country", "given_admin1"]]
    assert given.iloc[0].tolist() == [1, 2, "Iraq", "Anbar"]


def test_what_an_export_derived_is_passed_over_without_a_word():
    reading = read_rows_of({column.name: "x" for column in DERIVED})
    assert reading.problems == ()
    assert reading.incidents["given_country"].tolist() == [""]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("'=1+1", "=1+1"), ("''=1", "'=1"), ("'+x", "+x"), ("'-x", "-x"), ("'@x", "@x"), ("'x", "'x"), ("=1", "=1")],
)
def test_the_apostrophe_of_an_export_is_taken_away_again(written, meant):
    assert read_rows_of({"place_id": "", "summary": written}).incidents["summary"].tolist() == [meant]
    assert read_rows_of({"summary": written}).incidents["summary"].tolist() == [written]


def test_the_name_in_messages_is_the_files(tmp_path):
    (tmp_path / "mine.csv").write_bytes(b"")
    with pytest.raises(InvalidTableError, match=r"mine\.csv"):
        read_incidents(tmp_path / "mine.csv")
    with (tmp_path / "mine.csv").open("rb") as file, pytest.raises(InvalidTableError, match=r"^mine\.csv"):
        read_incidents(file)
    with pytest.raises(InvalidTableError, match=r"^table: "):
        read_incidents(io.BytesIO(b""))


def test_batches_are_about_as_large_as_asked_and_together_the_whole(monkeypatch):
    monkeypatch.setattr("geodata.tables.chunks.CHUNK_BYTES", 200)
    rows = [{"actor": str(number), "category": "x" if number % 7 == 0 else "kinetic"} for number in range(50)]
    table = csv_of({"unknown column": "x"}, *rows)
    batches = list(read_batches(io.BytesIO(table), batch_rows=10))
    assert all(10 <= batch.rows < 16 for batch in batches[:-1])
    joined = pd.concat([batch.incidents for batch in batches], ignore_index=True)
    pd.testing.assert_frame_equal(joined, read(table).incidents)
    assert sum(batch.rows for batch in batches) == read(table).rows == 51
    assert [problem for batch in batches for problem in batch.problems] == [*read(table).problems]


def test_a_table_without_rows_is_one_empty_batch():
    assert [batch.rows for batch in read_batches(io.BytesIO(csv_of()))] == [0]


def test_the_required_columns_are_those_of_the_builders():
    assert {column.name for column in COLUMNS if column.required} == set(REQUIRED)
