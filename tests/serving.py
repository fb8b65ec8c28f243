"""The dashboard as a process of its own, started by the README's command."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN = 60
TOLD = ("INCIDENTS", "MAPPING", "DECISIONS", "DOCUMENTS")
"""What decides about the page, by the names of the environment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server answered to one request."""

    status: int
    kind: str
    body: bytes

    @property
    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running dashboard.

    Attributes
    ----------
    log
        Where it writes what it has to say.
    """

    port: int
    log: Path

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return f"http://127.0.0.1:{self.port}/"

    def get(self, path: str, parameters: Mapping[str, Any] | Sequence[tuple[str, Any]] | str = "") -> Answer:
        """Return the answer to a GET request; a mapping's lists are repeated parameters."""
        query = parameters if isinstance(parameters, str) else urlencode(parameters, doseq=True)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", f"{path}?{query}" if query else path)
            answer = connection.getresponse()
            kind = answer.headers.get_content_type()
            return Answer(status=answer.status, kind=kind, body=answer.read())
        finally:
            connection.close()


@contextmanager
def serve(folder: Path, **environment: str) -> Iterator[Server]:
    """Run ``streamlit run dashboard/app.py`` on a free port until the block is left.

    Parameters
    ----------
    folder
        Where its cache and log go; nothing is written into the project.
    environment
        What it is told: INCIDENTS, MAPPING, DECISIONS, DOCUMENTS.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    own = {name: value for name, value in os.environ.items() if name not in TOLD}
    command = ["streamlit", "run", "dashboard/app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    with (
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=own | {"INCIDENTS_CACHE": str(folder / "cache")} | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        server = Server(port=port, log=log)
        try:
            _wait_for(server, process)
            yield server
        finally:
            process.terminate()


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; whether its incidents can be read is another question."""
    for _ in range(STARTS_WITHIN * 10):
        if process.poll() is not None:
            break
        try:
            server.get("/_stcore/health")
        except OSError:
            time.sleep(0.1)  # there is nothing to wait on but the port itself
        else:
            return
    raise RuntimeError(f"the dashboard did not start:\n{server.log.read_text(errors='replace')}")
