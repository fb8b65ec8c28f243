import io
from collections import Counter

import pandas as pd
from builders import csv_of, make_gazetteer, make_place
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.gazetteer.locate import locate
from geodata.gazetteer.match import Match, match_place
from geodata.gazetteer.names import name_key
from geodata.gazetteer.place import Place
from geodata.gazetteer.places import Gazetteer
from geodata.gazetteer.towns import Towns
from geodata.incidents.read import read_incidents
from geodata.incidents.schema import Location, Precision

NAMES = st.sampled_from(
    ["Tanf", "tanf", "al-Tanf", "T4", "T-4", "T 2", "عين الأسد", "الأسد", "K1", "Erbil", "Erbil base", "x"]
)


@st.composite
def places(draw: st.DrawFn) -> list[Place]:
    """Draw a few places whose names and aliases collide often."""
    return [
        make_place(
            f"place-{number}",
            draw(NAMES),
            aliases=draw(st.lists(NAMES, max_size=3)),
            country=draw(st.sampled_from(["", "Iraq", "Syria"])),
            precision=draw(st.sampled_from(Precision)),
            lon=draw(st.floats(-180, 180)),
            lat=draw(st.floats(-90, 90)),
        )
        for number in range(draw(st.integers(0, 5)))
    ]


def exact(name: str) -> str:
    return name.strip().casefold()


@given(places())
def test_a_place_is_found_by_its_name_unless_another_bears_it(listed):
    gazetteer = make_gazetteer(*listed)
    borne = Counter(exact(place.name) for place in listed)
    for place in listed:
        found = match_place(place.name, gazetteer)
        if borne[exact(place.name)] == 1:
            assert found == Match(place=place, how="name")
        else:
            assert not isinstance(found, Match)


@given(places())
def test_a_place_is_found_by_each_alias_that_is_its_alone(listed):
    gazetteer = make_gazetteer(*listed)
    names = {exact(place.name) for place in listed}
    borne = Counter(alias for place in listed for alias in {exact(alias.alias) for alias in place.aliases})
    for place in listed:
        for alias in place.aliases:
            if exact(alias.alias) in names:
                continue
            found = match_place(alias.alias, gazetteer)
            if borne[exact(alias.alias)] == 1:
                assert found == Match(place=place, how="alias")
            else:
                assert not isinstance(found, Match)


@given(places(), NAMES, st.randoms())
def test_the_order_of_the_places_makes_no_difference(listed, name, random):
    shuffled = random.sample(listed, len(listed))
    assert match_place(name, make_gazetteer(*listed)) == match_place(name, make_gazetteer(*shuffled))


@given(places(), st.one_of(NAMES, st.text(max_size=6)), st.sampled_from(["", "Iraq", "Yemen"]))
def test_a_match_bears_the_name_or_is_told_to_be_a_likeness_and_is_in_the_country(listed, name, country):
    found = match_place(name, make_gazetteer(*listed), country=country)
    if isinstance(found, Match):
        bearing = {name_key(text) for text in (found.place.name, *(alias.alias for alias in found.place.aliases))}
        assert (name_key(name) in bearing) == (found.how in {"name", "alias", "spelling"}) == (found.score == 100)
        assert not country or found.place.country in ("", country)
    else:
        assert (found.reason == "blank") == (not name.strip())


PARTS = st.sampled_from(
    [
        "Tanf",
        "Erbil",
        "K1",
        "base",
        "airport",
        "in",
        "near",
        ",",
        "(",
        ")",
        "'s",
        "US",
        "north of",
        "قاعدة",
        "بالتنف",
        "22",
    ]
)
DESCRIPTIONS = st.lists(PARTS, max_size=8).map(" ".join)


@given(places(), st.one_of(DESCRIPTIONS, st.text()))
def test_any_text_is_a_match_or_a_refusal_with_at_most_three_candidates_or_all_that_it_means(listed, text):
    gazetteer = make_gazetteer(*listed)
    found = match_place(text, gazetteer)
    if isinstance(found, Match):
        assert found.place in listed
    else:
        scores = [candidate.score for candidate in found.candidates]
        assert scores == sorted(scores, reverse=True)
        assert len(scores) <= 3 or found.reason == "ambiguous"
        assert {candidate.place_id for candidate in found.candidates} <= set(gazetteer.places)


@given(places(), DESCRIPTIONS, st.randoms())
def test_the_order_of_the_places_makes_no_difference_to_a_description(listed, text, random):
    shuffled = random.sample(listed, len(listed))
    assert match_place(text, make_gazetteer(*listed)) == match_place(text, make_gazetteer(*shuffled))


@given(places(), NAMES, st.sampled_from(["", "Iraq", "Syria"]))
def test_a_town_of_the_second_tier_never_changes_where_a_name_of_the_first_is(tmp_path_factory, listed, name, country):
    path = tmp_path_factory.getbasetemp() / "towns.csv"
    rows = [f"{number},{text},44,33,Iraq,," for number, text in enumerate(["Tanf", "T4", "Erbil base", "x"])]
    path.write_text("\n".join(["geonames_id,name,lon,lat,country,admin1,other_names", *rows]), encoding="utf-8")
    alone = make_gazetteer(*listed)
    both = Gazetteer(places=alone.places, areas={}, towns=Towns(path))
    before, after = (match_place(name, gazetteer, country=country) for gazetteer in (alone, both))
    if isinstance(before, Match) and before.how != "likeness":
        assert after == before
    if isinstance(after, Match) and after.how != "town":
        assert after == before


@given(st.integers(0, 99), st.integers(0, 99), st.sampled_from(["Tower {}", "T{}", "Camp {} base", "برج {}"]))
def test_numbers_agree_whatever_the_likeness(one, other, name):
    found = match_place(name.format(other), make_gazetteer(make_place("a", name.format(one))))
    assert isinstance(found, Match) == (one == other)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "place": NAMES,
            "place_precision": st.sampled_from(["", *Precision]),
            "given_country": st.sampled_from(["", "Iraq", "Yemen"]),
        },
        optional={"given_lon": st.integers(-200, 200).map(str), "given_lat": st.integers(-100, 100).map(str)},
    ),
    max_size=6,
)


@given(places(), ROWS)
def test_every_row_is_exact_or_approximate_or_unplaced_with_a_reason(listed, rows):
    incidents = read_incidents(io.BytesIO(csv_of(*rows))).incidents
    located = locate(incidents, make_gazetteer(*listed))
    assert located["incident_id"].tolist() == incidents["incident_id"].tolist()
    for _, row in located.iterrows():
        placed = row["location"] != Location.UNPLACED
        assert row["location"] in set(Location)
        assert placed == (row["geometry"] is not None) == pd.notna(row["lon"]) == pd.notna(row["uncertainty_m"])
        assert placed or row["reason"]
        assert (row["location"] == Location.EXACT) == (placed and row["known_to"] in (Precision.SITE, Precision.TOWN))
        if pd.notna(row["given_lon"]) and placed:
            assert (row["lon"], row["lat"]) == (row["given_lon"], row["given_lat"])


@settings(max_examples=40)
@given(places(), ROWS)
def test_where_a_row_is_does_not_depend_on_the_other_rows(listed, rows):
    gazetteer: Gazetteer = make_gazetteer(*listed)
    incidents = read_incidents(io.BytesIO(csv_of(*rows))).incidents
    together = pd.DataFrame(locate(incidents, gazetteer)).drop(columns="geometry")
    alone = [
        pd.DataFrame(locate(incidents.iloc[[n]], gazetteer)).drop(columns="geometry") for n in range(len(incidents))
    ]
    if alone:
        pd.testing.assert_frame_equal(together, pd.concat(alone))
