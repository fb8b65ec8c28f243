"""`python -m geodata export`: the dashboard's filter on the command line."""

import csv
import io
import json

import pytest
from builders import csv_of

from geodata.__main__ import main

ROWS = [
    {"place": "Tower 22", "actor": "Islamic Resistance in Iraq", "category": "kinetic", "event_type": "drone_attack"},
    {"place": "Baghdad", "actor": "Kataib Hezbollah", "category": "threat", "date_earliest": "", "date_latest": ""},
    {"place": "Atlantis", "actor": "", "category": "kinetic", "summary": "=1+1"},
    {"place": "Syria", "actor": "Israel", "date_earliest": "2024-03-01", "date_latest": "2024-03-31"},
]


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "table.csv"
    file.write_bytes(csv_of(*ROWS))
    return file


def kept(capsys, *arguments):
    """Return the ids that a command writes to standard output, in their order."""
    assert main(["export", *map(str, arguments)]) == 0
    return [row["incident_id"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ([], ["INC-4", "INC-1", "INC-3", "INC-2"]),
        (["--order", "oldest"], ["INC-1", "INC-3", "INC-4", "INC-2"]),
        (["--start", "2024-03-31"], ["INC-4", "INC-2"]),
        (["--start", "2024-03-31", "--no-undated"], ["INC-4"]),
        (["--start", "2024-03-02", "--end", "2024-04-30", "--within", "--no-undated"], []),
        (["--faction", "ISLAMIC resistance in iraq"], ["INC-1", "INC-2"]),
        (["--faction", "islamic-resistance-in-iraq", "--no-members"], ["INC-1"]),
        (["--faction", "كتائب حزب الله", "--faction", "israel"], ["INC-4", "INC-2"]),
        (["--country", "jordan", "--country", "SYRIA"], ["INC-4", "INC-1"]),
        (["--country", ""], ["INC-3"]),
        (["--category", "Threat"], ["INC-2"]),
        (["--event-type", "drone attack"], ["INC-1"]),
        (["--side", "israel"], ["INC-4"]),
        (["--known-to", "country"], ["INC-4"]),
        (["--attribution", "claimed"], []),
        (["--text", "atlantis 1+1"], ["INC-3"]),
    ],
)
def test_options_ask_what_the_dashboard_asks(table, capsys, asked, ids):
    assert kept(capsys, table, *asked) == ids


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--faction", "Kataib Hesbolla"], "no faction is called 'Kataib Hesbolla': perhaps kataib-hezbollah"),
        (["--country", "Jordn"], "no country is called 'Jordn': perhaps Jordan"),
        (["--start", "2024-03-02", "--end", "2024-03-01"], "--start 2024-03-02 is after --end 2024-03-01"),
    ],
)
def test_what_is_not_known_is_an_error_with_the_nearest(table, capsys, asked, told):
    assert main(["export", str(table), *asked]) == 1
    answer = capsys.readouterr()
    assert answer.out == ""
    assert told in answer.err


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            ["--category", "kinetik"],
            "'kinetik' must be one of kinetic, deployment, political, threat (perhaps kinetic)",
        ),
        (["--start", "31/05/24"], "'31/05/24' must be a date like 2024-05-31"),
    ],
)
def test_a_wrong_word_is_told_before_anything_is_read(table, capsys, asked, told):
    with pytest.raises(SystemExit):
        main(["export", str(table), *asked])
    assert told in capsys.readouterr().err


def test_the_name_of_the_file_tells_the_format(table, tmp_path, capsys):
    out = tmp_path / "list.geojson"
    assert main(["export", str(table), "-o", str(out)]) == 0
    assert "4 rows = 2 exact + 1 approximate + 1 without a place; 4 read, 0 rejected" in capsys.readouterr().err
    features = json.loads(out.read_text(encoding="utf-8"))["features"]
    assert [feature["id"] for feature in features if feature["geometry"] is None] == ["INC-3"]
    assert main(["export", str(table), "-o", str(tmp_path / "list.doc")]) == 1
    assert "list.doc: say --format" in capsys.readouterr().err


def test_a_file_appears_whole_or_not_at_all(table, tmp_path):
    out = tmp_path / "list.csv"
    out.write_text("before")
    assert main(["export", str(table), "--country", "Nowhere", "-o", str(out)]) == 1
    assert out.read_text() == "before"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["list.csv", "table.csv"]


def test_formulas_are_inert(table, capsys):
    assert main(["export", str(table), "--text", "atlantis"]) == 0
    row = next(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert row["summary"] == "'=1+1"
