from pathlib import Path

import pytest
from builders import make_gazetteer, make_place, read_rows_of

from geodata.gazetteer.locate import locate
from geodata.gazetteer.match import Match, Refusal, match_place
from geodata.gazetteer.places import Gazetteer, read_gazetteer
from geodata.gazetteer.towns import Towns
from geodata.incidents.schema import Precision

HEADER = "geonames_id,name,lon,lat,country,admin1,other_names"
BAB = "1,Al Bāb,37.5,36.4,Syria,Aleppo,الباب; Bab"
TWO = ("2,Al Bayda,44,14,Yemen,,البيضاء", "3,Al Baydā’,45,13,Yemen,Lahij,", "4,Al Bayda,36,35,Syria,Tartus,")


@pytest.fixture
def gazetteer(tmp_path: Path):
    """Return a function that makes a gazetteer of some curated places, with these towns behind them."""

    def make(*places) -> Gazetteer:
        path = tmp_path / "towns.csv"
        path.write_text("\n".join([HEADER, BAB, *TWO]), encoding="utf-8")
        curated = make_gazetteer(*places)
        return Gazetteer(places=curated.places, areas={}, towns=Towns(path))

    return make


def test_a_town_is_meant_where_its_country_or_province_is_told(gazetteer):
    for context in ({"country": "Syria"}, {"admin1": "Aleppo"}):
        found = match_place("Al-Bab", gazetteer(), **context)
        assert isinstance(found, Match)
        assert (found.place.place_id, found.place.country, found.how) == ("geonames-1", "Syria", "town")
        assert found.score < 100


@pytest.mark.parametrize("name", ["Al-Bab, Syria", "الباب", "Bab city", "Al Bab (Syria)"])
def test_a_town_is_found_by_each_of_its_names(gazetteer, name):
    syria = make_place("syria", "Syria", kind="country", country="Syria")
    found = match_place(name, gazetteer(syria), country="" if "Syria" in name else "Syria")
    assert isinstance(found, Match)
    assert found.place.place_id == "geonames-1"


def test_a_town_is_only_suggested_where_nothing_says_in_which_country(gazetteer):
    refusal = match_place("Al-Bab", gazetteer())
    assert isinstance(refusal, Refusal)
    assert (refusal.reason, [found.place_id for found in refusal.candidates]) == ("town", ["geonames-1"])


def test_towns_of_one_name_are_told_apart_by_country_and_province_or_not_at_all(gazetteer):
    syrian = match_place("Al Bayda", gazetteer(), country="Syria")
    assert isinstance(syrian, Match)
    assert syrian.place.place_id == "geonames-4"
    lahij = match_place("Al Bayda", gazetteer(), country="Yemen", admin1="Lahij")
    assert isinstance(lahij, Match)
    assert lahij.place.place_id == "geonames-3"
    for context in ({}, {"country": "Yemen"}):
        refusal = match_place("Al Bayda", gazetteer(), **context)
        assert isinstance(refusal, Refusal)
        assert refusal.reason == "ambiguous"


def test_a_curated_place_is_never_overridden_by_a_town(gazetteer):
    curated = make_place("bab", "Bab", country="Syria", lon=40, lat=35)
    assert match_place("Bab", gazetteer(curated), country="Syria") == Match(place=curated, how="name")


def test_a_town_elsewhere_that_bears_the_very_name_makes_a_likeness_doubtful(gazetteer):
    curated = make_place("baab", "Baab", country="Syria", lon=40, lat=33)
    refusal = match_place("Bab", gazetteer(curated), country="Syria")
    assert isinstance(refusal, Refusal)
    assert {found.place_id for found in refusal.candidates} == {"baab", "geonames-1"}


def test_a_town_of_the_second_tier_is_known_to_a_town_and_says_where_it_is_from(gazetteer):
    town = gazetteer().get("geonames-1")
    assert town is not None
    assert (town.precision, town.uncertainty_m, town.kind) == (Precision.TOWN, 5000, "town")
    assert (town.source, town.name, town.lon, town.lat) == ("GeoNames 1", "Al Bāb", 37.5, 36.4)
    assert "10 km" in town.note


def test_a_row_at_a_town_of_the_second_tier_says_so(gazetteer):
    rows = [{"place": "Al-Bab", "given_country": "Syria"}, {"place": "Al-Bab"}]
    placed, unplaced = locate(read_rows_of(*rows).incidents, gazetteer()).to_dict("records")
    assert (placed["place_id"], placed["found_by"], placed["uncertainty_m"]) == ("geonames-1", "town", 5000)
    assert placed["reason"] == "'Al-Bab' is known from GeoNames only, which has some towns 10 km off"
    assert (unplaced["location"], unplaced["candidates"]) == ("unplaced", "geonames-1")
    assert unplaced["reason"].endswith("say in given_country or given_admin1 where it lies")


@pytest.mark.parametrize("place_id", ["geonames-9", "geonames-", "nowhere", ""])
def test_an_id_of_neither_tier_is_nowhere(gazetteer, place_id):
    assert gazetteer().get(place_id) is None


def test_a_gazetteer_without_towns_has_none():
    assert match_place("Al-Bab", make_gazetteer(), country="Syria") == Refusal(reason="unknown")


def test_the_shipped_towns_are_read_only_when_they_are_asked(monkeypatch):
    read: list[Path] = []
    monkeypatch.setattr(Path, "open", _noting(read, Path.open))
    gazetteer = read_gazetteer()
    assert isinstance(match_place("Tower 22", gazetteer), Match)
    assert not [path for path in read if path.name == "towns.csv"]
    match_place("nobody knows this", gazetteer)
    assert [path.name for path in read].count("towns.csv") == 1


def _noting(read, opening):
    def note(path, *arguments, **options):
        read.append(path)
        return opening(path, *arguments, **options)

    return note
