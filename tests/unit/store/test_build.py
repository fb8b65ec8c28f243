import pytest
from deciding import hold

from geodata.store import load

DAYS = ("2024-02-03", "2024-01-01", "", "2024-02-03", "2024-01-02", "", "2023-12-31", "2024-01-01")


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_rows_that_are_sorted_in_parts_are_all_there_and_in_order(at_once, monkeypatch):
    monkeypatch.setattr(load, "SORTED_IN_MEMORY", at_once)
    store = hold(*({"date_earliest": day, "date_latest": day} for day in DAYS))
    rows = store.ask(store.incidents.order_by("row").select("row", "date_earliest", "incident_id")).to_pylist()
    expected = sorted((day or "9999", f"INC-{number}") for number, day in enumerate(DAYS, start=1))
    assert [(str(row["date_earliest"] or "9999"), row["incident_id"]) for row in rows] == expected
    assert [row["row"] for row in rows] == list(range(len(DAYS)))
