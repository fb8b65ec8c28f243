"""The map: what moves it, what repaints it, and what leaves it alone."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect
from visiting import MAP

LEFT, RIGHT = 0, 1
LONGER = "since => performance.now() > since + 1.2 * CONFIRMED_WITHIN"


def pan(page) -> None:
    """Drag the map with the mouse, and wait until it has come to rest and is painted."""
    before = page.frame.evaluate("() => window.incidents.sequence")
    box = page.page.locator(MAP).bounding_box()
    x, y = box["x"] + box["width"] * 0.62, box["y"] + box["height"] * 0.16
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x - 90, y + 60, steps=6)
    page.page.mouse.up()
    page.frame.wait_for_function("before => window.incidents.sequence > before", arg=before)


def counts(page) -> dict[str, int]:
    told = page.map
    return {sign["id"]: sign["count"] for sign in told["places"] + told["areas"]}


def test_a_move_of_the_slider_changes_map_counts_table_and_address_and_leaves_the_view_where_it_was(visit):
    page = visit()
    page.frame.evaluate("() => { window.__alive = 1; }")
    opened_at = page.map["center"]
    pan(page)
    before, figures, coverage, rows = page.map, page.figures(), page.coverage(), page.row_count()
    assert before["center"] != opened_at
    page.repaint(lambda: page.slide(RIGHT, "PageDown"))
    assert page.frame.evaluate("() => window.__alive") == 1
    after = page.map
    assert (after["center"], after["zoom"]) == (before["center"], before["zoom"])
    assert set(page.address) == {"end"}
    assert page.figures() != figures
    assert page.coverage() != coverage
    assert page.row_count() < rows
    assert sum(page.coverage()[1:]) == page.coverage()[0]
    page.repaint(lambda: page.slide(RIGHT, "End"))
    assert page.address == {}
    assert (page.figures(), page.row_count()) == (figures, rows)


def test_pan_and_zoom_fetch_for_themselves_and_never_run_the_page(visit):
    frames = []
    page = visit(opened=False)
    page.page.on("websocket", lambda socket: socket.on("framesent", lambda _: frames.append(1)))
    page.open()
    before = len(frames)
    assert before
    pan(page)
    sequence = page.frame.evaluate("() => window.incidents.sequence")
    page.frame.get_by_role("button", name="Zoom in").click()
    page.frame.wait_for_function("before => window.incidents.sequence > before", arg=sequence)
    assert page.map["zoom"] == 7
    assert len(frames) == before


def test_a_layer_that_is_switched_off_stays_off_when_the_filter_changes(visit):
    page = visit()
    page.frame.get_by_role("button", name="Layers").click()
    page.frame.locator("input[name=areas]").uncheck()
    page.frame.locator("input[name=provinces]").check()
    page.frame.wait_for_function("() => document.querySelector('.province-count')")
    page.repaint(lambda: page.slide(RIGHT, "PageDown"))
    layers = page.map["layers"]
    assert (layers["areas"], layers["provinces"], layers["incidents"]) == (False, True, True)
    assert page.frame.locator("path.extent-area").count() == 0


def test_the_keyboard_reaches_each_sign_opens_it_and_comes_back(visit):
    page = visit("start=2024-01-28&end=2024-02-03")
    page.frame.locator(".leaflet-container").focus()
    focused = "() => document.activeElement.matches('.mark') && document.activeElement.getAttribute('aria-label')"
    for _ in range(8):  # the buttons of the map lie before the signs
        page.page.keyboard.press("Tab")
        if page.frame.evaluate(focused):
            break
    signs = len(page.map["places"] + page.map["areas"])
    expect(page.frame.locator('.mark[tabindex="0"]')).to_have_count(1)
    reached = set()
    for key in ["ArrowLeft"] * signs + ["ArrowRight"] * signs:
        reached.add(page.frame.evaluate(focused))
        page.page.keyboard.press(key)
    assert len(reached) == signs == page.frame.locator(".mark").count()
    assert page.frame.locator('.mark[tabindex="0"]').get_attribute("aria-label") == page.frame.evaluate(focused)
    for _ in range(signs):
        if page.frame.evaluate(focused).startswith("Tower 22"):
            break
        page.page.keyboard.press("ArrowLeft")
    assert page.frame.evaluate(focused).startswith("Tower 22: 1 incident")
    page.page.keyboard.press("Enter")
    expect(page.key("detail")).to_contain_text("Hezbollah Brigades")
    page.page.keyboard.press("Escape")
    expect(page.frame.locator(".incident-popup")).to_have_count(0)
    assert page.frame.evaluate(focused).startswith("Tower 22")


@pytest.mark.parametrize("query", ["known_to=site", ""])  # with areas too, which the map is told wherever they are
def test_where_nothing_is_in_sight_the_map_offers_the_way_to_what_is_elsewhere(visit, query):
    page = visit(query)
    page.frame.evaluate("() => incidents.map.setView([60, 100], 8)")
    banner = page.frame.locator(".map-banner")
    expect(banner).to_have_text("No incident here with these filters. Fit to incidents")
    banner.get_by_role("button").click()
    page.frame.wait_for_function("() => incidents.state().places.length")
    expect(banner).to_be_empty()


def test_forty_moves_of_the_slider_leave_little_behind(visit):
    page = visit()
    tools = page.context.new_cdp_session(page.page)

    def heap() -> float:
        tools.send("HeapProfiler.collectGarbage")
        return page.page.evaluate("() => performance.memory.usedJSHeapSize") / 1e6

    def move(times: int) -> None:
        for turn in range(times):
            page.repaint(lambda: page.slide(RIGHT, "End" if turn % 2 else "PageDown"))  # noqa: B023, called at once

    move(4)
    before = heap()
    move(40)
    assert heap() - before < 10


def on_points(page) -> int:
    return sum(sign["count"] for sign in page.map["places"])


def drag(page) -> None:
    """Drag the right thumb of the slider to earlier days, hold it there, and wait until the map follows."""
    before = on_points(page)
    box = page.key("dates").locator('[data-testid="stSliderThumbValue"]').nth(RIGHT).bounding_box()
    track = page.key("dates").locator('[role="group"]').bounding_box()
    page.page.mouse.move(track["x"] + track["width"] - 6, box["y"] + box["height"] + 8)
    page.page.mouse.down()
    page.page.mouse.move(track["x"] + track["width"] * 0.97, box["y"] + box["height"] + 8, steps=4)
    page.frame.wait_for_function(
        """before => { const { places, settled } = incidents.state();
        return !settled && places.reduce((sum, sign) => sum + sign.count, 0) < before; }""",
        arg=before,
    )


def test_the_map_follows_the_thumb_as_long_as_it_is_held_and_the_page_when_it_is_let_go(visit):
    page = visit("start=2023-10-01")
    before, figures = on_points(page), page.figures()
    drag(page)
    page.frame.wait_for_function(LONGER, arg=page.frame.evaluate("() => performance.now()"))
    assert not page.map["settled"]
    assert on_points(page) < before
    assert page.figures() == figures
    page.page.mouse.up()
    page.frame.wait_for_function("() => incidents.state().settled")
    page.rest()
    assert page.figures() != figures
    page.shows(start="2023-10-01")
    assert set(page.address) == {"start", "end"}


def test_the_map_comes_back_to_the_page_when_the_server_never_hears_of_the_thumb(visit):
    page, deaf = visit(opened=False), []

    def listen(socket) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda message: None if deaf else server.send(message))

    page.page.route_web_socket(re.compile(""), listen)
    page.open("start=2023-10-01")
    before = on_points(page)
    drag(page)
    deaf.append(True)
    page.page.mouse.up()
    assert not page.map["settled"]
    page.frame.wait_for_function("() => incidents.state().settled")
    assert on_points(page) == before


def test_no_step_of_a_quick_hand_is_lost(visit):
    page = visit("start=2024-01-01")
    page.slide(LEFT, *["ArrowRight"] * 20)
    page.shows(start="2024-01-21")
    assert page.key("dates").locator("input").nth(LEFT).get_attribute("aria-valuetext") == "21 Jan 2024"


@pytest.mark.parametrize(
    ("thumb", "key", "days"),
    [
        (LEFT, "ArrowRight", {"start": "2024-01-30", "end": "2024-02-10"}),
        (LEFT, "ArrowLeft", {"start": "2024-01-28", "end": "2024-02-10"}),
        (RIGHT, "ArrowRight", {"start": "2024-01-29", "end": "2024-02-11"}),
        (RIGHT, "ArrowLeft", {"start": "2024-01-29", "end": "2024-02-09"}),
    ],
)
def test_a_next_step_by_the_keys_is_shown_before_the_server_is_asked(visit, thumb, key, days):
    page = visit("start=2024-01-28&end=2024-02-10")
    page.slide(LEFT, "ArrowRight")
    page.frame.wait_for_function("() => incidents.asker.foreseen.size === 4")
    page.frame.evaluate("() => Promise.all(incidents.asker.foreseen.values()).then(() => null)")
    page.page.route("**/api/incidents/cells*", lambda route: route.abort())
    page.slide(thumb, key)
    page.shows(**days)
    foreseen = counts(page)
    page.page.unroute("**/api/incidents/cells*")
    page.open(urlencode(days))
    assert foreseen == counts(page) != {}
