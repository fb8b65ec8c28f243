"""The shipped gazetteer asked for names that nobody has written down in it."""

import pytest

from benchmarks.matching import Answer, Named, match, part_of, read_names
from geodata.gazetteer.match import Match, Refusal, match_place
from geodata.gazetteer.places import read_gazetteer

GAZETTEER = read_gazetteer()


def meant(name: str, **context: str) -> str:
    found = match_place(name, GAZETTEER, **context)
    return found.place.place_id if isinstance(found, Match) else ""


def refused(name: str, **context: str) -> Refusal:
    found = match_place(name, GAZETTEER, **context)
    assert isinstance(found, Refusal)
    return found


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Hawler base", "erbil-air-base"),
        ("مطار هەولێر", "erbil-international-airport"),
        ("Arbil province", "erbil-governorate"),
        ("Dayr az-Zawr province", "deir-ez-zor-governorate"),
        ("Kirkouk airport", "kirkuk-air-base"),
        ("K-One base near Kirkuk", "k1-air-base"),
        ("Union 3, Green Zone", "union-iii"),
        ("US base near the Conoco gas plant", "conoco-gas-field"),
        ("Tanf base, Syria", "al-tanf-garrison"),
        ("Tanf crossing", "al-tanf-crossing"),
        ("Imam Ali base, Iraq", "ali-air-base"),
        ("Imam Ali base near Al-Bukamal", "imam-ali-base-syria"),
        ("Damascus Sayyida Zeinab", "sayyidah-zaynab"),
        ("Felluce", "fallujah"),
    ],
)
def test_another_spelling_with_its_sort_and_surroundings_is_understood(name, place_id):
    assert meant(name) == place_id


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("Al Tanf", {"al-tanf-garrison", "al-tanf-crossing"}),
        ("al-Tanf, Syria", {"al-tanf-garrison", "al-tanf-crossing"}),
        ("American base in Erbil", {"erbil-air-base", "harir-air-base"}),
        ("US base in Kuwait", {"ahmed-al-jaber-air-base", "ali-al-salem-air-base", "camp-arifjan"}),
    ],
)
def test_what_fits_several_is_refused_with_them_as_candidates(name, candidates):
    assert candidates <= {candidate.place_id for candidate in refused(name).candidates}


@pytest.mark.parametrize(
    "name",
    [
        *("K-2", "T-3 station", "Tower 23", "Union IV", "H-2 air base"),
        *("Tikriti", "السامرائي", "Hariri", "Baghdadi family", "Abu Bakr al-Baghdadi", "Prince Sultan"),
        *("Al-Mayadeen TV", "Haditha Dam", "سد الموصل", "Imam Ali Mosque", "Mosul hospital", "Tikrit University"),
        *("Palmyra, New York", "Baghdad, Arizona", "Erbil, Syria", "Tall Afar, Yemen", "Al-Qaim, eastern Syria"),
        *("north of Baghdad", "between Mosul and Tikrit", "Erbil and Sulaymaniyah", "Azraq camp", "Nineveh Plains"),
    ],
)
def test_what_only_resembles_a_place_is_not_placed(name):
    refused(name)


def test_the_country_of_the_row_rules_out_what_sounds_alike_elsewhere():
    assert meant("Rakkah", country="Syria") == "raqqa"
    assert meant("Rakkah", country="Iraq") == ""


def test_a_province_of_the_row_may_be_written_with_its_sort():
    assert meant("Al-Bab", admin1="Aleppo Governorate") == meant("Al-Bab", admin1="محافظة حلب") == "geonames-174018"


@pytest.fixture(scope="module")
def reported() -> list[tuple[Named, Answer]]:
    """Return the names of the part that nothing was tuned on, with what is answered."""
    names = [named for named in read_names() if part_of(named.name) == "report"]
    return list(zip(names, match(names, GAZETTEER), strict=True))


def test_names_that_nothing_was_tuned_on_are_matched_as_well_as_promised(reported):
    known = [(named.place_id, answer) for named, answer in reported if named.place_id]
    placed = [place_id == answer.place_id for place_id, answer in known if answer.place_id]
    assert sum(placed) >= 0.98 * len(placed)
    assert sum(placed) >= 0.92 * len(known)
    assert sum(place_id in answer.first for place_id, answer in known) >= 0.97 * len(known)


def test_names_of_others_are_hardly_ever_placed(reported):
    others = [answer for named, answer in reported if not named.place_id and named.kind != "ambiguous"]
    assert sum(bool(answer.place_id) for answer in others) <= 0.02 * len(others)
