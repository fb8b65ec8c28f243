"""Servers and a browser to measure, each a process of its own."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN_S = 300
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@contextmanager
def serve(script: str, incidents: Path | None = None) -> Iterator[tuple[str, int]]:
    """Run a Streamlit script on a free port; yield its address and its process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as cache:
        given = {"INCIDENTS_CACHE": cache} | ({"INCIDENTS": str(incidents)} if incidents else {})
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=os.environ | given, stdout=subprocess.DEVNULL)
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}", server.pid
        finally:
            server.terminate()
            server.wait()


def _wait_for(address: str) -> None:
    for _ in range(STARTS_WITHIN_S * 10):
        try:
            with urlopen(address):
                return
        except OSError:
            time.sleep(0.1)
    message = f"{address} did not answer within {STARTS_WITHIN_S} s"
    raise TimeoutError(message)


@contextmanager
def browse() -> Iterator[tuple[Page, Page]]:
    """Open two pages in one headless browser."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield tuple(browser.new_context(viewport={"width": 1440, "height": 1000}).new_page() for _ in range(2))
        browser.close()


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
