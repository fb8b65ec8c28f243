import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import csv_of

from geodata.__main__ import main
from geodata.gazetteer.places import read_gazetteer

ROOT = Path(__file__).parents[2]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return a table with a row at Tower 22, one in Iraq, one nowhere and one that is rejected."""
    path = tmp_path / "table.csv"
    rows = [{"place": "Tower 22"}, {"place": "Iraq"}, {"place": "Towr 22"}, {"category": "x"}]
    path.write_bytes(csv_of(*rows, quote_all=True))
    return path


def shell(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Return what the command line does in a process of its own."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "geodata", *map(str, command)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )


def test_check_lists_everything_that_is_wrong_by_line(tmp_path, capsys):
    path = tmp_path / "t.csv"
    good = {"sources": "elias-2020:1"}
    rows = [
        good | {"place": "Towr 22"},
        good | {"actor": "Nobody at all"},
        good | {"date_earliest": "x"},
        {"sources": "nodocument:1"},
        {},
    ]
    path.write_bytes(csv_of(*rows))
    assert main(["check", str(path)]) == 1
    first, *problems = capsys.readouterr().out.splitlines()
    assert first == "t.csv: 5 problems"
    assert [line.partition("=")[0] for line in problems] == [
        "  line 2, place",
        "  line 3, actor",
        "  line 4, date_earliest",
        "  line 5, sources",
        "  line 6, sources",
    ]


def test_check_of_a_good_table_says_so(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_bytes(csv_of({"place": "Tower 22"}))
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out == "t.csv: 1 rows, no problems\n"


def test_check_of_a_table_without_rows_says_how_to_repair_it(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_bytes(csv_of({}).splitlines(keepends=True)[0])
    assert main(["check", str(path)]) == 1
    assert capsys.readouterr().out == "t.csv: 1 problem\n  line 1: there is no row under this header: add one\n"


def test_check_suggests_places_for_an_unknown_name(table, capsys):
    main(["check", str(table)])
    assert (
        "  line 4, place='Towr 22': no place is called 'Towr 22': correct the name, or add the place to the gazetteer"
        " (perhaps tower-22"
    ) in capsys.readouterr().out


def test_check_notes_a_point_away_from_its_place(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_bytes(csv_of({"place": "Tower 22", "lon": "40", "lat": "33"}))
    assert main(["check", str(path)]) == 1
    assert "km from Tower 22" in capsys.readouterr().out


def test_places_prints_the_gazetteer(capsys):
    assert main(["places"]) == 0
    printed = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    places = read_gazetteer().places
    assert list(printed[0]) == [
        "place_id",
        "name",
        "lon",
        "lat",
        "kind",
        "precision",
        "uncertainty_m",
        "country",
        "admin1",
        "aliases",
    ]
    assert [row["place_id"] for row in printed] == list(places)
    row = next(row for row in printed if row["place_id"] == "tower-22")
    tower = places["tower-22"]
    assert (float(row["lon"]), int(row["uncertainty_m"])) == (tower.lon, tower.uncertainty_m)
    assert row["aliases"] == "; ".join(alias.alias for alias in tower.aliases)


def test_locate_prints_each_accepted_row_and_sums_that_add_up(table, capsys):
    assert main(["locate", str(table)]) == 0
    printed = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(printed.out)))
    assert [(row["incident_id"], row["place_id"], row["location"]) for row in rows] == [
        ("INC-1", "tower-22", "exact"),
        ("INC-2", "iraq", "approximate"),
        ("INC-3", "", "unplaced"),
    ]
    assert rows[2]["candidates"].startswith("tower-22")
    assert printed.err == "4 read = 1 exact + 1 approximate + 1 without a place + 1 rejected\n"


def test_dictionary_prints_the_data_dictionary(capsys):
    assert main(["dictionary"]) == 0
    assert capsys.readouterr().out.startswith("# Data dictionary\n")


@pytest.mark.parametrize("command", ["check", "locate"])
@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "No such file or directory"), (b"", "the file is empty"), (b"PK\x03\x04", "this is an Excel workbook")],
)
def test_a_file_that_cannot_be_read_is_told_without_a_traceback(command, content, message, tmp_path, capsys):
    path = tmp_path / "t.csv"
    if content is not None:
        path.write_bytes(content)
    assert main([command, str(path)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert message in printed.err
    assert "t.csv" in printed.err


def test_a_wrong_command_explains_itself_and_exits_with_2(capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["chek"])
    assert leaving.value.code == 2
    assert "invalid choice: 'chek'" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["places", "check"])
def test_a_reader_who_has_had_enough_is_no_error(command):
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "geodata", command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr:
        assert process.stderr.read() == b""
    assert process.wait() == 0


def test_names_of_all_scripts_are_printed_whatever_the_machine_prefers():
    places = shell("places", PYTHONIOENCODING="latin-1", LC_ALL="C")
    assert (places.returncode, places.stderr) == (0, b"")
    assert "عين الأسد" in places.stdout.decode("utf-8")


def test_the_time_zone_of_the_machine_makes_no_difference(table):
    outputs = {shell("locate", table, TZ=zone).stdout for zone in ("Asia/Baghdad", "UTC", "America/New_York")}
    assert len(outputs) == 1
    assert b"tower-22" in outputs.pop()
