import json
from pathlib import Path

import pytest
from builders import csv_of
from foreign import ACLED_ROW, ACLED_SINCE_2023, UCDP_HEADER, UCDP_ROW, text_of

from geodata.__main__ import main
from geodata.formats.mapping import ColumnMapping
from geodata.formats.opening import open_table
from geodata.incidents.read import Reading


def written(folder: Path, content: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def converted(path: Path) -> Reading:
    opened = open_table(path)
    assert opened.format.key == "canonical"
    return opened.read()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_foreign_table_becomes_one_of_ours_and_reads_back_to_the_same_rows(form, tmp_path, capsys):
    rows = [UCDP_ROW | {"id": "1"}, UCDP_ROW | {"id": "2", "where_prec": "6", "low": "9"}, UCDP_ROW | {"id": ""}]
    table = written(tmp_path, text_of(UCDP_HEADER, rows))
    out = tmp_path / f"out.{form}"
    assert main(["convert", str(table), "-o", str(out)]) == 0
    again, before = converted(out), open_table(table).read()
    assert again.problems == ()
    assert again.incidents.drop(columns="line").equals(before.incidents.drop(columns="line"))
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "3 rows = 1 exact + 1 approximate + 0 unplaced + 1 rejected" in printed.err
    assert "UCDP Georeferenced Event Dataset; CSV, separated by commas, UTF-8" in printed.err
    assert "licence: CC BY 4.0" in printed.err
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["table.csv", out.name])


def test_the_sums_and_the_problems_by_kind_are_json(tmp_path, capsys):
    twice = ACLED_ROW | {"event_id_cnty": "SYR1"}
    rows = [twice, twice, ACLED_ROW | {"event_id_cnty": "SYR2", "fatalities": "dozens", "geo_precision": "3"}]
    table = written(tmp_path, text_of(ACLED_SINCE_2023, rows))
    assert main(["convert", str(table), "-o", str(tmp_path / "out.csv"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    problems = {(problem["column"], problem["reason"]): problem["count"] for problem in told.pop("problems")}
    assert told == {"rows": 3, "exact": 1, "approximate": 1, "unplaced": 0, "rejected": 1, "format": "acled"}
    assert problems["fatalities", "is no whole number: read as unknown"] == 1
    assert [reason for column, reason in problems if column == "incident_id"] == [
        (
            "line … has this id already: it is the same event, told for another actor or in another version "
            "(see timestamp); the first one counts"
        )
    ]


def test_names_and_numbers_do_not_part_a_kind_of_problem(tmp_path, capsys):
    rows = [{"place": "Nowhere at all"}, {"place": "Nowhere else"}]
    table = written(tmp_path, csv_of(*rows).decode())
    assert main(["convert", str(table), "-o", str(tmp_path / "out.csv"), "--json"]) == 0
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["column"], problem["count"]) == ("place", 2)
    assert problem["reason"].startswith("no place is called …: ")


def test_links_to_no_row_are_counted_and_the_row_is_kept(tmp_path, capsys):
    table = written(tmp_path, csv_of({"part_of": "INC-9"}, {"part_of": "INC-1"}).decode())
    assert main(["convert", str(table), "-o", str(tmp_path / "out.csv"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["rejected"]) == (2, 0)
    assert [problem["column"] for problem in told["problems"]] == ["part_of"]


def test_a_mapping_says_how_to_read_an_unknown_table(tmp_path, capsys):
    table = written(tmp_path, "Wo;Wann\nTower 22;03/04/2024\n")
    mapping = ColumnMapping(columns={"place": "Wo", "date": "Wann"}, date_order="day first")
    kept = written(tmp_path, mapping.to_text(), "mapping.json")
    out = tmp_path / "out.csv"
    assert main(["convert", str(table), "-o", str(out), "--mapping", str(kept)]) == 0
    assert converted(out).incidents["date_earliest"].dt.strftime("%Y-%m-%d").tolist() == ["2024-04-03"]
    assert main(["convert", str(table), "-o", str(out)]) == 1
    assert "no column is known to say where it happened" in capsys.readouterr().err


def test_text_that_a_spreadsheet_would_run_is_made_inert_and_read_back(tmp_path):
    rows = [UCDP_ROW | {"side_a": "=1+1", "source_headline": "@x"}]
    out = tmp_path / "out.csv"
    assert main(["convert", str(written(tmp_path, text_of(UCDP_HEADER, rows))), "-o", str(out)]) == 0
    assert ',"\'=1+1",' in out.read_text(encoding="utf-8")
    assert converted(out).incidents["actor"].tolist() == ["=1+1"]


@pytest.mark.parametrize(
    ("content", "out", "reason"),
    [
        ("", "out.csv", "the file is empty"),
        ("a,b\n1,2\n", "out.csv", "no column is known to say where"),
        (csv_of({}).decode(), "out.docx", "say --format csv or parquet"),
        (csv_of({}).decode() + 'x,"', "out.csv", "never closed"),
    ],
)
def test_what_cannot_be_converted_is_told_and_nothing_is_written(content, out, reason, tmp_path, capsys):
    table = written(tmp_path, content)
    assert main(["convert", str(table), "-o", str(tmp_path / out)]) == 1
    printed = capsys.readouterr()
    assert reason in printed.err
    assert "Traceback" not in printed.err
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def test_batches_are_counted_together(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("geodata.commands.convert._BATCH_ROWS", 2)
    monkeypatch.setattr("geodata.tables.chunks.CHUNK_BYTES", 300)
    rows = [{"incident_id": f"A-{number % 40}"} for number in range(50)]
    table = written(tmp_path, csv_of(*rows).decode())
    assert main(["convert", str(table), "-o", str(tmp_path / "out.csv"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["rejected"]) == (50, 10)
    assert len(converted(tmp_path / "out.csv").incidents) == 40


def test_incidents_decided_to_be_the_same_name_each_other_in_the_table(tmp_path, capsys):
    rows = [{"possible_duplicate_of": "INC-4"}, {}, {}, {}, {"incident_id": "INC-3"}]
    table = written(tmp_path, csv_of(*rows).decode())
    same = ("INC-1; INC-2", "INC-3; INC-1", "INC-4; INC-1", "INC-2; INC-9")
    lines = ["what,name,decision,target", *(f"duplicate,,same,{ids}" for ids in same)]
    decisions = written(tmp_path, "\n".join([*lines, ""]), "mine.csv")
    out = tmp_path / "out.csv"
    assert main(["convert", str(table), "-o", str(out), "--decisions", str(decisions)]) == 0
    told = converted(out).incidents.set_index("incident_id")["possible_duplicate_of"]
    assert told.to_dict() == {"INC-1": "INC-4; INC-2", "INC-2": "", "INC-3": "INC-1", "INC-4": ""}
    assert main(["export", str(table), "-o", str(tmp_path / "store.csv"), "--decisions", str(decisions)]) == 0
    again = converted(tmp_path / "store.csv").incidents.set_index("incident_id")["possible_duplicate_of"]
    assert again.to_dict() == told.to_dict()
    assert "mine.csv: 1 problem\n  line 5, " in capsys.readouterr().err
