"""Taking away what the map shows."""

import csv
import io
import json
import zipfile
from xml.etree import ElementTree as ET

from builders import csv_of
from visiting import sees

from geodata.exports.formats import FORMATS
from geodata.exports.frame import read_bounds


def test_a_picture_shows_what_the_map_shows_and_comes_with_its_manifest(visit):
    page = visit("start=2024-02-02&end=2024-02-03&undated=0")
    page.frame.evaluate("() => incidents.map.setView([34.4, 40.9], 9, { animate: false })")
    page.frame.wait_for_function("() => incidents.answered.includes('zoom=9')")
    page.page.get_by_role("button", name="More").click()
    page.page.get_by_text("With manifest and citation").click()
    sees(page.page.get_by_role("dialog"), "in a ZIP.")
    with page.page.expect_download() as started:
        page.page.get_by_role("button", name="Picture (SVG)").click()
    name = "incidents_2024-02-02_2024-02-03.svg"
    assert started.value.suggested_filename == f"{name}.zip"
    with zipfile.ZipFile(started.value.path()) as bundle:
        words = " ".join(ET.fromstring(bundle.read(name)).itertext())  # noqa: S314, our own file
        question = json.load(io.BytesIO(bundle.read(f"{name}.manifest.json")))["question"]
    west, south, east, north = read_bounds(question["bounds"])
    assert west < 40.9 < east
    assert south < 34.4 < north
    assert east - west < 5
    assert "outside this frame" in words
    assert "start=2024-02-02" in question["link"]


def test_every_format_is_in_sight_and_what_is_asked_for_is_done_to_the_rows(visit):
    page = visit(width=1440, height=1000)
    page.open_own("own.csv", csv_of({"place": "Tower 22"}, {"place": "Ain al-Asad Air Base", "sensitive": "person"}))
    page.page.get_by_role("button", name="More").click()
    dialog = page.page.get_by_role("dialog")
    sees(dialog, "2 rows", "1 row held back", "Google Earth")
    buttons = dialog.get_by_test_id("stDownloadButton")
    assert buttons.count() == len(FORMATS)
    assert all(box["y"] + box["height"] <= 1000 for button in buttons.all() if (box := button.bounding_box()))

    def take() -> list[dict[str, str]]:
        _, content = page.take(dialog.get_by_role("button", name="CSV", exact=True))
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))

    assert [row["place"] for row in take()] == ["Tower 22"]
    exact = take()[0]["uncertainty_m"]
    dialog.get_by_text("Include 1 row").click()
    sees(dialog, "1 row taken along")
    assert len(take()) == 2
    dialog.get_by_test_id("stSelectbox").locator("input").click()
    page.page.get_by_role("option", name="moved to a grid of 25 km").click()
    sees(dialog, "Points are moved to a grid of 25 km.")
    vaguer = next(row for row in take() if row["place"] == "Tower 22")
    assert float(vaguer["uncertainty_m"]) > float(exact)
