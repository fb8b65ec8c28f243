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


SYRIA = make_place("syria", "Syria", kind="country", country="Syria", admin1="")
BASES = [make_place(letter, f"Camp {letter * 3}", country="Syria") for letter in "dcba"]


def test_a_description_that_fits_several_is_refused_with_some_of_them_whatever_the_order():
    for places in permutations([SYRIA, *BASES]):
        assert found("US base in Syria", *places) == ("ambiguous", "a; b; c")


def test_a_base_inherits_the_spellings_of_its_town_with_its_own_sort():
    town = make_place("town", "Erbil", aliases=("Hawler", "هەولێر"), kind="city")
    base = make_place("base", "Erbil base")
    assert found("Hawler base", town, base) == ("likeness", "base")
    assert found("Hawler", town, base) == ("alias", "town")
    assert found("Hawler airport", town, base)[0] == "unknown"


def test_a_base_far_from_a_town_of_its_name_inherits_nothing():
    town = make_place("town", "Erbil", aliases=("Hawler",), kind="city", lon=30)
    assert found("Hawler base", town, make_place("base", "Erbil base"))[0] == "unknown"


@pytest.mark.parametrize(
    "name",
    [
        "Qayarah Airfield",
        "Al-Gayyarah Airfield",
        "Qayyarah Aifield",
        "Airfield of Qayyara",
        "Qayyarah Airfield, Jordan",
    ],
)
def test_a_transliteration_or_a_slip_of_the_pen_is_understood_if_nothing_else_is_alike(name):
    place = make_place("q", "Qayyarah Airfield", kind="airfield")
    jordan = make_place("jordan", "Jordan", kind="country")
    assert found(name, place, jordan) == (("unknown", "q") if "Gay" in name else ("likeness", "q"))


@pytest.mark.parametrize("name", ["Qayyari", "Qayyarah dam", "Qayyarah, Nowhere", "Qayyarah 2", "Qayyarah and Jordan"])
def test_what_says_something_else_besides_is_only_suggested(name):
    assert found(name, make_place("q", "Qayyarah", kind="town"))[0] == "unknown"


def test_numbers_agree_exactly_in_a_slip_of_the_pen():
    place = make_place("m", "Shindabad 2")
    assert found("Shindarad 2", place) == ("likeness", "m")
    assert found("Shindarad 3", place)[0] == found("Shindarad", place)[0] == "unknown"


def test_two_places_that_are_equally_alike_are_never_guessed():
    one, other = make_place("a", "Shaddadi"), make_place("b", "Chaddadi")
    assert found("Shadadi", one, other) == found("Shadadi", other, one) == ("ambiguous", "a; b")


def test_a_code_is_matched_by_its_letters_only():
    place = make_place("o", "Somewhere", aliases=("ORAA",))
    assert found("ORAA", place) == ("alias", "o")
    assert found("Ora", place)[0] == "unknown"
