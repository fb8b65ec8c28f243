"""A table with an analyst's own spellings, reviewed: every doubtful name is asked about, and none is guessed."""

import io

import pytest
from builders import csv_of
from playwright.sync_api import expect
from visiting import sees

from geodata.review.file import read_decisions

VAGUE = "the place by the river {{7*7}}"
NAMES = (
    "Ain al-Asad Air Base",
    "قاعدة عين الأسد",
    "Al Omar oilfeild",
    "Al Omar oilfeild",
    VAGUE,
)
OWN = csv_of(
    *({"place": name, "actor": f"Cell {n // 4}", "summary": f"Row {n}."} for n, name in enumerate(NAMES, start=1))
)


def review(page, name: str, table: bytes) -> None:
    """Open a table and its review, and wait until that is drawn."""
    page.open_own(name, table)
    page.key("reviewing").locator("label").click()
    page.key("review").get_by_text("in doubt").first.wait_for()
    page.rest()


@pytest.fixture
def reviewing(visit):
    """Return the page with the review of that table open."""
    page = visit()
    review(page, "own.csv", OWN)
    return page


def decide(page, button: str) -> None:
    """Press a button of the review, and wait until the decision is counted."""
    count = "() => document.querySelector('.st-key-review').innerText.match(/(\\d+) decisions? to apply/)?.[1] ?? '0'"
    before = page.page.evaluate(count)
    page.key("review").get_by_role("button", name=button).first.click()
    page.page.wait_for_function(f"before => ({count})() !== before", arg=before)
    page.rest()


def apply(page) -> None:
    """Take the decisions over into the map, and wait until it follows."""
    page.key("apply").get_by_role("button").click()
    sees(page.key("review"), "The map follows")
    page.rest()


def test_names_in_doubt_are_decided_and_the_map_follows_and_the_file_brings_it_all_back(reviewing, visit):
    page = reviewing
    assert page.coverage() == [5, 2, 0, 3, 0, 0]
    sees(page.key("review"), "2 names in doubt, in 3 rows", "Al Omar oilfeild", VAGUE)
    decide(page, "Al-Omar oil field")
    sees(page.key("review"), "Or click where it is on the map.")
    page.key("review").locator("iframe").click(position={"x": 150, "y": 150})
    decide(page, "It is at")
    sees(page.key("review"), "2 decisions to apply")
    assert page.coverage()[3] == 3
    apply(page)
    assert page.coverage() == [5, 5, 0, 0, 0, 0]

    name, content = page.take(page.key("keep-decisions").get_by_role("button"))
    assert name == "decisions.csv"
    decisions, problems = read_decisions(io.BytesIO(content), name=name)
    assert not problems
    accepted, point = decisions
    assert (accepted.name, accepted.target) == ("Al Omar oilfeild", "al-omar-oil-field")
    assert point.name == VAGUE

    again = visit(locale="de-DE")
    review(again, "own.csv", OWN)
    again.key("hand-in").get_by_role("button").click()
    field = again.page.locator('.st-key-decisions input[type="file"]')
    field.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    again.page.get_by_role("button", name="Take over 2 decisions").click()
    sees(again.key("review"), "2 decisions to apply")
    apply(again)
    assert again.coverage() == page.coverage()


def test_a_long_table_that_is_read_again_can_be_stopped_and_keeps_what_was_decided(visit):
    page = visit()
    header, line, *_ = OWN.splitlines(keepends=True)
    review(page, "long.csv", header + b"".join(line.replace(b"INC-1", b"INC-%d" % n) for n in range(100_000)))
    page.key("review").get_by_text("Actors", exact=True).click()
    decide(page, "Leave it")
    before = page.frame.evaluate("() => incidents.told")
    page.key("apply").get_by_role("button").click()
    dialog = page.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Stop", exact=True).click()
    sees(dialog, "Reading was stopped.")
    dialog.get_by_role("button", name="Close").click()
    sees(page.key("review"), "1 decision to apply")
    page.rest()
    assert page.frame.evaluate("() => incidents.told") == before
    page.key("apply").get_by_role("button").click()
    sees(page.key("review"), "The map follows 1 decision.")
    expect(dialog).to_have_count(0)
    expect(page.page.get_by_role("button", name="close", exact=True)).to_have_count(1)


def test_incidents_that_look_like_one_are_told_apart_and_nothing_is_removed(reviewing):
    page = reviewing
    page.key("review").get_by_text("Duplicates", exact=True).click()
    sees(page.key("review"), "1 pair of incidents that may be one event.", "INC-1", "INC-2")
    decide(page, "May be the same")
    apply(page)
    sees(page.key("review"), "No two incidents look like one.")
    page.rest()
    assert page.coverage()[0] == 5
    assert page.row_count() == 5


def test_whoever_scrolls_past_the_small_map_scrolls_the_page(reviewing):
    page = reviewing
    frame = page.key("review").locator("iframe")
    frame.scroll_into_view_if_needed()
    zoom = "() => window.review.map.getZoom()"
    small = frame.element_handle().content_frame()
    small.wait_for_function("() => window.review")
    before, at = small.evaluate(zoom), frame.bounding_box()
    page.page.mouse.move(at["x"] + 100, at["y"] + 100)
    page.page.mouse.wheel(0, -300)
    top = "document.querySelector('.st-key-review iframe').getBoundingClientRect().y"
    page.page.wait_for_function(f"before => {top} > before", arg=at["y"])
    assert small.evaluate(zoom) == before


def test_a_decision_can_be_taken_back(reviewing):
    page = reviewing
    decide(page, "Leave it without a place")
    page.key("review").get_by_text("Decided", exact=True).click()
    sees(page.key("review"), "is left as it is")
    decide(page, "take back")
    sees(page.key("review"), "Nothing is decided yet.")
