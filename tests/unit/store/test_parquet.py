import duckdb
import pyarrow.parquet as pq
import pytest
from builders import csv_of
from storing import ACTORS, GAZETTEER

from geodata.store import parquet
from geodata.store.engine import TABLES
from geodata.store.load import load_incidents
from geodata.store.parquet import write_tables


@pytest.fixture
def file(tmp_path):
    table = tmp_path / "table.csv"
    table.write_bytes(csv_of({}, {"summary": "it's"}))
    return load_incidents(table, tmp_path / "cache", GAZETTEER, ACTORS)


def test_every_table_of_a_store_is_written(file, tmp_path):
    with duckdb.connect(file, read_only=True) as connection:
        assert {row[0] for row in connection.sql("SHOW TABLES").fetchall()} == set(TABLES)
    folder = tmp_path / "it's shared"
    write_tables(file, folder)
    assert pq.read_table(folder / "incidents")["summary"].to_pylist() == ["", "it's"]


def test_writing_that_fails_leaves_nothing_behind(file, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "TABLES", ("incidents", "no_such_table"))
    with pytest.raises(duckdb.Error):
        write_tables(file, tmp_path / "shared")
    assert {path.name for path in tmp_path.iterdir()} == {"table.csv", "cache"}
