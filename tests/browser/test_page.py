"""The page as a newcomer finds it."""

import csv
import re
import time
from itertools import pairwise

from playwright.sync_api import expect
from serving import ROOT
from visiting import MAP, sees

SHIPPED = csv.DictReader((ROOT / "incidents.csv").read_text(encoding="utf-8").splitlines())
KINETIC = sum(row["category"] == "kinetic" for row in SHIPPED)


def test_it_opens_with_the_kinetic_events_on_the_map_and_in_figures_timeline_table_and_sum(visit, record_property):
    start = time.perf_counter()
    page = visit()
    record_property("seconds_to_first_map", round(time.perf_counter() - start, 2))
    told = page.map
    assert (told["mode"], told["base"], told["theme"], told["error"]) == ("places", "offline", "light", "")
    read, exact, approximate, unplaced, outside, rejected = page.coverage()
    assert read == exact + approximate + unplaced + outside + rejected
    assert rejected == 0
    assert 50 < page.count_on_map() <= exact + approximate
    assert page.row_count() == exact + approximate + unplaced
    assert int(page.figures()[0]) <= page.row_count()
    assert page.page.locator(".timeline .bar").count() > 10
    assert page.address == {}
    assert "Traceback" not in page.text()


def test_fitted_to_the_incidents_the_map_counts_all_that_are_on_it(visit):
    page = visit()
    _, exact, approximate, *_ = page.coverage()
    page.frame.get_by_role("button", name="Fit to the incidents").click()
    page.frame.wait_for_function(
        """wanted => {
            const { places, areas } = window.incidents.state();
            return [...places, ...areas].reduce((sum, { count }) => sum + count, 0) === wanted;
        }""",
        arg=exact + approximate,
    )
    places = re.search(r"(\d+) places", page.page.locator(".figures").inner_text())
    assert int(places[1]) == len(page.map["places"]) + len(page.map["areas"])


def test_an_empty_result_says_which_filter_to_loosen_and_reset_brings_everything_back(visit):
    page = visit("q=nothing+like+it")
    alert = page.page.locator('[data-testid="stAlert"]')
    sees(alert, "No incident matches all of these filters.", f"Without the words searched for: {KINETIC} rows")
    assert page.count_on_map() == 0
    assert page.figures()[0] == "0"
    expect(page.frame.locator(".map-banner")).to_have_text("No incident on the map with these filters.")
    page.repaint(lambda: page.page.get_by_role("button", name="Reset all filters").click())
    expect(alert).to_have_count(0)
    assert page.address == {}
    assert page.count_on_map() > 50


def test_a_phone_shows_all_in_one_column_without_scrolling_sideways(visit):
    page = visit(width=390, height=844, is_mobile=True, has_touch=True)
    assert page.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    expect(page.page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
    order = [".figures", 'iframe[title^="streamlit_folium"]', ".timeline", ".st-key-detail"]
    order.append('[data-testid="stDataFrame"]')
    boxes = [page.page.locator(part).first.bounding_box() for part in order]
    assert all(above["y"] + above["height"] <= below["y"] + 1 for above, below in pairwise(boxes))
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    page.page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "false")
    assert page.page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_a_dark_reader_gets_a_dark_map(visit):
    page = visit(color_scheme="dark")
    page.frame.wait_for_function("() => window.incidents.state().theme === 'dark'")
    lightness = (
        "element => Math.max(...getComputedStyle(element).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))"
    )
    assert page.page.locator('[data-testid="stApp"]').evaluate(lightness) < 60
    assert page.frame.locator(".leaflet-container").evaluate(lightness) < 80


def test_on_a_small_screen_the_panel_beside_the_map_can_be_read_and_closed_from_wherever_it_is_scrolled_to(visit):
    page = visit("incident=INC-0044", width=1024, height=1000)
    panel = page.key("detail")
    assert panel.locator("dd").first.bounding_box()["width"] > 90
    assert panel.bounding_box()["y"] < page.page.locator(MAP).bounding_box()["height"]
    panel.get_by_role("button", name="Show the 7 days before and after").scroll_into_view_if_needed()
    expect(panel.get_by_role("button", name="Close")).to_be_in_viewport()
    page.run(lambda: panel.get_by_role("button", name="Close").click(), lambda: panel.get_by_text("Select an incident"))


def test_every_name_that_is_read_out_is_in_words(visit):
    page = visit()
    names = page.page.locator("input[aria-label]").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert any(re.fullmatch(r"Iran-backed militias · \d+", name) for name in names)
    assert not [name for name in names if re.search(r"[\\\[\]]|:\w+", name)]
    expect(page.page.locator(MAP)).to_have_attribute("aria-label", "Map of incidents")


def test_members_stand_under_their_umbrella_while_a_dialog_is_open(visit):
    page = visit(width=1440, height=900)
    umbrella, member = (page.key(f"faction {name}") for name in ("axis-of-resistance", "islamic-resistance-in-iraq"))
    page.page.get_by_role("button", name="More").click()
    sees(page.page.get_by_role("dialog"), "54 rows")
    at = [
        box.locator("input").evaluate("box => box.closest('label').getBoundingClientRect().x")
        for box in (umbrella, member)
    ]
    assert at[0] < at[1]
