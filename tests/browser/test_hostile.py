"""Text from data is shown to the letter, wherever it is shown, and never runs."""

import csv
import io
import json
import re

import pytest
from builders import csv_of
from playwright.sync_api import expect
from visiting import MAP, sees

from geodata.incidents.read import read_incidents

ATTACKS = (
    "<script>window.__pwned=1</script>",
    "<img src=x onerror='window.__pwned=1'>",
    "{{7*7}}{% raw %}{{ self.__init__.__globals__ }}",
    "${window.__pwned=1}`${alert(1)}`",
    "=cmd|' /C calc'!A0",
    "**bold** [link](javascript:window.__pwned=1) :red[red] $x^2$ :material/home:",
    "\u202eright to left\u202c, and عاجل",
    "x" * 300,
    "'\"><svg/onload=window.__pwned=1>",
    "</style><style>*{display:none}</style>&lt;b&gt;",
)
TEXTS = ("presumed_actor", "attributed_by", "denied_by", "target", "killed_said_by", "injured_said_by", "flag_reason")
FIRST = ATTACKS[0]


def attacked(attack: str, number: int) -> dict[str, str]:
    """Return a row with one attack in every cell of text."""
    return {
        **{name: f"{attack} {name}" for name in TEXTS},
        "actor": attack,
        "place": attack,
        "summary": f"{attack} summary",
        "given_lon": f"{39 + 0.5 * number}",
        "given_lat": "33.5",
        "attribution": "alleged",
        "killed_low": "1",
        "injured_low": "1",
        "flag": "ambiguous",
    }


@pytest.fixture
def hostile(other_server, other_table):
    """Return a server of rows that attack whatever shows them, one unplaced and one rejected."""
    rows = [attacked(attack, number) for number, attack in enumerate(ATTACKS)]
    unplaced = attacked(FIRST, 0) | {"place": f"{FIRST} nowhere", "given_lon": "", "given_lat": ""}
    other_table.write_bytes(csv_of(*rows, unplaced, attacked(FIRST, 0) | {"category": FIRST}))
    return other_server


def never_ran(page) -> bool:
    """Return whether no attack has left its mark, in the page or in the map."""
    marks = [place.evaluate("() => typeof window.__pwned") for place in (page.page, page.frame)]
    live = "() => document.querySelectorAll('[onerror], [onload], img[src=x], a[href^=javascript]').length"
    return [*marks, page.page.evaluate(live), page.frame.evaluate(live)] == ["undefined", "undefined", 0, 0]


def test_no_cell_of_a_hostile_table_runs_and_each_is_shown_to_the_letter(visit, hostile):
    page = visit(server=hostile, width=2200, height=1000)
    assert page.row_count() == len(ATTACKS) + 1
    told = {row["Actor"] for row in page.rows()}
    assert told == set(ATTACKS)
    assert {row["Summary"] for row in page.rows()} == {f"{attack} summary" for attack in ATTACKS}
    sidebar = page.page.get_by_test_id("stSidebarUserContent")
    sees(sidebar, *ATTACKS)
    expect(sidebar.locator("a[href], strong, em, .katex")).to_have_count(0)
    assert never_ran(page)


def test_popups_hints_and_panel_show_attacks_to_the_letter(visit, hostile):
    page = visit(server=hostile)
    popup = page.frame.locator(".incident-popup")
    for number, attack in enumerate(ATTACKS):
        place = f"{39 + 0.5 * number},33.5"
        at = page.sign(place)
        page.page.locator(MAP).hover(position={"x": at["x"], "y": at["y"]})
        sees(page.frame.locator(".mark-tip"), attack)
        page.click_sign(place)
        sees(popup, attack)
        sees(page.key("detail"), f"{attack} summary", *(f"{attack} {name}" for name in TEXTS))
        page.page.keyboard.press("Escape")
        page.frame.evaluate("() => incidents.map.closePopup()")
    assert "49" not in popup.all_inner_texts()
    assert never_ran(page)


def test_what_is_unplaced_or_rejected_is_listed_to_the_letter(visit, hostile):
    page = visit(server=hostile, width=2200, height=1000)
    read, exact, approximate, unplaced, outside, rejected = page.coverage()
    assert (read, exact + approximate, unplaced, outside, rejected) == (len(ATTACKS) + 2, len(ATTACKS), 1, 0, 1)
    for part, told in (("unplaced", f"{FIRST} nowhere"), ("rejected", "must be one of")):
        page.key(f"coverage {part}").get_by_role("button").click()
        dialog = page.page.get_by_role("dialog")
        sees(dialog.locator("canvas table").first, told, FIRST)
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_have_count(0)
    assert never_ran(page)


def test_a_faction_with_a_hostile_name_is_filtered_linked_and_restored(visit, hostile):
    page = visit(server=hostile)
    for attack in (ATTACKS[2], ATTACKS[7]):
        label = page.page.get_by_test_id("stSidebarUserContent").locator("label", has_text=attack)
        page.repaint(label.click)
        page.shows(faction=attack)
        assert page.count_on_map() == 1
        again = visit(page.page.url.partition("?")[2], server=hostile)
        assert again.row_count() == page.row_count() == 1
        page.repaint(label.click)
    assert never_ran(page)


def test_exports_of_a_hostile_table_are_inert_and_lose_nothing(visit, hostile):
    page = visit(server=hostile)
    name, content = page.download("CSV")
    cells = [cell for row in csv.reader(io.StringIO(content.decode(), newline="")) for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    reading = read_incidents(io.BytesIO(content), name=name)
    assert set(reading.incidents["actor"]) == set(ATTACKS)
    features = json.loads(page.download("GeoJSON")[1])["features"]
    assert {feature["properties"]["actor"] for feature in features} == set(ATTACKS)
    assert [feature["geometry"] for feature in features].count(None) == 1


def test_the_table_offers_no_download_of_its_own_that_a_spreadsheet_would_run(visit, hostile):
    page = visit(server=hostile)
    page.page.locator('[data-testid="stDataFrame"]').hover()
    own = page.page.get_by_role("button", name=re.compile("^Download as CSV"))
    assert own.count() == 0 or not own.is_visible()
