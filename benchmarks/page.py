"""From a slider move, or a pan, to the painted map, in a real browser; beside it the emptiest page there is.

The map is painted when a frame with the days under the slider's thumb has been drawn, counted from the event of the
key or the mouse. The whole page is done when its last element has followed too. A step is one more of the same thumb by
its keys, before a turn the other thumb had moved: both the map foresees while the reader rests. A drag is a move of the
mouse that holds a thumb, which nothing foresees. What is sent is counted as the wire carries it: the frames of its
websocket, packed as the server packs them, and answers.
"""

import statistics
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page

from benchmarks.serving import browse, memory_mb, serve

MOVES = 25
SETTLE_MS = 250
STRIDE = 9
"""Pixels that the mouse moves at once: more than a month in ten years."""
SLIDER = '[data-testid="stSlider"] input[type="range"]'

EMPTY_STATE = "document.querySelector('#told')?.innerText"
EMPTY_IS_DONE = f"(old) => {EMPTY_STATE} && {EMPTY_STATE} !== old"
MAP = "document.querySelector('iframe[title=\"streamlit_folium.st_folium\"]')?.contentWindow"
MAP_STATE = f"{MAP}.incidents.painted"
MAP_IS_DONE = f"(old) => {MAP_STATE} && {MAP_STATE} !== old"
SETTLED = f"""() => {MAP}.incidents.state().settled
    && document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning'"""
STARTS_AT = """new Promise(resolve =>
    addEventListener("%s", ({timeStamp}) => resolve(timeStamp), {once: true, capture: true}))"""
STARTS_AT_A_KEY, STARTS_AT_THE_MOUSE = STARTS_AT % "keydown", STARTS_AT % "pointermove"
STARTS_NOW = "Promise.resolve(performance.now())"
WATCH = """([done, old, start]) => {
    const ready = eval(done), began = eval(start);
    const drawn = () => new Promise(resolve => {
        const {port1, port2} = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
    });
    window.took = began.then(start => new Promise(resolve => {
        const look = () => ready(old)
            ? drawn().then(() => resolve(performance.now() - start)) : requestAnimationFrame(look);
        requestAnimationFrame(look);
    }));
}"""
"""Looks before each frame; a message that is sent then arrives when the frame has been drawn."""


def compare(incidents: Path | None, name: str) -> None:
    """Print medians and ratio for one table; moves of both pages alternate, so that noise meets both alike."""
    with serve("benchmarks/empty_page.py") as (empty, _), serve("dashboard/app.py", incidents) as (full, pid):
        urlopen(f"{full}/healthz", timeout=600).close()  # which answers when the table has been read
        with browse() as (blank, page), counted(page) as received:
            blank.goto(empty)
            blank.wait_for_selector("#told")
            page.goto(f"{full}/?category=any")
            page.wait_for_function(f"{MAP}?.incidents?.painted", timeout=60_000)
            page.wait_for_timeout(2000)
            _move_both(blank, page, [0, 0])  # the first moves are not what a reader waits for again and again
            received.clear()
            base, step, whole = _move_both(blank, page, [0] * MOVES)
            sent = sum(received) / MOVES
            base_of_turns, turn, _ = _move_both(blank, page, [1, 0] * (MOVES // 2))
            drags = _drag(page)
            pans = [_pan(page) for _ in range(MOVES)]
        print(
            f"{name:>12}  empty rerun {base:4.0f} ms   step → map {step:4.0f} ms = {step / base:4.2f} ×   "
            f"turn → map {turn:4.0f} ms = {turn / base_of_turns:4.2f} ×   "
            f"drag → map {statistics.median(drags):4.0f} ms = {statistics.median(drags) / base:4.2f} ×   "
            f"whole page {whole:4.0f} ms = {whole / base:4.2f} ×   pan → map {statistics.median(pans):4.0f} ms   "
            f"sent {sent / 1000:3.0f} kB a move   server {memory_mb(pid):4.0f} MB"
        )


def _move_both(blank: Page, page: Page, thumbs: Sequence[int]) -> list[float]:
    """Move one thumb after the other; return the medians of the empty page, the map and the whole page."""
    times = [
        (_move(blank, thumb, EMPTY_IS_DONE, EMPTY_STATE)[0], *_move(page, thumb, MAP_IS_DONE, MAP_STATE, SETTLED))
        for thumb in thumbs
    ]
    return [statistics.median(times) for times in zip(*times, strict=True)]


@contextmanager
def counted(page: Page) -> Iterator[list[int]]:
    """Yield a list that grows by the size of everything that the page receives."""
    sizes: list[int] = []
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)

    def pack(frame: bytes) -> None:
        sizes.append(len(packer.compress(frame) + packer.flush(zlib.Z_SYNC_FLUSH)))

    page.on("websocket", lambda socket: socket.on("framereceived", pack))
    page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", 0))))
    yield sizes


def _move(page: Page, thumb: int, done: str, state: str, settled: str = "") -> tuple[float, ...]:
    """Narrow the dates by a day; return the milliseconds until `done`, and until `settled` if that is asked for."""
    page.locator(SLIDER).nth(thumb).focus()
    page.evaluate(WATCH, [done, page.evaluate(state), STARTS_AT_A_KEY])
    page.evaluate(f"void (window.key = {STARTS_AT_A_KEY})")
    page.keyboard.press("ArrowLeft" if thumb else "ArrowRight")
    took = [page.evaluate("window.took")]
    if settled:
        page.evaluate(WATCH, [settled, None, "window.key"])
        took.append(page.evaluate("window.took"))
    page.wait_for_timeout(SETTLE_MS)
    return tuple(took)


def _drag(page: Page) -> list[float]:
    """Drag the first thumb to the right; return the milliseconds of each move of the mouse until the map is painted."""
    box = page.locator(SLIDER).first.locator("../..").bounding_box()
    if box is None:
        raise RuntimeError("the slider is not to be seen")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    times = []
    for move in range(1, MOVES + 1):
        page.evaluate(WATCH, [MAP_IS_DONE, page.evaluate(MAP_STATE), STARTS_AT_THE_MOUSE])
        page.mouse.move(x + STRIDE * move, y)
        times.append(page.evaluate("window.took"))
        page.wait_for_timeout(SETTLE_MS)
    page.mouse.up()
    page.wait_for_function(SETTLED)
    return times


def _pan(page: Page) -> float:
    page.evaluate(
        WATCH, [f"(old) => {MAP}.incidents.sequence !== old", page.evaluate(f"{MAP}.incidents.sequence"), STARTS_NOW]
    )
    page.evaluate(f"void {MAP}.incidents.map.panBy([140, 0], {{animate: false}})")
    took = page.evaluate("window.took")
    page.wait_for_timeout(SETTLE_MS)
    return took
