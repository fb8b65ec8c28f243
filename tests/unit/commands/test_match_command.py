import csv
import io
import sys

import pytest

from geodata.__main__ import main

HEADER = ["name", "decision", "place_id", "place", "score", "candidates"]


@pytest.fixture
def told(monkeypatch, capsys):
    """Return a function that gives the rows of the answer to some bytes."""

    def tell(names: bytes) -> list[list[str]]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(names)))
        assert main(["match"]) == 0
        header, *rows = csv.reader(io.StringIO(capsys.readouterr().out, newline=""))
        assert header == HEADER
        return rows

    return tell


def test_a_name_is_placed_or_suggested_or_refused(told):
    placed, suggested, refused = told("برج 22\nTowr 22\nFrobnitz\n".encode())
    assert placed == ["برج 22", "placed", "tower-22", "Tower 22", "100.0", ""]
    assert suggested[:4] == ["Towr 22", "suggested", "", ""]
    assert suggested[5].split("; ")[0] == "tower-22"
    assert refused == ["Frobnitz", "refused", "", "", "", ""]


def test_an_ambiguous_name_is_suggested_with_all_that_it_means(told):
    assert told(b"Al-Tanf") == [["Al-Tanf", "suggested", "", "", "100.0", "al-tanf-crossing; al-tanf-garrison"]]


def test_the_country_after_a_tab_is_context(told):
    jordan, yemen = told(b"Tower 22\tJordan\nTower 22\tYemen\n")
    assert jordan[:3] == ["Tower 22", "placed", "tower-22"]
    assert yemen[:3] == ["Tower 22", "suggested", ""]


def test_what_is_no_country_places_nothing(told):
    assert [row[1] for row in told(b"Tower 22\tJordan\tmore\nTower 22\tNowhere\n")] == ["suggested", "suggested"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b"", ""),
        (b"   ", "   "),
        (b"\tIraq", ""),
        (b"\xff\xfe", r"\xff\xfe"),
        (b'a "b", c', 'a "b", c'),
        (b"a\rb", "a\rb"),
        (b"\x00", "\x00"),
        (b"=1+1", "=1+1"),
        ("ا".encode() * 100_000, "ا" * 100_000),
    ],
)
def test_every_line_is_answered_as_it_was_written(told, line, name):
    (first, decision, *_), (*second,) = told(line + b"\r\nTower 22")
    assert (first, decision == "placed", second[:2]) == (name, False, ["Tower 22", "placed"])


def test_no_names_are_no_rows(told):
    assert told(b"") == []
