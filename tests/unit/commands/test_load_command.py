import pyarrow.parquet as pq
import pytest
from builders import csv_of

from geodata.__main__ import main
from geodata.store.engine import TABLES, open_store


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(csv_of({"date_earliest": "2024-02-03"}, {"date_earliest": "2024-01-01"}, {"category": "odd"}))
    return path


def test_the_store_is_kept_where_it_is_told_and_its_path_printed(table, tmp_path, capsys):
    assert main(["load", str(table), "--cache", str(tmp_path / "cache")]) == 0
    (file,) = (tmp_path / "cache").glob("*.duckdb")
    assert capsys.readouterr().out == f"{file}\n"
    assert open_store(file).meta["rows_read"] == "3"


def test_the_tables_are_written_as_parquet_sorted_by_date(table, tmp_path, capsys):
    assert main(["load", str(table), "--to", str(tmp_path / "shared")]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'shared'}\n"
    assert {folder.name for folder in (tmp_path / "shared").iterdir()} == set(TABLES)
    incidents = pq.read_table(tmp_path / "shared" / "incidents")
    assert incidents["incident_id"].to_pylist() == ["INC-2", "INC-1"]
    assert incidents["row"].to_pylist() == [0, 1]
    assert pq.read_table(tmp_path / "shared" / "rejected").num_rows == 1


def test_it_must_be_told_where_to(table, capsys):
    assert main(["load", str(table)]) == 1
    assert "--cache" in capsys.readouterr().err


def test_what_stands_in_the_folder_already_is_not_overwritten(table, tmp_path, capsys):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "mine").touch()
    assert main(["load", str(table), "--to", str(tmp_path / "shared")]) == 1
    assert "exists already" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "shared").iterdir()] == ["mine"]
