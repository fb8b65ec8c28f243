"""Every command that reads a table reads it by the mapping that it is given."""

import json
from pathlib import Path

import pytest
from builders import csv_of

from geodata.__main__ import main
from geodata.formats.mapping import ColumnMapping
from geodata.store.engine import open_store
from geodata.store.queries import find_incident

MAPPING = ColumnMapping(columns={"incident_id": "Nr", "place": "Wo", "date": "Wann"}, date_order="day first")


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "theirs.csv"
    path.write_text("Nr;Wo;Wann\nA;Tower 22;03/04/2024\n")
    return str(path)


@pytest.fixture
def mapping(tmp_path: Path) -> list[str]:
    path = tmp_path / "mapping.json"
    path.write_text(MAPPING.to_text(), encoding="utf-8-sig")
    return ["--mapping", str(path)]


@pytest.mark.parametrize(
    "command",
    ["check", "locate", "review", "convert -o out.csv", "export -o out.csv", "map -o out.html", "load --to shared"],
)
def test_a_table_of_unknown_columns_is_read_by_a_mapping(command, table, mapping, capsys, monkeypatch):
    monkeypatch.chdir(Path(table).parent)
    asked = [*command.split(), table]
    assert main(asked) == 1
    assert "no column is known to say where it happened" in capsys.readouterr().err
    assert main([*asked, *mapping]) == 0
    told = capsys.readouterr()
    assert "say where it happened" not in told.err + told.out


def test_of_another_mapping_there_is_another_store(table, mapping, tmp_path, capsys):
    other = tmp_path / "other.json"
    other.write_text(MAPPING.with_column("date", "").to_text())
    files = []
    for read_by in (mapping, ["--mapping", str(other)]):
        assert main(["load", table, "--cache", str(tmp_path / "cache"), *read_by]) == 0
        files.append(Path(capsys.readouterr().out.strip()))
    days = [(find_incident(open_store(file), "A") or {})["date_earliest"] for file in files]
    assert [str(day)[:10] for day in days] == ["2024-04-03", "None"]


def test_a_stranger_makes_an_export_again_by_the_mapping_in_its_manifest(table, mapping, tmp_path):
    out = tmp_path / "out.csv"
    assert main(["export", table, "-o", str(out), *mapping]) == 0
    told = json.loads((tmp_path / "out.csv.manifest.json").read_text(encoding="utf-8"))
    assert told["mapping"]["columns"] == dict(MAPPING.columns)
    assert main(["verify", str(out), "--incidents", table]) == 0


def test_a_table_in_a_known_format_needs_no_mapping_and_a_mapping_must_be_one(table, mapping, tmp_path, capsys):
    ours = tmp_path / "ours.csv"
    ours.write_bytes(csv_of({}))
    assert main(["export", str(ours), *mapping]) == 1
    assert "ours.csv needs no mapping: it is known as Table of incidents" in capsys.readouterr().err
    odd = tmp_path / "odd.json"
    odd.write_bytes(b"\xff\xfe{")
    assert main(["export", table, "--mapping", str(odd)]) == 1
    assert "odd.json: is no mapping" in capsys.readouterr().err
