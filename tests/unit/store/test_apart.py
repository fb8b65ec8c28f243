import pytest
from builders import csv_of
from storing import ACTORS, GAZETTEER

from geodata.errors import GeodataError, InvalidTableError
from geodata.formats.mapping import ColumnMapping
from geodata.gazetteer.match import match_place
from geodata.review.decisions import NOTHING_DECIDED, Decision, Subject, Verdict
from geodata.store import apart
from geodata.store.apart import load_apart
from geodata.store.engine import open_store
from geodata.store.load import is_loaded


@pytest.fixture
def table(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "LARGE", 0)
    path = tmp_path / "table.csv"
    path.write_bytes(csv_of({}, {}))
    return path


def test_what_is_loaded_apart_is_the_same_store_also_when_names_have_been_looked_up_before(table, tmp_path):
    for name in ("Tower 22", "Towr 2"):
        match_place(name, GAZETTEER)
        ACTORS.match(name)
    file = load_apart(table, tmp_path / "cache", GAZETTEER, ACTORS)
    assert open_store(file).meta["rows_read"] == "2"
    assert open_store(file).meta["source"] == "table.csv"


def test_what_is_loaded_apart_is_read_by_the_mapping_and_the_decisions(table, tmp_path):
    table.write_text("When;Spot\n03/04/2024;The old fort\n")
    mapping = ColumnMapping(columns={"date": "When", "place": "Spot"}, date_order="day first")
    decided = Decision(what=Subject.PLACE, name="The old fort", decision=Verdict.ACCEPT, target="tower-22")
    told = {"mapping": mapping, "decisions": NOTHING_DECIDED.deciding(decided)}
    file = load_apart(table, tmp_path / "cache", GAZETTEER, ACTORS, **told)
    store = open_store(file)
    (row,) = store.ask(store.incidents.select("date_earliest", "place_id")).to_pylist()
    assert (row["date_earliest"].isoformat(), row["place_id"]) == ("2024-04-03", "tower-22")
    assert is_loaded(table, tmp_path / "cache", **told)
    assert not is_loaded(table, tmp_path / "cache")


def test_what_is_wrong_with_a_table_is_told_as_if_it_were_read_here(table, tmp_path):
    table.write_text("no,table\n")
    with pytest.raises(InvalidTableError, match=r"table\.csv") as told:
        load_apart(table, tmp_path / "cache", GAZETTEER, ACTORS)
    assert told.value.problems


def test_what_is_loaded_already_needs_no_other_process(table, tmp_path, monkeypatch):
    file = load_apart(table, tmp_path / "cache", GAZETTEER, ACTORS)
    monkeypatch.setattr(apart.subprocess, "run", lambda *_, **__: pytest.fail("another process is started"))
    assert load_apart(table, tmp_path / "cache", GAZETTEER, ACTORS) == file


def test_a_process_that_is_ended_is_told_in_a_sentence(table, tmp_path, monkeypatch):
    killed = tmp_path / "python"
    killed.write_text("#!/bin/sh\nkill -9 $$\n")
    killed.chmod(0o755)
    monkeypatch.setattr(apart.sys, "executable", str(killed))
    with pytest.raises(GeodataError, match="ended half way"):
        load_apart(table, tmp_path / "cache", GAZETTEER, ACTORS)
