"""From a slider move, or a pan, to the painted map, in a real browser; beside it the emptiest page there is."""

import statistics
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.serving import browse, memory_mb, serve

MOVES = 25
SETTLE_MS = 250
SLIDER = '[data-testid="stSlider"] input[type="range"]'

EMPTY_STATE = "document.querySelector('#told')?.innerText"
EMPTY_IS_DONE = f"(old) => {EMPTY_STATE} && {EMPTY_STATE} !== old"
MAP = "document.querySelector('iframe[title=\"streamlit_folium.st_folium\"]')?.contentWindow"
MAP_STATE = f"{MAP}.incidents.painted"
MAP_IS_DONE = f"(old) => {MAP_STATE} && {MAP_STATE} !== old"
UNTIL = """([done, old, start]) => new Promise(resolve => {
    const ready = eval(done), look = () => ready(old)
        ? requestAnimationFrame(() => resolve(performance.now() - start)) : setTimeout(look, 1);
    look();
})"""


def compare(incidents: Path | None, name: str) -> None:
    """Print medians and ratio for one table; moves of both pages alternate, so that noise meets both alike."""
    with serve("benchmarks/empty_page.py") as (empty, _), serve("dashboard/app.py", incidents) as (full, pid):
        with browse() as (blank, page):
            blank.goto(empty)
            blank.wait_for_selector("#told")
            page.goto(f"{full}/?category=any")
            page.wait_for_function(f"{MAP}?.incidents?.painted", timeout=60_000)
            page.wait_for_timeout(2000)
            pairs = [
                (_move(blank, EMPTY_IS_DONE, EMPTY_STATE), _move(page, MAP_IS_DONE, MAP_STATE)) for _ in range(MOVES)
            ]
            pans = [_pan(page) for _ in range(MOVES)]
        base, moved = (statistics.median(times) for times in zip(*pairs, strict=True))
        print(
            f"{name:>12}  empty rerun {base:6.0f} ms   slider → map {moved:6.0f} ms   ratio {moved / base:4.2f}   "
            f"pan → map {statistics.median(pans):5.0f} ms   server {memory_mb(pid):5.0f} MB"
        )


def _move(page: Page, done: str, state: str) -> float:
    old = page.evaluate(state)
    page.locator(SLIDER).first.focus()
    start = page.evaluate("performance.now()")
    page.keyboard.press("ArrowRight")
    took = page.evaluate(UNTIL, [done, old, start])
    page.wait_for_timeout(SETTLE_MS)
    return took


def _pan(page: Page) -> float:
    old = page.evaluate(f"{MAP}.incidents.sequence")
    start = page.evaluate("performance.now()")
    page.evaluate(f"void {MAP}.incidents.map.panBy([140, 0], {{animate: false}})")
    took = page.evaluate(UNTIL, [f"(old) => {MAP}.incidents.sequence !== old", old, start])
    page.wait_for_timeout(SETTLE_MS)
    return took
