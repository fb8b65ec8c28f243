"""A real browser for the tests that need one."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from serving import Server
from visiting import FLAGS, Visit

BROWSERS = ("chromium", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the machine's browser; without one the test is skipped, and fails where all must run."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        message = f"no browser found: install one of {', '.join(BROWSERS)}"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context_of(browser: Browser) -> Callable[..., BrowserContext]:
    """Return the browser's context with these options: pages that share one load the page's scripts but once."""

    @cache
    def made(**options: Any) -> BrowserContext:
        viewport = {"width": options.pop("width", 1440), "height": options.pop("height", 900)}
        return browser.new_context(**{"color_scheme": "light", "reduced_motion": "reduce"} | options, viewport=viewport)

    return made


@pytest.fixture
def visit(context_of: Callable[..., BrowserContext], server: Server) -> Iterator[Callable[..., Visit]]:
    """Return how to open pages; whatever a page asks of other hosts or breaks fails the test."""
    visits: list[Visit] = []

    def start(query: str = "", *, server: Server = server, opened: bool = True, **options: Any) -> Visit:
        made = Visit(context_of(**options), server.url)
        visits.append(made)
        if opened:
            made.open(query)
        return made

    yield start
    faults = [fault for made in visits for fault in made.faults]
    for made in visits:
        made.page.close()
    assert not faults
