"""The list for other programs, by the page's own parameters."""

import json

import pytest
from builders import csv_of
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.web.openapi import document
from dashboard.web.routes import ROUTES
from geodata.exports.formats import FORMATS

ROWS = [
    {"place": "Tower 22", "date_earliest": "2024-01-28", "date_latest": "2024-01-28", "actor": "Iran"},
    {"place": "Syria", "summary": "=1+1"},
    {"place": "Atlantis", "category": "threat"},
]


@pytest.fixture
def client(tmp_path, monkeypatch):
    table = tmp_path / "table.csv"
    table.write_bytes(csv_of(*ROWS))
    monkeypatch.setenv("INCIDENTS", str(table))
    monkeypatch.setenv("INCIDENTS_CACHE", str(tmp_path))
    return TestClient(Starlette(routes=ROUTES))


def ids(answer):
    assert answer.status_code == 200, answer.text
    return [feature["id"] for feature in answer.json()["features"]]


def test_the_address_s_parameters_are_the_filter(client):
    assert ids(client.get("/api/incidents.geojson")) == ["INC-2", "INC-1"]
    assert ids(client.get("/api/incidents.geojson?category=any")) == ["INC-2", "INC-3", "INC-1"]
    assert ids(client.get("/api/incidents.geojson?category=any&sort=oldest")) == ["INC-1", "INC-2", "INC-3"]
    assert ids(client.get("/api/incidents.geojson?end=2024-01-31&country=Jordan")) == ["INC-1"]


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_every_format_has_a_route(client, form):
    answer = client.get(f"/api/incidents{form.ending}?start=2024-02-01")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == form.media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="incidents_2024-02-01{form.ending}"'


def test_pages_follow_each_other(client):
    first = client.get("/api/incidents.geojson?category=any&limit=2")
    assert first.headers["x-total-count"] == "3"
    second = client.get(first.links["next"]["url"])
    assert (ids(first), ids(second)) == (["INC-2", "INC-3"], ["INC-1"])
    assert "next" not in second.links
    assert ids(client.get("/api/incidents.geojson?limit=5&offset=10")) == []


def test_an_unchanged_answer_is_not_sent_again(client):
    mark = client.get("/api/incidents.csv").headers["etag"]
    assert client.get("/api/incidents.csv", headers={"if-none-match": mark}).status_code == 304
    for other in ("/api/incidents.csv?category=any", "/api/incidents.csv?limit=1", "/api/incidents.kml"):
        assert client.get(other, headers={"if-none-match": mark}).status_code == 200


def test_what_is_decided_about_the_table_makes_another_answer(client, tmp_path, monkeypatch):
    mark = client.get("/api/incidents.csv").headers["etag"]
    decided = tmp_path / "decisions.csv"
    decided.write_text("what,name,decision,target\nplace,Syria,leave,\n")
    monkeypatch.setenv("DECISIONS", str(decided))
    assert client.get("/api/incidents.csv", headers={"if-none-match": mark}).status_code == 200


@pytest.mark.parametrize("asked", ["limit=-1", "offset=many", "coarsen=much", "limit=99999999999999999999"])
def test_a_parameter_that_cannot_be_used_is_told(client, asked):
    answer = client.get(f"/api/incidents.csv?{asked}")
    assert answer.status_code == 400
    assert asked.partition("=")[0] in answer.json()["error"] or "town, province" in answer.json()["error"]


def test_the_manifest_is_that_of_the_same_address(client):
    told = client.get("/api/incidents.manifest.json?format=kml&end=2024-01-31").json()
    assert told["file"]["format"] == "kml"
    assert told["counts"]["in_file"] == 1
    assert told["question"]["link"].endswith("end=2024-01-31")
    assert client.get("/api/incidents.manifest.json?format=doc").status_code == 400


def test_the_openapi_document_names_every_route(client):
    told = client.get("/api/openapi.json").json()
    assert told == json.loads(json.dumps(document()))
    served = {route.path for route in ROUTES if getattr(route, "path", "").startswith("/api/incidents.")}
    assert set(told["paths"]) == served
