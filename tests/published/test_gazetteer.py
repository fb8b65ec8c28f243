"""The shipped gazetteer, place by place."""

import re

import pytest
from shapely import Point

from geodata.gazetteer.match import Match, Refusal, match_place
from geodata.gazetteer.measure import distance_m
from geodata.gazetteer.places import Place, read_gazetteer
from geodata.gazetteer.precision import RADIUS_M
from geodata.incidents.schema import Precision

GAZETTEER = read_gazetteer()
# Names that mean two places; a reader has to say which.
AMBIGUOUS = {
    "US base in Erbil",
    "Al-Qaim–Al-Bukamal crossing",
    "Al-Bukamal–Al-Qaim crossing",
    "Al-Waleed–Al-Tanf crossing",
    "Al-Tanf",
    "Tanf",
    "At-Tanf",
    "التنف",
    "Al-Shaddadi",
    "Shaddadi",
    "الشدادي",
}

each_place = pytest.mark.parametrize("place", GAZETTEER.places.values(), ids=list(GAZETTEER.places))


@each_place
def test_a_place_is_found_by_its_name(place: Place):
    assert match_place(place.name, GAZETTEER) == Match(place=place, how="name")


@each_place
def test_a_place_is_found_by_its_aliases_or_they_are_known_to_be_ambiguous(place: Place):
    for alias in place.aliases:
        found = match_place(alias.alias, GAZETTEER)
        if isinstance(found, Refusal):
            assert alias.alias in AMBIGUOUS
            assert place.place_id in [candidate.place_id for candidate in found.candidates]
        else:
            assert found.place.place_id == place.place_id


@each_place
def test_a_place_has_an_id_a_country_and_if_it_is_a_site_a_second_look_up_or_a_note(place: Place):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", place.place_id)
    assert place.country or place.note
    assert place.precision != Precision.SITE or place.check or place.note


@each_place
def test_a_place_known_to_an_area_has_one_around_its_point(place: Place):
    area = GAZETTEER.areas.get(place.place_id)
    if place.precision in (Precision.PROVINCE, Precision.REGION, Precision.COUNTRY):
        assert area is not None
    if area is not None:
        assert area.covers(Point(place.lon, place.lat))
    assert place.uncertainty_m >= 100
    assert (
        place.precision not in (Precision.SITE, Precision.TOWN)
        or place.uncertainty_m <= 2 * RADIUS_M[Precision.DISTRICT]
    )


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [("al-tanf-garrison", "al-tanf-crossing", 10_000), ("al-tanf-garrison", "tower-22", 10_000)],
)
def test_look_alikes_stay_apart(one: str, other: str, metres: float):
    here, there = GAZETTEER.places[one], GAZETTEER.places[other]
    assert distance_m(here.lon, here.lat, there.lon, there.lat) > metres


def test_ambiguous_names_are_refused_with_all_that_they_mean():
    for name in AMBIGUOUS:
        found = match_place(name, GAZETTEER)
        assert isinstance(found, Refusal)
        assert found.reason == "ambiguous"
