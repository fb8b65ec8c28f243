from itertools import permutations

import pytest
from builders import make_gazetteer, make_place

from geodata.errors import AmbiguousPlaceError, UnknownPlaceError
from geodata.gazetteer.match import Match, Refusal, match_place
from geodata.gazetteer.places import Gazetteer, Place

TOWER = make_place("tower-22", "Tower 22", aliases=("T22", "برج 22"))
TANF_BASE = make_place("tanf-base", "Al-Tanf Garrison", aliases=("Tanf",), country="Syria", admin1="Homs")
TANF_CROSSING = make_place("tanf-crossing", "Al-Tanf Crossing", aliases=("Tanf",), country="Iraq", admin1="Anbar")
IRAQ = make_place("iraq", "Iraq", aliases=("Republic of Iraq",), kind="country", country="Iraq", admin1="")


def found(name: str, *places: Place, **context: str) -> tuple[str, str]:
    """Return by what a name is matched and to which place, or why it is refused and with which candidates."""
    match = match_place(name, make_gazetteer(*places), **context)
    if isinstance(match, Match):
        return match.how, match.place.place_id
    return match.reason, "; ".join(candidate.place_id for candidate in match.candidates)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("Tower 22", "name"),
        (" tower  22", "name"),
        ("t22", "alias"),
        ("برج 22", "alias"),
        ("Tower-22", "spelling"),
        ("برج ٢٢", "spelling"),
    ],
)
def test_a_place_is_found_by_name_alias_and_other_spellings_of_both(name, how):
    assert found(name, TOWER, TANF_BASE) == (how, "tower-22")


def test_a_name_beats_an_alias_of_another_place():
    other = make_place("other", "Other", aliases=("Tower 22",))
    assert found("Tower 22", other, TOWER) == found("Tower 22", TOWER, other) == ("name", "tower-22")


def test_an_alias_as_written_beats_a_spelling_of_another_place():
    other = make_place("other", "T-22")
    assert found("T22", other, TOWER) == ("alias", "tower-22")


def test_a_shared_alias_is_never_guessed_whatever_the_order():
    for places in permutations([TANF_BASE, TANF_CROSSING, TOWER]):
        assert found("Tanf", *places) == ("ambiguous", "tanf-base; tanf-crossing")


def test_a_shared_spelling_is_never_guessed():
    one, other = make_place("a", "al-Asad"), make_place("b", "Asad")
    assert found("El Asad", one, other) == ("ambiguous", "a; b")


def test_two_places_of_one_name_are_never_guessed():
    assert found("Tanf", make_place("a", "Tanf"), make_place("b", "tanf")) == ("ambiguous", "a; b")


def test_two_aliases_of_one_place_are_no_ambiguity():
    assert found("al tanf", make_place("a", "A", aliases=("Tanf", "Al-Tanf"))) == ("spelling", "a")


def test_the_country_tells_places_of_one_name_apart():
    assert found("Tanf", TANF_BASE, TANF_CROSSING, country="Iraq") == ("alias", "tanf-crossing")


def test_the_country_may_be_given_by_another_name_of_it():
    assert found("Tanf", TANF_BASE, TANF_CROSSING, IRAQ, country="Republic of Iraq") == ("alias", "tanf-crossing")


def test_the_province_tells_places_of_one_name_apart():
    assert found("Tanf", TANF_BASE, TANF_CROSSING, admin1="Al Anbar") == ("alias", "tanf-crossing")


def test_the_province_may_be_given_by_another_name_of_it():
    anbar = make_place("anbar", "Anbar", aliases=("محافظة الأنبار",), kind="province")
    assert found("Tanf", TANF_BASE, TANF_CROSSING, anbar, admin1="محافظة الأنبار") == ("alias", "tanf-crossing")


def test_a_province_of_another_name_excludes_nothing():
    assert found("Tower 22", TOWER, admin1="Nowhere") == ("name", "tower-22")


def test_a_place_in_another_country_is_not_meant():
    assert found("Tower 22", TOWER, country="Yemen") == ("unknown", "tower-22")


def test_an_alias_in_the_country_beats_a_name_in_another():
    other = make_place("other", "Other", aliases=("Tower 22",), country="Yemen")
    assert found("Tower 22", TOWER, other, country="Yemen") == ("alias", "other")


def test_a_place_in_several_countries_is_in_each():
    desert = make_place("desert", "Syrian Desert", country="")
    assert found("Syrian Desert", desert, country="Iraq") == ("name", "desert")


def test_a_similar_name_is_only_suggested():
    assert found("Towr 22", TOWER, TANF_BASE) == ("unknown", "tower-22")


def test_at_most_three_places_are_suggested_the_likeliest_first_and_ties_in_the_order_of_their_ids():
    places = [make_place(letter, f"Qayyarah {letter}on") for letter in "hfdb"]
    nearest = make_place("z", "Qayyara")
    refusal = match_place("Qayyarah zon", make_gazetteer(*places, nearest))
    assert isinstance(refusal, Refusal)
    assert [candidate.place_id for candidate in refusal.candidates] == ["z", "b", "d"]
    assert refusal.candidates[0].score > refusal.candidates[1].score == refusal.candidates[2].score


def test_a_name_like_no_other_has_no_candidates():
    assert found("Xyzzy", TOWER) == ("unknown", "")


@pytest.mark.parametrize("name", ["", "  "])
def test_a_blank_name_is_refused_as_blank(name):
    assert found(name, TOWER) == ("blank", "")


@pytest.mark.parametrize("name", ["-", "''", "…"])
def test_a_name_without_letters_is_nobodys(name):
    assert found(name, make_place("a", "--"), TOWER) == ("unknown", "")


def test_find_returns_the_place_or_raises_with_what_it_may_be():
    gazetteer: Gazetteer = make_gazetteer(TOWER, TANF_BASE, TANF_CROSSING)
    assert gazetteer.find("T22") is TOWER
    assert gazetteer.find("Tanf", country="Syria") is TANF_BASE
    assert gazetteer.find("Tanf", admin1="Homs") is TANF_BASE
    with pytest.raises(AmbiguousPlaceError) as ambiguous:
        gazetteer.find("Tanf")
    assert ambiguous.value.place_ids == ("tanf-base", "tanf-crossing")
    with pytest.raises(UnknownPlaceError) as unknown:
        gazetteer.find("Towr 22")
    assert unknown.value.suggestions == ("tower-22",)
