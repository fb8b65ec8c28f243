"""The dashboard on a cluster shows what it shows on one machine."""

import pytest
from questions import BAGHDAD, WORLD
from serving import ROOT, serve
from streamlit.testing.v1 import AppTest

FILTERS = ("category=any", "start=2019-02-03&end=2019-03-05&q=number+42", "side=iran-and-allies&attribution=claimed")
WITHIN = 180


@pytest.fixture(scope="module")
def servers(million, cluster, tmp_path_factory):
    """Return the dashboard on the cluster, and the one of a single machine."""
    folders = (tmp_path_factory.mktemp("on_cluster"), tmp_path_factory.mktemp("on_machine"))
    (folders[1] / "cache").symlink_to(million.table.parent / "cache")
    on_cluster = {"INCIDENTS": str(million.shared), "INCIDENTS_ENGINE": cluster.url}
    with serve(folders[0], **on_cluster) as clustered, serve(folders[1], INCIDENTS=str(million.table)) as alone:
        yield clustered, alone
    assert "Traceback" not in clustered.log.read_text()


@pytest.mark.parametrize("query", FILTERS)
def test_the_routes_answer_the_same(servers, query):
    box = "west={0.west}&south={0.south}&east={0.east}&north={0.north}&zoom={0.zoom}&"
    for path, viewport in (
        ("cells", box.format(WORLD)),
        ("cells", box.format(BAGHDAD)),
        ("at", "place=baghdad&"),
        ("provinces", ""),
    ):
        clustered, alone = (server.get(f"/api/incidents/{path}", viewport + query) for server in servers)
        assert (clustered.status, clustered.body) == (alone.status, alone.body) == (200, alone.body)


def test_a_download_is_the_same_file(servers):
    clustered, alone = (server.get("/api/incidents.csv", FILTERS[1]) for server in servers)
    assert alone.body.count(b"\n") > 100
    assert clustered.body == alone.body


def test_the_page_shows_the_same_numbers(million, cluster, monkeypatch):
    monkeypatch.setenv("INCIDENTS_CACHE", str(million.table.parent / "cache"))
    monkeypatch.setenv("INCIDENTS", str(million.table))
    alone = _page()
    monkeypatch.setenv("INCIDENTS", str(million.shared))
    monkeypatch.setenv("INCIDENTS_ENGINE", cluster.url)
    assert _page() == alone


def _page() -> tuple[list[str], list[str]]:
    """Return the page's figures, timeline and other texts, and its table."""
    app = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=WITHIN).run()
    assert not app.exception
    assert not app.error
    labels = [widget.label for widget in (*app.checkbox, *app.button)]
    return [block.proto.body for block in app.get("html")] + labels, [frame.value.to_csv() for frame in app.dataframe]
