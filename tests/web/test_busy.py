"""What strangers are told when the server has enough to do."""

from threading import BoundedSemaphore

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.web import map_data, routes
from geodata.store.engine import TooLongError


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENTS_CACHE", str(tmp_path))
    return TestClient(Starlette(routes=routes.ROUTES))


def test_who_has_waited_long_enough_is_told_to_ask_again(client, monkeypatch):
    monkeypatch.setattr(routes, "MOST_PATIENCE_S", 0)
    monkeypatch.setattr(routes, "_answered_now", BoundedSemaphore(1))
    assert client.get("/api/incidents/provinces").status_code == 200
    routes._answered_now.acquire()  # noqa: SLF001, as another request does
    told = client.get("/api/incidents/provinces")
    assert (told.status_code, told.headers["retry-after"]) == (503, "5")
    assert "ask again" in told.json()["error"]
    routes._answered_now.release()  # noqa: SLF001
    assert client.get("/api/incidents/provinces").status_code == 200


def test_a_busy_server_still_says_that_it_is_well(client, monkeypatch):
    monkeypatch.setattr(routes, "MOST_PATIENCE_S", 0)
    monkeypatch.setattr(routes, "_answered_now", BoundedSemaphore(1))
    routes._answered_now.acquire()  # noqa: SLF001, as another request does
    assert client.get("/healthz").json()["status"] == "ok"


def test_a_bad_request_gives_its_turn_back(client, monkeypatch):
    monkeypatch.setattr(routes, "MOST_PATIENCE_S", 0)
    monkeypatch.setattr(routes, "_answered_now", BoundedSemaphore(1))
    assert [client.get("/api/incidents/cells").status_code for _ in range(3)] == [400, 400, 400]


def test_an_answer_that_takes_too_long_is_told_so(client, monkeypatch):
    def too_long(*_):
        raise TooLongError("the answer took longer than 30 s: ask for fewer incidents")

    monkeypatch.setattr(map_data, "provinces", too_long)
    told = client.get("/api/incidents/provinces")
    assert (told.status_code, told.json()["error"]) == (
        503,
        "the answer took longer than 30 s: ask for fewer incidents",
    )
