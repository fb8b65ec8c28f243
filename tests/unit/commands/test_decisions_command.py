"""Every command that takes decisions."""

import json
from pathlib import Path

import pytest
from builders import csv_of

from geodata.__main__ import main
from geodata.store.engine import open_store

ROWS = ({"place": "the hill"}, {"place": "Tower 22"})


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "table.csv"
    path.write_bytes(csv_of(*ROWS))
    return str(path)


@pytest.fixture
def decide(tmp_path: Path):
    def write(*lines: str) -> list[str]:
        path = tmp_path / "mine.csv"
        path.write_text("\n".join(["what,name,decision,target", *lines, ""]))
        return ["--decisions", str(path)]

    return write


ACCEPT = "place,the hill,accept,tower-22"
IDLE = "place,the dale,leave,"
BROKEN = "place,the dell,later,"


def test_check_asks_no_more_about_what_is_decided(table, decide, capsys):
    assert main(["check", table]) == 1
    assert "'the hill'" in capsys.readouterr().out
    assert main(["check", table, *decide("place,the hill,leave,")]) == 0
    assert capsys.readouterr().out == "table.csv: 2 rows, no problems\n"


@pytest.mark.parametrize("line", [IDLE, BROKEN])
def test_check_tells_of_decisions_that_are_wrong(table, decide, capsys, line):
    assert main(["check", table, *decide(ACCEPT, line)]) == 1
    told = capsys.readouterr()
    assert told.out == "table.csv: 2 rows, no problems\n"
    assert told.err.startswith("mine.csv: 1 problem\n  line 3, ")


def test_locate_places_what_is_decided_and_says_so(table, decide, capsys):
    assert main(["locate", table, *decide(ACCEPT, IDLE)]) == 0
    told = capsys.readouterr()
    assert "INC-1,the hill,tower-22," in told.out
    assert "placed by the reader's decision,,decision\n" in told.out
    assert "2 read = 2 exact" in told.err
    assert "mine.csv: 1 problem\n  line 3, name='the dale'" in told.err


def test_load_keeps_the_store_as_decided(table, decide, tmp_path, capsys):
    assert main(["load", table, "--cache", str(tmp_path / "cache"), *decide(ACCEPT, IDLE)]) == 0
    told = capsys.readouterr()
    assert "decisions_sha256" in open_store(Path(told.out.strip())).meta
    assert "line 3, name='the dale'" in told.err


def test_an_export_is_made_again_only_with_the_same_decisions(table, decide, tmp_path, capsys):
    out, decisions = str(tmp_path / "out.csv"), decide(ACCEPT)
    assert main(["export", table, "-o", out, *decisions]) == 0
    assert "2 rows = 2 exact" in capsys.readouterr().err
    assert "decisions" in json.loads((tmp_path / "out.csv.manifest.json").read_text())["inputs"]
    assert main(["verify", out, "--incidents", table, *decisions]) == 0
    assert main(["verify", out, "--incidents", table]) == 1
    assert "NO   decisions is the same" in capsys.readouterr().out
    assert main(["verify", out, "--incidents", table, *decide("place,the hill,leave,")]) == 1


def test_an_export_without_decisions_names_none(table, tmp_path):
    assert main(["export", table, "-o", str(tmp_path / "out.csv")]) == 0
    assert "decisions" not in json.loads((tmp_path / "out.csv.manifest.json").read_text())["inputs"]


def test_a_map_is_drawn_as_decided(table, decide, tmp_path, capsys):
    assert main(["map", table, "-o", str(tmp_path / "out.html"), *decide(ACCEPT, IDLE)]) == 0
    assert "name='the dale'" in capsys.readouterr().err
    assert "decisions" in json.loads((tmp_path / "out.html.manifest.json").read_text())["inputs"]


def test_a_file_that_is_no_decisions_is_told_so(table, tmp_path, capsys):
    assert main(["locate", table, "--decisions", table]) == 1
    assert "table.csv: " in capsys.readouterr().err
    assert main(["locate", table, "--decisions", str(tmp_path / "none.csv")]) == 1
    assert "No such file" in capsys.readouterr().err
