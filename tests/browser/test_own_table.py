"""A table of the reader's own: opened by the reader, seen by nobody else, gone when it is closed."""

import csv
import io
import json
import re

from builders import csv_of
from playwright.sync_api import expect
from serving import ROOT
from visiting import sees

SHIPPED = len(list(csv.DictReader((ROOT / "incidents.csv").read_text(encoding="utf-8").splitlines())))

OWN = csv_of(
    *(
        {"incident_id": f"OWN-{n}", "date_earliest": f"2024-03-0{n}", "date_latest": f"2024-03-0{n}", "place": place}
        | {"actor": "Somebody <b>else</b>", "summary": f"The reader's own row {n}."}
        for n, place in enumerate(("Tower 22", "Ain al-Asad Air Base", "Nowhere {{7*7}}", "Iraq"), start=1)
    )
)


def token_of(page) -> str:
    return page.frame.evaluate("() => new URLSearchParams(incidents.told).get('table')")


def test_a_readers_own_table_is_shown_whole_beside_the_servers(visit):
    page = visit()
    page.open_own("own {{7*7}}.csv", OWN)
    assert page.coverage() == [4, 2, 1, 1, 0, 0]
    assert page.count_on_map() == 3
    assert page.row_count() == 4
    assert "table" not in page.address
    (beside,) = page.map["beside"]
    assert (beside["title"], beside["letter"]) == ("incidents.csv", "A")
    page.frame.wait_for_function("() => incidents.state().beside[0].marks.length > 30")
    sees(page.frame.locator(".legend .tables"), "Aincidents.csv")
    sees(page.key("stMain").or_(page.page.locator("body")), f"A incidents.csv: {SHIPPED} rows read =")
    _, content = page.download("CSV")
    ids = [row["incident_id"] for row in csv.DictReader(io.StringIO(content.decode()))]
    assert ids == ["OWN-4", "OWN-3", "OWN-2", "OWN-1"]
    page.page.get_by_role("button", name=re.compile(r"^incidents\.csv")).click()
    page.frame.wait_for_function("() => incidents.state().settled && !incidents.told.includes('table=')")
    page.rest()
    assert page.coverage()[0] == SHIPPED
    assert page.map["beside"][0]["title"] == "own {{7*7}}.csv"


def test_nobody_else_can_ask_for_it_and_it_is_gone_when_closed(visit, server):
    page, other = visit(), visit(locale="de-DE")
    page.open_own("own {{7*7}}.csv", OWN)
    token = token_of(page)
    assert len(token) >= 22
    assert other.coverage()[0] == SHIPPED
    assert other.page.get_by_role("button", name="close", exact=True).count() == 0
    asked = {"table": token, "category": "any", "place": "tower-22"}
    assert server.get("/api/incidents/at", asked).json["total"] == 1
    refused = server.get("/api/incidents/at", asked | {"table": token[:-1] + "~"})
    assert (refused.status, refused.json["error"]) == (404, "this table is no longer open: open it again")
    page.page.get_by_role("button", name="close", exact=True).click()
    page.frame.wait_for_function("() => incidents.state().settled && !incidents.told.includes('table=')")
    page.rest()
    assert server.get("/api/incidents.csv", asked).status == 404


def test_an_incident_of_the_table_beside_turns_the_page_to_that_table(visit):
    page = visit("q=OWN-1")
    page.open_own("own {{7*7}}.csv", OWN)
    page.page.get_by_role("button", name=re.compile(r"^incidents\.csv")).click()
    page.frame.wait_for_function("() => incidents.state().beside[0]?.title.startsWith('own')")
    page.frame.wait_for_function("() => incidents.state().beside[0].marks.length")
    page.frame.evaluate(
        """() => { const { beside } = incidents; const [layer] = Object.values(beside.list);
                   beside.pick(layer.marks.find(({ id }) => id === 'tower-22'), { keyboard: true }); }"""
    )
    page.frame.locator(".incident-popup .entry").first.click()
    expect(page.key("detail")).to_contain_text("The reader's own row 1.")
    page.rest()
    assert page.coverage()[0] == 4


def test_a_file_that_is_no_table_says_so_and_changes_nothing(visit):
    page = visit()
    page.hand_over("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(200))
    dialog = page.page.get_by_role("dialog")
    sees(dialog, "photo.csv")
    assert "Traceback" not in page.text()
    dialog.get_by_role("button", name="Close").click()
    page.rest()
    assert page.coverage()[0] == SHIPPED


def test_a_long_reading_is_stopped_by_its_button_and_can_be_taken_up_again(visit):
    page = visit()
    header, line, *_ = OWN.splitlines(keepends=True)
    page.hand_over("long.csv", header + b"".join(line.replace(b"OWN-1", b"OWN-%d" % n) for n in range(400_000)))
    dialog = page.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Stop", exact=True).click()
    sees(dialog, "Reading was stopped.")
    page.rest()
    assert page.page.get_by_role("button", name="close", exact=True).count() == 0
    dialog.get_by_role("button", name="Read it after all").click()
    sees(dialog, "rows so far")
    dialog.get_by_role("button", name="Close").click()
    page.rest()
    assert page.coverage()[0] == SHIPPED


def test_a_table_of_unknown_columns_is_opened_by_those_that_the_reader_confirms_and_keeps(visit):
    page = visit()
    sheet = (
        "When;Spot;Who;Dead;Remark\n18/10/2023;Ain al-Asad Air Base;IRI;2;one\n19/10/2023;Tower 22;IRI;unknown;two\n"
    )
    page.hand_over("sheet.csv", sheet.encode())
    dialog = page.page.get_by_role("dialog")
    sees(dialog, "separated by semicolons", "What do the columns mean?", "18/10/2023 · 19/10/2023")
    _, kept = page.take(dialog.get_by_role("button", name="Keep these columns for the next time"))
    columns = json.loads(kept)["columns"]
    assert {"date": "When", "killed": "Dead"}.items() <= columns.items()
    dialog.get_by_text("Use columns that you kept").click()
    told = json.dumps(
        {"columns": columns | {"place": "Spot", "actor": "Who", "summary": "Remark"}, "date_order": "day first"}
    )
    file = {"name": "kept.json", "mimeType": "application/json", "buffer": told.encode()}
    dialog.locator('input[type="file"]').nth(1).set_input_files(file)
    expect(dialog.locator("input[value^='Summary']")).to_have_count(1)
    dialog.get_by_role("button", name="Open with these columns").click()
    page.page.get_by_role("button", name="close", exact=True).wait_for()
    page.rest()
    assert page.coverage() == [2, 2, 0, 0, 0, 0]
    assert [row["Date"] for row in page.rows()] == ["19 Oct 2023", "18 Oct 2023"]
    assert [row["Killed"] for row in page.rows()] == ["unknown", "2"]
    assert page.rows()[0]["Summary"] == "two [Dead: unknown]"
