from pathlib import Path

import pytest
from builders import csv_of
from storing import ACTORS, GAZETTEER

from geodata.errors import GeodataError, InvalidTableError
from geodata.store import load
from geodata.store.engine import open_store
from geodata.store.load import load_incidents


def table(folder: Path, content: bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content)
    return path


def loaded(folder: Path, content: bytes, **more: str) -> Path:
    return load_incidents(table(folder, content), folder / "cache", GAZETTEER, ACTORS, **more)


def test_the_same_contents_are_loaded_once(tmp_path, monkeypatch):
    first = loaded(tmp_path, csv_of({}))
    monkeypatch.setattr(load, "_build", lambda *_: pytest.fail("it was built again"))
    assert loaded(tmp_path, csv_of({})) == first


def test_other_contents_are_another_file_and_the_old_one_stays(tmp_path):
    first = loaded(tmp_path, csv_of({}))
    store = open_store(first)
    second = loaded(tmp_path, csv_of({}, {}))
    assert first != second
    assert (store.meta["rows_read"], open_store(second).meta["rows_read"]) == ("1", "2")


def test_another_gazetteer_is_another_file(tmp_path):
    assert loaded(tmp_path, csv_of({}), salt="a") != loaded(tmp_path, csv_of({}), salt="b")


def test_a_load_that_fails_leaves_nothing_behind(tmp_path):
    with pytest.raises(InvalidTableError):
        loaded(tmp_path, b"no,table\n")
    assert list((tmp_path / "cache").iterdir()) == []


def test_faults_of_rows_are_stored_and_nothing_is_dropped(tmp_path):
    rows = {"category": "odd"}, {}, {"incident_id": "INC-2"}, {"date_earliest": "2024-02-30"}
    store = open_store(loaded(tmp_path, csv_of(*rows)))
    rejected = store.ask(store.table("rejected").order_by("line")).to_pylist()
    assert [row["line"] for row in rejected] == [2, 4, 5]
    assert (store.meta["rows_read"], store.meta["rows_rejected"], store.meta["source"]) == ("4", "3", "table.csv")


def test_a_file_that_is_no_store_is_told_so(tmp_path):
    path = tmp_path / "it.duckdb"
    path.write_bytes(b"no store at all")
    with pytest.raises(GeodataError, match=r"it\.duckdb can't be opened"):
        open_store(path)
