"""The downloads, as the page's script draws them."""

from dataclasses import replace

from builders import csv_of

from dashboard.views.downloads import GROUPS
from geodata.exports.formats import FORMATS


def test_what_is_held_back_is_said_and_given_only_when_switched_on(start, tmp_path):
    table = tmp_path / "table.csv"
    table.write_bytes(csv_of({"place": "Tower 22"}, {"place": "Baghdad", "sensitive": "person"}))
    app = start(table)
    assert any("1 row held back" in html.proto.body for html in app.get("html"))
    app.button(key="more downloads").click().run()
    switch = app.toggle(key="include held back")
    assert (switch.label, switch.value) == ("Include 1 row held back", False)


def test_nothing_is_said_where_nothing_is_held_back(start):
    app = start()
    app.button(key="more downloads").click().run()
    assert app.get("download_button")[-1].proto.label == "KML"
    assert "include held back" not in [toggle.key for toggle in app.toggle]
    assert not any("held back" in html.proto.body for html in app.get("html"))


def test_a_sensitive_incident_says_so(start, tmp_path):
    table = tmp_path / "table.csv"
    table.write_bytes(csv_of({"place": "Tower 22", "sensitive": "place"}))
    app = start(table, incident="INC-1")
    assert any("It may endanger a place" in html.proto.body for html in app.get("html"))


def test_a_long_list_comes_by_its_route_which_streams_it(start, monkeypatch):
    monkeypatch.setattr("dashboard.views.downloads.MOST_AT_ONCE", 10)
    app = start(faction="katyusha-cells")
    (link,) = [link.proto for link in app.get("link_button") if link.proto.label == "CSV"]
    assert link.url == "api/incidents.csv?faction=katyusha-cells&sort=newest"


def test_every_format_is_offered_once():
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(FORMATS)


def test_a_format_that_cannot_hold_the_rows_says_so_instead_of_failing(start, tmp_path, monkeypatch):
    table = tmp_path / "table.csv"
    table.write_bytes(csv_of({"place": "Tower 22"}, {"place": "Baghdad"}))
    for most, disabled in ((1, True), (2, False)):
        monkeypatch.setattr("dashboard.views.downloads.FORMATS", {**FORMATS, "csv": replace(FORMATS["csv"], most=most)})
        button = start(table).get("download_button")[0].proto
        assert button.disabled == disabled
        assert ("holds at most 1 rows" in button.help) == disabled


def test_formats_with_a_limit_tell_it():
    assert {name: form.most for name, form in FORMATS.items() if form.most} == {"xlsx": 1_048_575, "html": 20_000}
