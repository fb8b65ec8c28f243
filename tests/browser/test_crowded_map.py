"""A map of more places than it can draw one by one: groups, which tell sides and numbers, and not who says so."""

from builders import csv_of
from playwright.sync_api import expect

SIDES = ("United States", "Islamic Resistance in Iraq", "Israel")
POINTS = 160
TABLE = csv_of(
    *(
        {"place": "", "given_lon": f"{38 + n % 20 / 5:.2f}", "given_lat": f"{32 + n // 20 / 5:.2f}"}
        | {"actor": SIDES[n % 3], "attribution": "claimed" if n % 2 else "attributed"}
        for n in range(POINTS)
    ),
    *({"place": "Anbar", "actor": side, "attribution": "claimed"} for side in SIDES),
)
LEGEND = ".legend .legend-row.who"


def test_a_sign_of_many_places_says_nothing_about_who_says_so_until_the_reader_looks_closer(visit):
    page = visit()
    page.open_own("many.csv", TABLE)
    page.frame.get_by_role("button", name="Layers").click()
    page.frame.get_by_label("incidents.csv").uncheck()  # the table beside has few places
    assert page.map["mode"] == "cells"
    assert page.count_on_map() == POINTS + len(SIDES)
    groups = page.frame.locator(".mark .sum-sign")
    assert groups.count() == len(page.map["places"] + page.map["areas"])
    assert page.frame.locator(".mark .sum-sign.area").inner_text() == str(len(SIDES))
    assert page.frame.locator(LEGEND).count() == page.frame.locator(".mark .sign-wedge, .mark .sign-shape").count() == 0
    page.frame.evaluate("() => void incidents.map.setView([32.6, 39], 10, {animate: false})")
    page.frame.wait_for_function("() => incidents.state().mode === 'places'")
    expect(page.frame.locator(LEGEND)).to_have_text("claimedattributed")
    assert groups.count() == 0
