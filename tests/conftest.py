"""What all tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from serving import Server, serve

from geodata.incidents.documents import read_documents

# The time that one example takes says nothing on a busy machine.
settings.register_profile("here", deadline=None, print_blob=True)
settings.load_profile("here")

SERVED = {"app", "browser", "web"}
"""Folders whose tests share servers and a browser, and stay in one process when the tests run in several."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together what shares servers."""
    for item in items:
        if item.path.parent.name in SERVED:
            item.add_marker(pytest.mark.xdist_group("served"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return the dashboard of the shipped incidents, with made-up texts for documents."""
    documents = tmp_path_factory.mktemp("documents")
    for document in read_documents().itertuples():
        lines = [f"Made-up line {line} of {document.document}." for line in range(1, document.lines + 1)]
        (documents / f"{document.document}.txt").write_text("\n".join(lines), encoding="utf-8")
    yield from _served(tmp_path_factory.mktemp("server"), DOCUMENTS=str(documents))


@pytest.fixture(scope="session")
def other_table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file that `other_server` shows; a test writes into it what it is about."""
    return tmp_path_factory.mktemp("other") / "other.csv"


@pytest.fixture(scope="session")
def other_server(tmp_path_factory: pytest.TempPathFactory, other_table: Path) -> Iterator[Server]:
    """Return a dashboard of whatever stands in `other_table`."""
    yield from _served(tmp_path_factory.mktemp("other_server"), INCIDENTS=str(other_table))


def _served(folder: Path, **environment: str) -> Iterator[Server]:
    with serve(folder, **environment) as running:
        yield running
    log = running.log.read_text(errors="replace")
    assert "Traceback" not in log, log
