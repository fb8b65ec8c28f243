"""The night of 2 to 3 February 2024, as a newcomer follows it."""

import io
import json
import re

from playwright.sync_api import expect
from visiting import sees

from geodata.incidents.documents import read_documents
from geodata.incidents.read import read_incidents

RESISTANCE = "Islamic Resistance in Iraq"


def test_from_the_night_to_tower_22_to_its_passages_and_away_with_just_those_rows(visit):
    page = visit(width=2200, height=1000)  # so wide that the table shows every column
    page.repaint(lambda: page.key("preset").get_by_text("2–3 Feb 2024").click())
    assert (page.address["start"], page.address["end"]) == (["2024-02-02"], ["2024-02-03"])
    places = {sign["id"] for sign in page.map["places"] + page.map["areas"]}
    assert {"deir-ez-zor", "al-qaim-district", "al-sikak-al-qaim", "harir-air-base"} <= places
    assert "tower-22" not in places

    page.repaint(lambda: page.key("faction islamic-resistance-in-iraq").locator("label").click())
    assert page.address["faction"] == ["islamic-resistance-in-iraq"]
    assert {row["Actor"] for row in page.rows() if row["Date"] != "undated"} == {RESISTANCE}

    for _ in range(5):
        page.repaint(lambda: page.slide(0, "ArrowLeft"))
    page.shows(start="2024-01-28", end="2024-02-03")
    page.run(lambda: page.click_sign("tower-22"), lambda: page.key("detail").get_by_text("Sources"))
    assert page.map["selected"] == {"incident": "INC-0044", "place": "tower-22"}
    panel = page.key("detail")
    sees(panel, "28 Jan 2024 · Tower 22, Jordan", "Attributed to", RESISTANCE, "Presumed", "Hezbollah Brigades")
    sees(panel, "Denied", "Iran (denies being behind it)", "Killed", "3", "Injured")
    assert page.address["incident"] == ["INC-0044"]

    cited = re.findall(r"lines? ([\d, ]+)", panel.inner_text())
    assert cited
    panel.get_by_text(re.compile(r"\d+ passages?")).first.click()
    for line in cited[0].split(", "):
        sees(panel, f"Made-up line {line} of ")

    rows = [row["Id"] for row in page.rows()]
    assert page.row_count() == len(rows)
    name, content = page.download("CSV")
    assert name == "incidents_2024-01-28_2024-02-03_islamic-resistance-in-iraq.csv"
    reading = read_incidents(io.BytesIO(content), name=name)
    assert reading.incidents["incident_id"].tolist() == rows
    assert reading.rejected.empty
    name, content = page.download("GeoJSON")
    assert name.endswith(".geojson")
    assert [feature["id"] for feature in json.loads(content)["features"]] == rows


def test_an_incident_leads_to_those_it_is_related_to_and_can_be_closed(visit):
    page = visit("incident=INC-0044")
    panel = page.key("detail")
    before = panel.locator(".quiet").first.inner_text()
    panel.get_by_role("button", name=re.compile(r"2024 ·")).first.click()
    expect(panel.locator(".quiet").first).not_to_have_text(before)
    page.rest()
    assert page.address["incident"] != ["INC-0044"]
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_contain_text("Select an incident")
    page.rest()
    assert "incident" not in page.address


def test_a_link_restores_the_view_in_another_browser(visit):
    query = (
        "start=2023-10-01&end=2024-02-10&within=1&undated=0&faction=united-states&faction=islamic-resistance-in-iraq"
        "&category=kinetic&category=deployment&attribution=claimed&attribution=attributed&q=iraq&sort=oldest"
        "&incident=INC-0044"
    )
    first = visit(query)
    seen = (first.figures(), first.coverage(), first.rows(), first.map["version"], first.key("detail").inner_text())
    assert first.row_count() > 1
    assert first.map["selected"]["incident"] == "INC-0044"
    second = visit(first.page.url.partition("?")[2], locale="de-DE")
    assert second.address == first.address
    again = (second.figures(), second.coverage(), second.rows(), second.map["version"])
    assert (*again, second.key("detail").inner_text()) == seen
    assert second.key("text").locator("input").input_value() == "iraq"
    dates = [row["Date"] for row in second.rows()]
    assert dates[-1].endswith("2024")


def test_a_row_of_the_table_is_shown_on_the_map_and_in_the_panel(visit):
    page = visit("q=Harir")
    grid = page.page.locator('[data-testid="stDataFrame"] .dvn-scroller')
    page.run(
        lambda: grid.click(position={"x": 16, "y": 45}),
        lambda: page.key("detail").get_by_text("Sources"),
    )
    sees(page.key("detail"), "Harir Air Base")
    page.frame.wait_for_function("() => window.incidents.state().selected.place === 'harir-air-base'")


def test_dialogs_tell_the_rows_of_the_strip_and_the_documents(visit):
    page = visit()
    exact = page.coverage()[1]
    page.key("coverage exact").get_by_role("button").click()
    dialog = page.page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"{exact} rows")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    page.page.get_by_role("button", name="about the data").click()
    sees(dialog, "Unknown is not zero", "SHA-256")
    sees(dialog, *read_documents()["publisher"].iloc[:1])
    sees(dialog.locator("canvas table").first, "Mark Milley")
