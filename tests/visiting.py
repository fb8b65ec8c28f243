"""A reader's browser: what is on the page and on the map, and what it asks of whom."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext, Frame, Locator, Page, expect

from dashboard.state import from_address, to_query

MAP = 'iframe[title="streamlit_folium.st_folium"]'
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # whatever is asked of another host fails at once
)
PATIENCE = 20_000
"""Milliseconds until a condition that never comes fails its test; none is ever slept through."""


@dataclass(eq=False)
class Visit:
    """One page in a browser of its own cookies, with a log of all that must not be.

    Attributes
    ----------
    faults
        Requests to other hosts, and errors of scripts.
    """

    context: BrowserContext
    url: str
    page: Page = field(init=False)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("request", lambda request: self._watch(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(f"error of a script: {error}"))
        self.page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def _watch(self, url: str) -> None:
        if urlsplit(url).hostname not in {"127.0.0.1", None}:
            self.faults.append(f"request to another host: {url}")

    def open(self, query: str = "") -> None:
        """Load the page at an address and wait until its map is painted and its script at rest."""
        self.page.goto(f"{self.url}?{query}" if query else self.url)
        self.wait_for_map()

    def wait_for_map(self) -> None:
        """Wait until the map is painted and the page at rest."""
        self.page.locator(MAP).wait_for(state="visible")
        self.frame.wait_for_function("() => window.incidents && window.incidents.state().version")
        self.rest()

    def rest(self) -> None:
        """Wait until no run of the page is under way."""
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')

    @property
    def frame(self) -> Frame:
        """Return the frame of the map."""
        return self.page.locator(MAP).element_handle().content_frame()

    @property
    def map(self) -> dict[str, Any]:
        """Return what is on the map."""
        return self.frame.evaluate("() => window.incidents.state()")

    def count_on_map(self) -> int:
        """Return the incidents that the signs of the map count."""
        told = self.map
        return sum(sign["count"] for sign in told["places"] + told["areas"])

    def repaint(self, change: Callable[[], object]) -> None:
        """Do what changes the filter, and wait until the map shows what it asks now."""
        before = self.map["version"]
        change()
        self.frame.wait_for_function(
            "before => { const now = window.incidents.state(); return now.settled && now.version !== before; }",
            arg=before,
        )
        self.rest()

    def shows(self, **parameters: str) -> None:
        """Wait until these parameters stand in the address, and the map shows what the whole address asks."""
        self.page.wait_for_function(
            "wanted => wanted.every(([name, value]) => new URLSearchParams(location.search).get(name) === value)",
            arg=list(parameters.items()),
        )
        self.rest()
        self.frame.wait_for_function(
            "query => incidents.filter === query && incidents.state().settled",
            arg=to_query(from_address(self.address).question),
        )

    def run(self, change: Callable[[], object], until: Callable[[], Locator]) -> None:
        """Do what runs the page, and wait for what it shows then."""
        change()
        until().wait_for()
        self.rest()

    @property
    def address(self) -> dict[str, list[str]]:
        """Return the parameters of the page's address."""
        return parse_qs(urlsplit(self.page.url).query, keep_blank_values=True)

    def key(self, key: str) -> Locator:
        """Return what the page's script calls by this key."""
        return self.page.locator(f".st-key-{re.sub(r'[^A-Za-z0-9_-]', '-', key)}")

    def figures(self) -> list[str]:
        """Return the numbers above the map."""
        return self.page.locator(".figures b").all_inner_texts()

    def coverage(self) -> list[int]:
        """Return the numbers of the strip: read, exact, approximate, unplaced, outside, rejected."""
        strip = self.key("coverage")
        sees(strip, "rejected")  # its last part: it is drawn after the run has ended
        return [to_number(told) for told in re.findall(r"\d[\d\u202f]*", strip.inner_text())]

    def rows(self) -> list[dict[str, str]]:
        """Return the rows of the table that are in view, by its headings."""
        grid = self.page.locator('[data-testid="stDataFrame"] canvas table').first
        cells = grid.evaluate("grid => [...grid.rows].map(row => [...row.cells].map(cell => cell.textContent))")
        return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]

    def row_count(self) -> int:
        """Return how many rows the table says that it has."""
        grid = self.page.locator('[data-testid="stDataFrame"] canvas table').first
        return int(grid.get_attribute("aria-rowcount") or 0) - 1

    def sign(self, place: str) -> dict[str, Any]:
        """Return the sign of a place on the map."""
        told = self.map
        return next(sign for sign in told["places"] + told["areas"] if sign["id"] == place)

    def click_sign(self, place: str) -> None:
        """Click the sign of a place, where it is on the screen."""
        at = self.sign(place)
        self.page.locator(MAP).click(position={"x": at["x"], "y": at["y"]})

    def slide(self, thumb: int, *keys: str) -> None:
        """Move the thumb of the slider by keyboard."""
        handle = self.key("dates").locator("input").nth(thumb)
        handle.focus()
        for key in keys:
            handle.press(key)

    def hand_over(self, name: str, content: bytes) -> None:
        """Open the dialog for a table of the reader's own, and give it a file."""
        self.page.get_by_role("button", name="Open your own table").click()
        field = self.page.get_by_role("dialog").locator('input[type="file"]').first
        field.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})

    def open_own(self, name: str, content: bytes) -> None:
        """Open a table of the reader's own, and wait until page and map are about it."""
        self.hand_over(name, content)
        self.page.get_by_role("button", name="close", exact=True).wait_for()
        self.rest()
        self.frame.wait_for_function("() => incidents.state().settled && incidents.told.includes('table=')")

    def download(self, name: str) -> tuple[str, bytes]:
        """Return the name and the content of a download."""
        return self.take(self.key("foot").get_by_role("button", name=name, exact=True))

    def take(self, button: Locator) -> tuple[str, bytes]:
        """Return the name and the content of what a button downloads."""
        with self.page.expect_download() as started:
            button.click()
        told = started.value
        return told.suggested_filename, Path(told.path()).read_bytes()

    def text(self) -> str:
        """Return all that stands on the page."""
        return self.page.locator("body").inner_text()


def to_number(told: str) -> int:
    """Return a number that is written with thin spaces."""
    return int(told.replace("\u202f", ""))


def sees(locator: Locator, *texts: str) -> None:
    """Wait until all of these texts are there."""
    for text in texts:
        expect(locator).to_contain_text(text, timeout=PATIENCE)
