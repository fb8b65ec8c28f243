"""The whole review without a browser: ask, fill in, hand back in."""

import csv
import io
from pathlib import Path

import pytest
from builders import csv_of

from geodata.__main__ import main

ROWS = (
    {"place": "Towr 22", "given_country": "Jordan", "actor": "the boys"},
    {"place": "Towr 22", "given_country": "Jordan"},
    {"place": "Nowhere at all"},
    {"place": "Tower 22", "actor": "Israel"},
    {"place": "Tower 22", "actor": "Israel"},
)


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "table.csv"
    path.write_bytes(csv_of(*ROWS))
    return str(path)


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def asked(capsys, *arguments: str) -> tuple[list[dict[str, str]], str]:
    assert main(["review", *arguments]) == 0
    told = capsys.readouterr()
    return lines(told.out), told.err


def test_names_in_doubt_are_asked_about_with_what_they_may_mean(table, capsys):
    told, sums = asked(capsys, table)
    assert [(line["what"], line["name"], line["country"], line["rows"], line["decision"]) for line in told] == [
        ("place", "Towr 22", "Jordan", "2", ""),
        ("place", "Nowhere at all", "", "1", ""),
        ("actor", "the boys", "", "1", ""),
    ]
    assert told[0]["target"] == "tower-22"
    assert told[0]["candidates"].startswith("tower-22 (Tower 22, ")
    assert told[0]["reason"].startswith("no place is called 'Towr 22' in Jordan")
    assert sums == "names in doubt: 2 of places (3 rows), 1 of actors (1 rows)\n"


def test_pairs_are_asked_about_when_wished(table, capsys):
    told, sums = asked(capsys, table, "--duplicates")
    assert [(line["what"], line["target"]) for line in told][-1] == ("duplicate", "INC-4; INC-5")
    assert "at Tower 22" in told[-1]["reason"]
    assert sums.endswith("; pairs that may be told twice: 1\n")


def test_the_sheet_filled_in_is_a_file_of_decisions(table, tmp_path, capsys):
    told, _ = asked(capsys, table, "--duplicates")
    for line, decision in zip(told, ("accept", "leave", "", "same"), strict=True):
        line["decision"] = decision
    sheet = tmp_path / "sheet.csv"
    with sheet.open("w", newline="") as file:
        table_writer = csv.DictWriter(file, list(told[0]))
        table_writer.writeheader()
        table_writer.writerows(told)
    again, sums = asked(capsys, table, "--duplicates", "--decisions", str(sheet))
    assert sums == "names in doubt: 0 of places (0 rows), 1 of actors (1 rows); pairs that may be told twice: 0\n"
    assert sorted((line["what"], line["decision"], line["rows"]) for line in again) == [
        ("actor", "", "1"),
        ("duplicate", "same", "2"),
        ("place", "accept", "2"),
        ("place", "leave", "1"),
    ]


def test_decisions_that_change_nothing_stay_in_the_sheet_with_the_reason(table, tmp_path, capsys):
    mine = tmp_path / "mine.csv"
    mine.write_text("what,name,decision,target\nplace,Elsewhere,leave,\n")
    told, _ = asked(capsys, table, "--decisions", str(mine))
    assert (told[0]["name"], told[0]["decision"]) == ("Elsewhere", "leave")
    assert told[0]["reason"].startswith("no row writes this place")
