"""The page as its script draws it, without a browser."""

import json
import re
from datetime import date

from builders import csv_of
from streamlit.testing.v1 import AppTest
from telling import told

MOST_ARGUMENTS = 8000


def the_map(app: AppTest):
    """Return what the page sends to the map."""
    (component,) = app.get("component_instance")
    return component.proto, json.loads(component.proto.json_args)


def test_a_filter_changes_the_command_and_never_the_map(start):
    app = start()
    proto, before = the_map(app)
    app.slider(key="dates").set_value((date(2024, 2, 2), date(2024, 2, 3))).run()
    assert not app.exception
    proto_after, after = the_map(app)
    assert (proto_after.id, after["script"]) == (proto.id, before["script"])
    assert after["feature_group"] != before["feature_group"]
    assert "start=2024-02-02&end=2024-02-03" in after["feature_group"]


def test_the_map_is_told_little_and_loads_nothing_from_elsewhere(start):
    proto, arguments = the_map(start(q="x" * 200))
    assert len(proto.json_args) < MOST_ARGUMENTS
    links = [*arguments["js_links"], *arguments["css_links"]]
    assert links
    assert not [link for link in links if "//" in link]


def test_no_text_of_the_data_or_the_reader_stands_in_what_folium_renders(start):
    attack = '{{7*7}}{%raw%}${1}`"</script>'
    for incident in (attack, "INC-0044"):
        _, arguments = the_map(start(q=attack, faction="katyusha-cells", incident=incident))
        command = arguments["feature_group"].partition("incidents.show(")[2].partition(");")[0]
        assert command
        assert not set(command) & set("{}%$`<>")
        assert "Hezbollah" not in arguments["script"] + arguments["feature_group"]


def test_typed_dates_the_slider_and_the_address_are_one(start):
    app = start(start="2024-02-02", end="2024-02-03")
    assert app.slider(key="dates").value == (date(2024, 2, 2), date(2024, 2, 3))
    app.date_input[1].set_value(date(2024, 2, 1)).run()
    assert app.slider(key="dates").value == (date(2024, 2, 1), date(2024, 2, 2))
    assert (app.query_params["start"], app.query_params["end"]) == ("2024-02-01", "2024-02-02")


def test_an_address_that_makes_no_sense_opens_the_page_as_it_is(start):
    app = start(start="soon", end="2024-13-01", faction="nobody", category="war", sort="up", span="x", within="maybe")
    assert told(start()) == told(app)


def test_an_unknown_incident_is_said_to_be_missing(start):
    assert "No incident has the id &lt;b&gt;INC-9999" in told(start(incident="<b>INC-9999"))


def test_without_documents_there_are_locators_and_no_passages(start):
    app = start(incident="INC-0044")
    assert "line" in told(app)
    assert not app.expander


def test_an_incident_outside_the_filters_is_still_told(start):
    app = start(incident="INC-0044", country="Yemen")
    assert "Tower 22" in told(app)


def test_what_happened_around_an_incident_is_a_click_away(start):
    app = start(incident="INC-0044")
    app.button(key="around").click().run()
    assert not app.exception
    assert (app.query_params["start"], app.query_params["end"]) == ("2024-01-21", "2024-02-04")
    assert app.query_params["incident"] == "INC-0044"


def test_undated_incidents_are_told_apart_and_counted_as_the_filters_keep_them(start):
    night = {"start": "2024-02-02", "end": "2024-02-03", "faction": "katyusha-cells"}
    app = start(**night, undated="1", category="any")
    (undated,) = re.findall(r"(\d+) undated", told(app))
    assert app.checkbox(key="undated").label == f"also undated incidents · {undated}"
    assert "undated" not in told(start(**night, undated="0", category="any"))


def test_a_list_that_is_cut_says_so(start, monkeypatch):
    monkeypatch.setattr("dashboard.views.coverage.MOST_LISTED", 3)
    app = start()
    app.button(key="coverage exact").click().run()
    assert app.caption[-1].value.startswith("The first 3 of ")


def test_a_table_of_a_single_day_fills_its_timeline(start, tmp_path):
    table = tmp_path / "table.csv"
    table.write_bytes(csv_of({"date_earliest": "2024-02-02", "date_latest": "2024-02-02"}))
    (timeline,) = [html.proto.body for html in start(table).get("html") if 'class="timeline"' in html.proto.body]
    assert set(re.findall(r"left:([^;]*);width:([^;]*);", timeline)) == {("0.00%", "100.00%")}


def test_bars_that_the_chosen_days_touch_are_not_veiled(start):
    app = start(start="2024-02-02", end="2024-02-03")
    bodies = [html.proto.body for html in app.get("html")]
    (veils,) = [body for body in bodies if 'class="timeline veils"' in body]
    (bars,) = [body for body in bodies if 'class="timeline"' in body]
    edge = re.search(r'veil before" style="left:0.00%;width:([^;]*)%', veils)
    assert re.search(rf'class="bar side-[^"]*" style="left:{edge[1]}%', bars)


def test_a_faction_that_is_too_small_for_the_list_is_a_choice_away(start, tmp_path):
    table = tmp_path / "many.csv"
    actors = ["Front 00"] * 2 + [f"Front {number:02}" for number in range(32)]
    table.write_bytes(csv_of(*({"incident_id": f"INC-{n}", "actor": actor} for n, actor in enumerate(actors))))
    app = start(table, category="any")
    listed = [box.key for box in app.checkbox if str(box.key).startswith("faction ")]
    assert len(listed) == 24
    assert listed[0] == "faction Front 00"
    other = app.selectbox(key="another faction")
    assert other.options == [f"Front {number:02}" for number in range(24, 32)]
    other.select("Front 25").run()
    assert not app.exception
    assert app.checkbox(key="faction Front 25").value
    assert app.query_params["faction"] == "Front 25"
    assert app.selectbox(key="another faction").value is None
    app.checkbox(key="faction Front 25").uncheck().run()
    assert "faction" not in app.query_params
