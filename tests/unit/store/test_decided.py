"""A store built with a reader's decisions."""

from pathlib import Path

from builders import csv_of
from deciding import accept, accept_actor, decided, distinct, leave, same
from storing import ACTORS, GAZETTEER

from geodata.review.decisions import NOTHING_DECIDED, Decision, Decisions
from geodata.review.file import digest_decisions
from geodata.store.engine import Store, open_store
from geodata.store.load import load_incidents
from geodata.store.queries import find_incident, find_related

ROWS = ({"place": "the hill"}, {"place": "the hill", "actor": "the boys"}, {"place": "Nowhere"})


def file_of(folder: Path, decisions: Decisions, *rows: dict[str, str]) -> Path:
    path = folder / "table.csv"
    path.write_bytes(csv_of(*(rows or ROWS)))
    return load_incidents(path, folder / "cache", GAZETTEER, ACTORS, decisions=decisions)


def store_of(folder: Path, *decisions: Decision, rows: tuple[dict[str, str], ...] = ROWS) -> Store:
    return open_store(file_of(folder, decided(*decisions), *rows))


def test_the_rows_that_a_decision_names_are_where_it_says(tmp_path):
    store = store_of(tmp_path, accept("the hill", "tanf"), accept_actor("the boys", "axis"))
    told = [find_incident(store, f"INC-{n}") or {} for n in (1, 2, 3)]
    assert [row["place_id"] for row in told] == ["tanf", "tanf", ""]
    assert [row["actor_id"] for row in told] == ["", "axis", ""]
    assert [row["found_by"] for row in told] == ["decision", "decision", ""]


def test_other_decisions_are_another_file_and_the_same_are_the_same(tmp_path):
    first, again = (file_of(tmp_path, decided(leave("the hill"))) for _ in range(2))
    assert first == again
    assert len({first, file_of(tmp_path, NOTHING_DECIDED), file_of(tmp_path, decided(leave("Nowhere")))}) == 3


def test_a_store_tells_by_which_decisions_it_was_made(tmp_path):
    decisions = decided(leave("the hill"))
    assert open_store(file_of(tmp_path, decisions)).meta["decisions_sha256"] == digest_decisions(decisions)
    assert "decisions_sha256" not in open_store(file_of(tmp_path, NOTHING_DECIDED)).meta


def test_a_store_tells_how_far_each_decision_reached(tmp_path):
    store = store_of(tmp_path, accept("the hill", "tanf"), accept("Nowhere", "atlantis"), leave("Atlantis"))
    rows = store.ask(store.table("decisions").order_by("name")).to_pylist()
    assert [(row["name"], row["rows"]) for row in rows] == [("Atlantis", 0), ("Nowhere", 1), ("the hill", 2)]
    assert [row["problem"].partition(":")[0] for row in rows] == [
        "no row writes this place without given_country and without given_admin1",
        "no place has this id",
        "",
    ]


def test_the_same_incidents_are_linked_and_both_stay(tmp_path):
    store = store_of(tmp_path, same("INC-2", "INC-1"))
    assert store.meta["rows_rejected"] == "0"
    assert (find_incident(store, "INC-2") or {})["possible_duplicate_of"] == "INC-1"
    (link,) = find_related(store, (find_incident(store, "INC-1") or {})["row"])
    assert (link["relation"], link["incident_id"], link["towards"]) == ("possible_duplicate_of", "INC-2", False)


def test_incidents_that_say_so_themselves_are_linked_once(tmp_path):
    rows = ({"possible_duplicate_of": "INC-2; INC-3"}, {}, {})
    store = store_of(tmp_path, same("INC-2", "INC-1"), same("INC-3", "INC-2"), rows=rows)
    links = [(find_incident(store, f"INC-{n}") or {})["possible_duplicate_of"] for n in (1, 2, 3)]
    assert links == ["INC-2; INC-3", "", "INC-2"]


def test_a_pair_of_which_one_is_not_there_is_told_and_links_nothing(tmp_path):
    store = store_of(tmp_path, same("INC-1", "INC-9"), distinct("INC-8", "INC-1"))
    assert store.ask(store.table("links")).num_rows == 0
    told = store.ask(store.table("decisions").order_by("target")).to_pylist()
    assert [row["problem"] for row in told] == [
        "no row has the id INC-9: correct or remove it",
        "no row has the id INC-8: correct or remove it",
    ]
