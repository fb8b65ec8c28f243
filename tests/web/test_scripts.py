"""The scripts of the map, as its frame fetches them."""

from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.maps.base import SCRIPTS
from dashboard.web.routes import ROUTES, STATIC


def test_they_come_as_one_file_in_their_order_and_only_when_they_have_changed():
    client = TestClient(Starlette(routes=ROUTES))
    answer = client.get("/map/scripts.js")
    places = [answer.text.index((STATIC / name).read_text(encoding="utf-8")) for name in SCRIPTS]
    assert places == sorted(places)
    assert answer.headers["content-type"].startswith("text/javascript")
    again = client.get("/map/scripts.js", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")
