"""A table that can't be used, or only in part, in a real browser."""

from builders import csv_of
from playwright.sync_api import expect
from visiting import sees


def test_a_page_without_a_table_says_why_and_shows_it_when_it_is_mended(visit, other_server, other_table):
    other_table.write_bytes(b"incident_id,place,category\nINC-1,Tower 22,kinetic\n")
    page = visit(server=other_server, opened=False)
    page.page.goto(other_server.url)
    sees(page.page.locator("body"), "The incidents can't be shown.", "other.csv", "line 1", "date_earliest")
    assert "Traceback" not in page.text()
    other_table.write_bytes(csv_of({}, {"date_earliest": "31/05/24"}, {"place": "Towr 22"}))
    page.open()
    assert page.coverage() == [3, 1, 0, 1, 0, 1]
    assert page.count_on_map() == 1
    page.key("coverage rejected").get_by_role("button").click()
    dialog = page.page.get_by_role("dialog")
    sees(dialog.locator("canvas table").first, "must be a date like 2024-05-31", "31/05/24")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    assert "Traceback" not in page.text()
