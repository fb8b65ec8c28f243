"""The shipped table of incidents, row by row."""

import re
from pathlib import Path
from typing import Any

import pytest

from geodata.actors.actors import ActorMatch, read_actors
from geodata.commands.check import find_problems
from geodata.formats.opening import open_table
from geodata.gazetteer.locate import locate
from geodata.gazetteer.match import Match, match_place
from geodata.gazetteer.places import read_gazetteer
from geodata.incidents.documents import read_documents
from geodata.incidents.read import read_incidents
from geodata.incidents.rules import check_locators
from geodata.incidents.tallies import read_tallies
from geodata.tables.cells import split_list
from geodata.tables.table import to_records

FILE = Path(__file__).parents[2] / "incidents.csv"
READING = read_incidents(FILE)
GAZETTEER = read_gazetteer()
ACTORS = read_actors()
DOCUMENTS = read_documents()
TALLIES = read_tallies()
ROWS = to_records(READING.incidents)

each_row = pytest.mark.parametrize("row", ROWS, ids=[row["incident_id"] for row in ROWS])


def test_nothing_is_wrong_with_the_table():
    assert [str(problem) for problem in find_problems(open_table(FILE))[0]] == []


def test_the_table_has_the_columns_of_the_schema_in_their_order():
    header = FILE.read_text(encoding="utf-8").splitlines()[0].split(",")
    assert header == [name for name in READING.incidents if name in header]
    assert len(header) == 32


def test_every_kinetic_event_is_on_the_map():
    located = locate(READING.incidents, GAZETTEER)
    kinetic = located[located["category"] == "kinetic"]
    assert kinetic.loc[kinetic["location"] == "unplaced", "incident_id"].tolist() == []


def test_the_night_of_2_february_2024_is_told_in_several_rows():
    night = [row for row in ROWS if row["date_earliest"] is not None and str(row["date_earliest"])[:10] == "2024-02-02"]
    assert len(night) >= 5


@each_row
def test_a_row_names_exactly_one_place_and_only_known_actors(row: dict[str, Any]):
    assert isinstance(match_place(row["place"], GAZETTEER), Match)
    for name in (row["actor"], row["presumed_actor"]):
        assert not name or isinstance(ACTORS.match(name), ActorMatch)


@each_row
def test_a_row_has_an_id_like_the_others_a_summary_and_sources_that_lead_to_passages(row: dict[str, Any]):
    assert re.fullmatch(r"INC-[0-9]{4}", row["incident_id"])
    assert row["summary"].endswith(".")
    assert row["sources"]
    assert all(re.fullmatch(r"[a-z0-9-]+:[0-9]+", source) for source in split_list(row["sources"]))


@each_row
def test_who_claims_is_named_and_nobody_is_presumed_who_is_named(row: dict[str, Any]):
    assert row["attribution"] != "claimed" or row["actor"]
    assert not row["actor"] or row["actor"] != row["presumed_actor"]


def test_every_tally_leads_to_a_passage():
    assert check_locators(TALLIES, DOCUMENTS) == []
    assert (TALLIES["sources"] != "").all()
    assert TALLIES["tally_id"].is_unique


def test_every_document_is_cited():
    cells = [*READING.incidents["sources"], *TALLIES["sources"]]
    cited = {source.partition(":")[0] for cell in cells for source in split_list(cell)}
    assert cited == set(DOCUMENTS["document"])
