"""The map as a file: it opens with the network cut, asks nobody, and runs nothing from the data."""

import pytest
from exporting import listing_of, store_of
from playwright.sync_api import expect

from geodata.exports.html_map import to_html_map

HOSTILE = '</script><img src=x onerror="window.hacked=1">{{ 7*7 }}${window.hacked=1}`<b>\''
ROWS = [
    {"place": "Tower 22", "summary": HOSTILE, "actor": HOSTILE, "sources": HOSTILE, "target": HOSTILE},
    {"place": "Tower 22", "date_earliest": "", "date_latest": "", "summary": "undated"},
    {"place": "Mafraq", "date_earliest": "2024-05-01", "date_latest": "2024-05-31", "retaliates_for": "INC-1"},
    {"place": HOSTILE, "summary": "nowhere"},
]


@pytest.fixture
def page(browser, tmp_path):
    file = tmp_path / "map.html"
    file.write_bytes(b"".join(to_html_map(listing_of(store_of(*ROWS)))))
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.told = []
    page.on("pageerror", lambda error: page.told.append(str(error)))
    page.on("console", lambda message: page.told.append(message.text))
    page.on("request", lambda request: page.told.append(request.url) if request.url != file.as_uri() else None)
    page.goto(file.as_uri())
    expect(page.locator(".mark")).to_have_count(2)  # its policy forbids to wait for an expression
    yield page
    assert page.told == []
    assert page.evaluate("window.hacked") is None
    page.close()


def shown(page):
    return page.evaluate(
        "[page.incidents.state().places.map(p => p.count), page.incidents.state().areas.map(p => p.count)]"
    )


def test_it_opens_from_a_file_and_asks_nobody(page):
    assert shown(page) == [[2], [1]]
    assert page.locator("output").text_content() == "4 incidents of 4"
    assert page.locator(".legend").is_visible()
    assert "Not on the map: 1" in page.locator("aside").text_content()


def test_dates_choose_what_is_on_it(page):
    page.get_by_label("From").fill("2024-05-31")
    expect(page.locator(".mark")).to_have_count(2)
    expect(page.get_by_label("Tower 22: 1 incident")).to_have_count(1)
    assert shown(page) == [[1], [1]]
    page.get_by_label("undated").uncheck()
    expect(page.locator(".mark")).to_have_count(1)
    assert page.locator("output").text_content() == "1 incident of 4"


def test_hostile_text_is_shown_to_the_letter(page):
    page.get_by_label("Tower 22: 2 incidents").press("Enter")
    page.locator(".incident-popup .entry").first.click()
    assert HOSTILE in page.locator(".detail").text_content()
    page.locator("aside summary").first.click()
    page.locator("aside .link-button").first.click()
    assert HOSTILE in page.locator(".detail").text_content()


def test_no_other_map_can_be_picked(page):
    page.locator(".layers .panel-head").click()
    assert page.locator(".base-choice option").all_text_contents() == ["Offline map", "None"]
