"""The names that the reader is asked about."""

import pytest
from deciding import accept, accept_actor, decided, hold, leave, leave_actor, point
from storing import ACTORS, GAZETTEER

from geodata.gazetteer.places import read_gazetteer
from geodata.review.decisions import Decision, Verdict
from geodata.store.decided import list_decisions
from geodata.store.doubtful import (
    DoubtfulName,
    Doubts,
    count_doubtful_actors,
    count_doubtful_places,
    find_doubtful_actors,
    find_doubtful_places,
)
from geodata.store.engine import Store


def places(store: Store, **page: int) -> list[DoubtfulName]:
    return find_doubtful_places(store, GAZETTEER, **page)


def actors(store: Store) -> list[DoubtfulName]:
    return find_doubtful_actors(store, ACTORS)


def names(doubts: list[DoubtfulName]) -> list[tuple[str, int]]:
    return [(doubt.name, doubt.rows) for doubt in doubts]


def test_names_without_a_place_are_asked_about_the_most_frequent_first():
    store = hold({"place": "Rare"}, *[{"place": "Often"}] * 3, {"place": "Tanf"}, {"place": ""})
    assert names(places(store)) == [("Often", 3), ("Rare", 1)]
    assert count_doubtful_places(store) == Doubts(names=2, rows=4)


def test_a_name_in_another_country_is_asked_about_apart():
    store = hold({"place": "x", "given_country": "Iraq"}, {"place": "x"}, {"place": "x", "given_admin1": "Homs"})
    assert sorted((doubt.country, doubt.admin1) for doubt in places(store)) == [("", ""), ("", "Homs"), ("Iraq", "")]


def test_a_name_is_asked_about_once_whatever_its_case_and_spaces():
    assert names(places(hold({"place": "The  Hill "}, {"place": "the hill"}, {"place": "THE HILL"}))) == [
        ("THE HILL", 3)
    ]


def test_it_is_told_what_the_name_may_mean_and_why_it_is_in_doubt():
    (doubt,) = places(hold({"place": "Towr 22"}))
    assert (doubt.suggestions[0].id, doubt.suggestions[0].name) == ("tower-22", "Tower 22")
    assert doubt.suggestions[0].score > 80
    assert doubt.reason.startswith("no place is called 'Towr 22'")
    assert doubt.placed == ""


@pytest.mark.parametrize("degrees", ["33", "0"])
def test_a_row_with_its_own_point_needs_no_name_even_if_the_point_is_faulty(degrees):
    assert not places(hold({"place": "Nowhere", "given_lon": degrees, "given_lat": degrees}))


@pytest.mark.parametrize("decision", [accept("Nowhere", "tanf"), point("Nowhere", 40, 33), leave("nowhere")])
def test_what_is_decided_is_not_asked_again(decision):
    store = hold({"place": "Nowhere"}, {"place": "Elsewhere"}, decisions=decided(decision))
    assert names(places(store)) == [("Elsewhere", 1)]


def test_a_decision_that_names_no_known_place_leaves_the_name_in_doubt():
    assert places(hold({"place": "Nowhere"}, decisions=decided(accept("Nowhere", "atlantis"))))


@pytest.mark.parametrize("page", [{"limit": 2, "offset": 0}, {"limit": 2, "offset": 2}, {"limit": 2, "offset": 4}])
def test_a_page_of_names_is_a_part_of_all(page):
    store = hold(*[{"place": f"Place {n}"} for n in range(3)])
    everything = places(store)
    assert len(everything) == 3
    assert places(store, **page) == everything[page["offset"] : page["offset"] + page["limit"]]


def test_unknown_actors_are_asked_about_acting_or_presumed():
    store = hold({"actor": "Axsi", "presumed_actor": "the boys"}, {"actor": "The Boys"}, {"actor": "Axis"}, {})
    assert names(actors(store)) == [("The Boys", 2), ("Axsi", 1)]
    assert count_doubtful_actors(store) == Doubts(names=2, rows=3)
    assert actors(store)[1].suggestions[0].id == "axis"
    assert "is no known actor" in actors(store)[1].reason


@pytest.mark.parametrize("decision", [accept_actor("the boys", "axis"), leave_actor("THE BOYS")])
def test_an_actor_that_is_decided_about_is_not_asked_again(decision):
    assert not actors(hold({"actor": "the boys"}, decisions=decided(decision)))


def test_deciding_as_asked_places_the_rows():
    rows = {"place": "The Hill", "given_country": "Syria"}, {"place": "the hill", "given_country": "Syria"}
    (doubt,) = places(hold(*rows))
    decision = doubt.decide(Verdict.ACCEPT, target="tanf", note="told so")
    assert decision == Decision(
        what=doubt.what, name="The Hill", country="Syria", decision=Verdict.ACCEPT, target="tanf", note="told so"
    )
    store = hold(*rows, decisions=decided(decision))
    assert not places(store)
    assert store.ask(store.incidents.select("place_id"))["place_id"].to_pylist() == ["tanf", "tanf"]


def test_a_place_that_was_not_found_by_its_name_is_placed_and_asked_about():
    gazetteer = read_gazetteer()
    rows = {"place": "Māhīdasht", "given_country": "Iran"}, {"place": "Ain al Assad airbase"}, {"place": "Erbil"}
    store = hold(*rows, gazetteer=gazetteer)
    towns = {doubt.placed: doubt for doubt in find_doubtful_places(store, gazetteer)}
    assert set(towns) == {"geonames-753", "ain-al-asad-air-base"}
    assert "GeoNames" in towns["geonames-753"].reason
    assert towns["ain-al-asad-air-base"].reason == "placed at Ain al-Asad Air Base, though not by its name"
    assert towns["geonames-753"].suggestions[0].id == "geonames-753"


def test_a_town_of_the_second_tier_can_be_accepted():
    gazetteer = read_gazetteer()
    decisions = decided(accept("the plain", "geonames-753"))
    store = hold({"place": "the plain"}, gazetteer=gazetteer, decisions=decisions)
    assert not find_doubtful_places(store, gazetteer)
    assert list_decisions(store)[0]["problem"] == ""
    assert store.ask(store.incidents.select("place_id"))["place_id"].to_pylist() == ["geonames-753"]
