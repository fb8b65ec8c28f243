"""A server that is handed what the columns of its table mean, and what has been decided about its names."""

import json

import pytest
from serving import serve

SHEET = "When;Spot;Remark\n03/04/2024;The old fort;one\n05/04/2024;Tower 22;two\n"
COLUMNS = {"date": "When", "place": "Spot", "summary": "Remark"}
MONTH_FIRST = json.dumps({"columns": COLUMNS, "date_order": "month first"})
DECIDED = "what,name,decision,target\nplace,The old fort,accept,tower-22\nplace,Nowhere,accept,tower-22\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sheet.csv").write_text(SHEET)
    (tmp_path / "columns.json").write_text(MONTH_FIRST, encoding="utf-8-sig")
    (tmp_path / "decisions.csv").write_text(DECIDED)
    return tmp_path


@pytest.fixture
def handed(folder):
    names = {"INCIDENTS": "sheet.csv", "MAPPING": "columns.json", "DECISIONS": "decisions.csv"}
    with serve(folder, **{name: str(folder / file) for name, file in names.items()}) as running:
        yield running
    assert "Traceback" not in running.log.read_text()


def days_and_places(server) -> list[tuple[str, str]]:
    rows = server.get("/api/incidents.geojson").json["features"]
    told = [row["properties"] for row in rows]
    return sorted((row["date_earliest"], row["place_id"]) for row in told)


def test_its_table_is_read_by_them_and_anew_when_they_change(handed, folder):
    assert days_and_places(handed) == [("2024-03-04", "tower-22"), ("2024-05-04", "tower-22")]
    (folder / "columns.json").write_text(MONTH_FIRST.replace("month", "day"))
    assert days_and_places(handed) == [("2024-04-03", "tower-22"), ("2024-04-05", "tower-22")]
    (folder / "decisions.csv").write_text(DECIDED.replace("accept,tower-22", "leave,"))
    assert days_and_places(handed) == [("2024-04-03", ""), ("2024-04-05", "tower-22")]


def test_a_decision_that_changes_nothing_goes_to_its_log(handed):
    assert handed.get("/healthz").json["rows"] == 2
    assert "decisions.csv: 1 problem\n  line 3, name='Nowhere': " in handed.log.read_text()


@pytest.mark.parametrize(
    ("file", "content", "say"),
    [
        ("columns.json", "when: date", "columns.json: is no mapping, which is written in JSON"),
        ("columns.json", json.dumps({"columns": {"date": "Wann"}}), "Wann"),
        ("columns.json", None, "No such file or directory"),
        ("decisions.csv", "photo", "decisions.csv: 4 problems"),
        ("decisions.csv", None, "No such file or directory"),
        ("sheet.csv", "incident_id,date_earliest,date_latest,place,category\n", "sheet.csv needs no mapping"),
    ],
)
def test_a_wrong_file_is_told_in_words_until_it_is_mended(handed, folder, file, content, say):
    right = (folder / file).read_text()
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(content)
    told = handed.get("/healthz")
    assert (told.status, say in told.json["error"]) == (503, True)
    assert handed.get("/api/incidents.geojson").json == told.json
    (folder / file).write_text(right)
    assert len(days_and_places(handed)) == 2
