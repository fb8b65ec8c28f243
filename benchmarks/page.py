"""From a slider move, or a pan, to the painted map, in a real browser; beside it the emptiest page there is.

The map is painted when the days under the slider's thumb are on it. The whole page is done when its last element has
followed too. What is sent is counted as the page receives it: frames of its websocket, unpacked, and answers.
"""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
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
SETTLED = f"""() => {MAP}.incidents.state().settled
    && document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning'"""
UNTIL = """([done, old, start]) => new Promise(resolve => {
    const ready = eval(done), look = () => ready(old)
        ? requestAnimationFrame(() => resolve(performance.now() - start)) : setTimeout(look, 1);
    look();
})"""


def compare(incidents: Path | None, name: str) -> None:
    """Print medians and ratio for one table; moves of both pages alternate, so that noise meets both alike."""
    with serve("benchmarks/empty_page.py") as (empty, _), serve("dashboard/app.py", incidents) as (full, pid):
        with browse() as (blank, page), counted(page) as received:
            blank.goto(empty)
            blank.wait_for_selector("#told")
            page.goto(f"{full}/?category=any")
            page.wait_for_function(f"{MAP}?.incidents?.painted", timeout=60_000)
            page.wait_for_timeout(2000)
            for _ in range(2):  # the first moves of either page are not what a reader waits for again and again
                _move(blank, EMPTY_IS_DONE, EMPTY_STATE)
                _move(page, MAP_IS_DONE, MAP_STATE)
            received.clear()
            pairs = [
                (_move(blank, EMPTY_IS_DONE, EMPTY_STATE)[0], *_move(page, MAP_IS_DONE, MAP_STATE, SETTLED))
                for _ in range(MOVES)
            ]
            sent = sum(received) / MOVES
            pans = [_pan(page) for _ in range(MOVES)]
        base, moved, whole = (statistics.median(times) for times in zip(*pairs, strict=True))
        print(
            f"{name:>12}  empty rerun {base:4.0f} ms   slider → map {moved:4.0f} ms = {moved / base:4.2f} ×   "
            f"whole page {whole:4.0f} ms = {whole / base:4.2f} ×   pan → map {statistics.median(pans):4.0f} ms   "
            f"sent {sent / 1000:3.0f} kB a move   server {memory_mb(pid):4.0f} MB"
        )


@contextmanager
def counted(page: Page) -> Iterator[list[int]]:
    """Yield a list that grows by the size of everything that the page receives."""
    sizes: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame))))
    page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", 0))))
    yield sizes


def _move(page: Page, done: str, state: str, settled: str = "") -> tuple[float, ...]:
    """Return the milliseconds until `done`, and until `settled` if that is asked for."""
    old = page.evaluate(state)
    page.locator(SLIDER).first.focus()
    start = page.evaluate("performance.now()")
    page.keyboard.press("ArrowRight")
    took = [page.evaluate(UNTIL, [done, old, start])]
    if settled:
        took.append(page.evaluate(UNTIL, [settled, None, start]))
    page.wait_for_timeout(SETTLE_MS)
    return tuple(took)


def _pan(page: Page) -> float:
    old = page.evaluate(f"{MAP}.incidents.sequence")
    start = page.evaluate("performance.now()")
    page.evaluate(f"void {MAP}.incidents.map.panBy([140, 0], {{animate: false}})")
    took = page.evaluate(UNTIL, [f"(old) => {MAP}.incidents.sequence !== old", old, start])
    page.wait_for_timeout(SETTLE_MS)
    return took
