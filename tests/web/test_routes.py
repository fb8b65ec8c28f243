"""The routes beside the page, asked over HTTP as a stranger would."""

from collections import Counter
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl

import pytest
from serving import ROOT, Answer, Server

from dashboard.state import OPENING, to_query
from geodata.actors.actors import read_actors
from geodata.gazetteer.places import read_gazetteer
from geodata.store.cells import count_provinces
from geodata.store.counts import summarize
from geodata.store.engine import Store, open_store
from geodata.store.filters import IncidentFilter, matching
from geodata.store.load import load_incidents

WORLD = {"west": -180, "south": -90, "east": 180, "north": 90, "zoom": 6}
QUESTIONS = (
    OPENING,
    IncidentFilter(),
    IncidentFilter(start=date(2024, 2, 2), end=date(2024, 2, 3), undated=False, within=True),
    IncidentFilter(factions=frozenset({"axis-of-resistance"}), presumed=True),
    IncidentFilter(countries=frozenset({"", "Syria"}), attributions=frozenset({"claimed", "attributed"})),
    IncidentFilter(text="drone"),
    IncidentFilter(text="nothing like it"),
)
HOSTILE = ("' OR 1=1 --", "\0", "%", "{{7*7}}", "<script>", "\u202e", "x'; DROP TABLE incidents; --", "٣", "1" * 200)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("store")
    return open_store(load_incidents(ROOT / "incidents.csv", folder, read_gazetteer(), read_actors()))


def cells(server: Server, query: str = "", **viewport: object) -> Answer:
    return server.get("/api/incidents/cells", [*(WORLD | viewport).items(), *parse_qsl(query, keep_blank_values=True)])


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_map_is_told_as_many_incidents_as_the_filter_keeps(server, store, question):
    query, told = to_query(question), summarize(store, question)
    answer = cells(server, query).json
    assert sum(sum(map(sum, answer[where]["counts"])) for where in ("places", "areas")) == told.exact + told.approximate
    assert len(answer["places"]["id"]) + len(answer["areas"]["id"]) == told.places
    kinds = Counter[tuple[str, ...]]()
    for columns in (answer["places"], answer["areas"]):
        for kind, counted in zip(columns["kinds"], zip(*columns["counts"], strict=True), strict=True):
            kinds[*kind] += sum(counted)
    placed = store.ask(matching(store, question).filter(store.incidents.place_no.notnull())).to_pylist()
    assert kinds == Counter((row["side"], row["attribution"]) for row in placed)


@pytest.mark.parametrize("question", QUESTIONS)
def test_where_nothing_is_in_sight_the_map_is_told_whether_anything_is_elsewhere(server, store, question):
    question = replace(question, known_to=frozenset({"site"}))
    away = cells(server, to_query(question), west=100, east=101, south=60, north=61).json
    assert away["places"]["id"] == away["areas"]["id"] == []
    assert away["elsewhere"] == (summarize(store, question).exact > 0)
    assert not cells(server, to_query(question)).json["elsewhere"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_place_lists_the_incidents_that_its_sign_counts(server, question):
    query = to_query(question)
    answer = cells(server, query).json
    for kind in ("places", "areas"):
        for place, counts in zip(answer[kind]["id"], answer[kind]["counts"], strict=True):
            at = server.get("/api/incidents/at", [("place", place), *parse_qsl(query, keep_blank_values=True)]).json
            assert at["total"] == len(at["incidents"]) == sum(counts)
            assert at["place"]["name"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_provinces_are_counted_as_the_filter_keeps_them(server, store, question):
    answer = server.get("/api/incidents/provinces", to_query(question)).json
    gazetteer = read_gazetteer()
    named = [gazetteer.places[place_id] for place_id in answer["id"]]
    counted = count_provinces(store, question)
    assert {place.kind for place in named} <= {"province"}
    assert (
        dict(zip([(place.country, place.admin1) for place in named], answer["count"], strict=True)).items()
        <= counted.items()
    )
    drawn = {(place.country, place.admin1) for place in gazetteer.places.values() if place.kind == "province"}
    assert len(answer["id"]) == len(drawn & counted.keys())
    assert set(answer["id"]) <= gazetteer.areas.keys()


def test_a_viewport_is_told_what_lies_in_it(server):
    answer = cells(server, to_query(IncidentFilter()), west=38, south=33, east=39, north=34, zoom=9).json
    assert set(answer["places"]["id"]) == {"tower-22", "al-tanf-garrison"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_foreseen_is_what_is_told_then(server, question):
    days = [(date(2024, 2, 2), date(2024, 2, 3)), (None, date(2023, 12, 31)), (date(2024, 1, 28), None)]
    told = ",".join("/".join(day.isoformat() if day else "" for day in span) for span in days)
    query = parse_qsl(to_query(question), keep_blank_values=True)
    answers = server.get("/api/incidents/foreseen", [*WORLD.items(), *query, ("days", told)]).json
    asked = [replace(question, start=start, end=end) for start, end in days]
    assert answers == [cells(server, to_query(then)).json for then in asked]


@pytest.mark.parametrize("days", ["", "2024-02-02", "2024-02-02/x", "2024-02-30/", "/2024-02-03/", "/,/,/,/", "1e9/"])
def test_days_that_are_none_are_refused_in_a_sentence(server, days):
    answer = server.get("/api/incidents/foreseen", WORLD | {"days": days})
    assert (answer.status, answer.kind) == (400, "application/json")
    assert answer.json["error"].startswith("days must be at most 3 times first/last, such as ")


def test_the_whole_answer_is_small(server):
    assert len(cells(server, to_query(IncidentFilter())).body) < 50_000


@pytest.mark.parametrize("name", ["west", "south", "east", "north", "zoom"])
@pytest.mark.parametrize("value", ["", "x", "nan", "inf", "-inf", "1e9", "0x10", "6;7", "1" * 400])
def test_a_viewport_that_is_none_is_refused_in_a_sentence(server, name, value):
    answer = cells(server, **{name: value})
    assert (answer.status, answer.kind) == (400, "application/json")
    assert answer.json["error"].startswith(f"{name} must be a number from ")


def test_a_viewport_inside_out_is_refused(server):
    assert cells(server, west=10, east=-10).status == 400
    assert cells(server, south=10, north=-10).status == 400


@pytest.mark.parametrize("cell", ["1", "1/2", "29/0/0", "x/y/z", "-1/0/0", "1/2/3/4", "8/ 1/2", f"8/{'1' * 30}/1"])
def test_a_cell_that_is_none_is_refused(server, cell):
    answer = server.get("/api/incidents/at", {"cell": cell})
    assert (answer.status, answer.json) == (400, {"error": "cell must be level/x/y as the cells of the map name it"})


def test_a_list_of_nowhere_is_refused_and_of_an_unknown_place_is_empty(server):
    assert server.get("/api/incidents/at").status == 400
    assert server.get("/api/incidents/at", {"place": "' OR 1=1 --"}).json["total"] == 0
    assert server.get("/api/incidents/at", {"cell": "28/268435455/1"}).json["total"] == 0


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    "name", ["q", "faction", "side", "category", "country", "start", "within", "known_to", "other"]
)
def test_whatever_a_filter_asks_is_answered_with_data(server, name, value):
    answer = server.get("/api/incidents/cells", [*WORLD.items(), (name, value), (name, value)])
    assert (answer.status, answer.kind) == (200, "application/json")
    assert set(answer.json) == {"mode", "places", "areas", "links", "links_cut", "elsewhere"}


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "q=%ed%a0%80", "q=%00", "=&&;=", "start=0001-01-01&end=9999-12-31", "q=%"]
)
def test_bytes_that_are_no_text_break_nothing(server, query):
    viewport = "&".join(f"{name}={value}" for name, value in WORLD.items())
    assert server.get("/api/incidents/cells", f"{viewport}&{query}").status == 200


def test_a_query_without_end_is_refused(server):
    answer = cells(server, f"q={'x' * 8000}")
    assert (answer.status, answer.json) == (414, {"error": "the query is longer than 8000 characters"})


@pytest.mark.parametrize("path", ["/api/", "/api/nothing", "/api/incidents/cells/", "/api/<script>"])
def test_what_is_not_there_is_said_to_be_missing_and_not_answered_with_the_page(server, path):
    answer = server.get(path.replace("<", "%3C").replace(">", "%3E"))
    assert (answer.status, answer.kind) == (404, "application/json")


@pytest.mark.parametrize(
    "path", ["/map/../routes.py", "/map/..%2froutes.py", "/map/%2e%2e/routes.py", "/map//etc/passwd"]
)
def test_files_beside_the_browser_files_are_out_of_reach(server, path):
    answer = server.get(path)
    assert answer.status in {400, 404}
    assert b"import" not in answer.body


def test_the_gazetteer_is_told_whole(server):
    gazetteer = read_gazetteer()
    assert len(server.get("/api/areas").json["features"]) == len(gazetteer.areas)
    places = server.get("/api/places").json
    points = {p.place_id for p in gazetteer.places.values() if p.precision in {"site", "town", "district"}}
    assert set(places["id"]) == points


def test_the_perimeter_is_a_disc_of_70_km_around_the_base_that_the_document_names(server):
    (perimeter,) = server.get("/api/perimeters").json["features"]
    assert perimeter["properties"]["place_id"] == "ain-al-asad-air-base"
    lats = [lat for _, lat in perimeter["geometry"]["coordinates"][0]]
    assert (max(lats) - min(lats)) * 110.95 == pytest.approx(140, abs=1)


def test_it_is_well_and_says_how_many_rows_it_has(server, store):
    assert server.get("/healthz").json == {"status": "ok", "rows": int(store.meta["rows_read"])}
    assert server.get("/").kind == "text/html"
