"""A table that can't be used, or only in part: the page says so in words, with line, column and repair."""

import pytest
from builders import csv_of
from telling import words

XLSX = b"PK\x03\x04" + b"\0" * 200


@pytest.mark.parametrize(
    ("content", "say"),
    [
        (b"", ["empty"]),
        (XLSX, ["spreadsheet", "CSV"]),
        (b"incident_id,place,category\na,b,kinetic\n", ["date_earliest", "date_latest", "missing"]),
    ],
    ids=["nothing", "spreadsheet", "missing columns"],
)
def test_a_file_that_is_no_such_table_is_told_with_its_repair(start, tmp_path, content, say):
    table = tmp_path / "bad.csv"
    table.write_bytes(content)
    app = start(table)
    said = words(app)
    assert "bad.csv" in said
    assert not [word for word in say if word not in said]
    assert not [word for word in ("Traceback", 'File "', "Error(") if word in said]


def test_a_file_that_is_not_there_is_said_so(start, tmp_path):
    said = words(start(tmp_path / "gone.csv"))
    assert "gone.csv" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(("name", "say"), [("MAPPING", "is no mapping"), ("DECISIONS", "4 problems")])
def test_a_wrong_file_beside_the_table_is_told_by_the_page(start, tmp_path, monkeypatch, name, say):
    beside, table = tmp_path / "beside.txt", tmp_path / "table.csv"
    beside.write_text("photo")
    table.write_bytes(csv_of({}))
    monkeypatch.setenv(name, str(beside))
    said = words(start(table))
    assert f"beside.txt: {say}" in said
    assert "Traceback" not in said


def test_a_table_with_bad_rows_shows_the_good_ones_and_counts_the_rest(start, tmp_path):
    table = tmp_path / "some.csv"
    rows = (
        {},
        {"incident_id": "INC-1"},
        {"date_earliest": "31/05/24"},
        {"place": "Towr 22"},
        {"actor": "Nobody known"},
    )
    table.write_bytes(csv_of(*rows) + "INC-9,,,Büro,kinetic,\n".encode("latin-1"))
    app = start(table)
    labels = {button.key: button.label for button in app.button if "coverage" in str(button.key)}
    assert labels["coverage rejected"].startswith("3 ")
    assert labels["coverage unplaced"].startswith("1 ")
    assert labels["coverage exact"].startswith("2 ")
    app.button(key="coverage rejected").click().run()
    (listed,) = [frame.value for frame in app.dataframe if "What to repair" in frame.value]
    assert listed["Line"].tolist() == [3, 4, 7]
    assert "line 2" in listed["What to repair"][0]
    assert "must be a date like 2024-05-31" in listed["What to repair"][1]
    assert "UTF-8" in listed["What to repair"][2]


def test_an_unplaced_row_is_listed_with_reason_and_candidates(start, tmp_path):
    table = tmp_path / "unplaced.csv"
    table.write_bytes(csv_of({"place": "Towr 22"}, {}))
    app = start(table)
    app.button(key="coverage unplaced").click().run()
    (listed,) = [frame.value for frame in app.dataframe if "Why" in frame.value]
    assert listed["Line"].tolist() == [2]
    assert "no place is called 'Towr 22'" in listed["Why"][0]
    assert "tower-22" in listed["Candidates"][0]


@pytest.mark.parametrize(
    "rows",
    [
        [{"date_earliest": "", "date_latest": ""}],
        [{"place": "Nowhere"}],
        [{"category": "threat"}],
        [{"date_earliest": "2024-02-02", "date_latest": "2024-02-02"}],
        [{"place": "Iraq"}],
        [{"category": "rejected"}],
    ],
    ids=["undated", "unplaced", "not kinetic", "one day", "area", "all rejected"],
)
def test_the_smallest_tables_are_shown(start, tmp_path, rows):
    table = tmp_path / "small.csv"
    table.write_bytes(csv_of(*rows))
    app = start(table)
    assert not app.error
    assert "Something went wrong" not in words(app)


def test_a_table_of_headings_alone_is_shown_as_empty_and_said_to_be(start, tmp_path):
    table = tmp_path / "headings.csv"
    table.write_bytes(csv_of({}).splitlines(keepends=True)[0])
    app = start(table)
    assert [part.value for part in app.warning] == [r"headings\.csv has no rows: add one under its header."]
    assert not app.info
    assert "Something went wrong" not in words(app)


def test_a_table_that_changes_on_disk_is_shown_anew(start, tmp_path):
    table = tmp_path / "changing.csv"
    table.write_bytes(csv_of({}))
    app = start(table)
    assert "1 at" in str([button.label for button in app.button])
    table.write_bytes(csv_of({}, {}, {}))
    app.run()
    assert "3 at" in str([button.label for button in app.button])
