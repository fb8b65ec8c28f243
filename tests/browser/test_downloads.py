"""Taking away what the map shows."""

import io
import json
import zipfile
from xml.etree import ElementTree as ET

from geodata.exports.frame import read_bounds


def test_a_picture_shows_what_the_map_shows_and_comes_with_its_manifest(visit):
    page = visit("start=2024-02-02&end=2024-02-03&undated=0")
    page.frame.evaluate("() => incidents.map.setView([34.4, 40.9], 9, { animate: false })")
    page.frame.wait_for_function("() => incidents.answered.includes('zoom=9')")
    page.page.get_by_role("button", name="More").click()
    page.page.get_by_text("With manifest and citation").click()
    page.rest()
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
