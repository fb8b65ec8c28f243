"""The page as its script draws it, without a browser."""

import pytest
from serving import ROOT, TOLD
from streamlit.testing.v1 import AppTest


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def start(cache, monkeypatch):
    """Return how to open the page at an address, of the shipped incidents unless told otherwise."""
    monkeypatch.setenv("INCIDENTS_CACHE", str(cache))
    for name in TOLD:
        monkeypatch.delenv(name, raising=False)

    def run(table=None, **address: str) -> AppTest:
        if table is not None:
            monkeypatch.setenv("INCIDENTS", str(table))
        app = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=30)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return run
