from datetime import date

import pytest
from storing import ids, make_store

from geodata.store.asking import _END, _START
from geodata.store.counts import count_rows
from geodata.store.filters import IncidentFilter, day_number

DAYS = {"first": date(2024, 2, 2), "last": date(2024, 2, 4)}


@pytest.fixture(scope="module")
def store():
    return make_store(
        {"incident_id": "axis", "actor": "Axis", "summary": "Éclair und TÜR", "attribution": "claimed"},
        {"incident_id": "brigade", "actor": "Brigade", "denied_by": "Iran", "category": "threat"},
        {"incident_id": "us", "actor": "United States", "place": "Rutba", "event_type": "air_strike"},
        {"incident_id": "stranger", "actor": "Somebody else", "presumed_actor": "Brigade", "place": "Nowhere"},
        {"incident_id": "nobody", "presumed_actor": "Brigade", "place": "Syria", "place_precision": "country"},
        {"incident_id": "undated", "actor": "United States", "date_earliest": "", "date_latest": ""},
    )


@pytest.mark.parametrize(
    ("first", "last", "overlaps", "within"),
    [
        ("2024-02-02", "2024-02-02", True, True),
        ("2024-02-04", "2024-02-04", True, True),
        ("2024-02-02", "2024-02-04", True, True),
        ("2024-02-01", "2024-02-02", True, False),
        ("2024-02-04", "2024-02-05", True, False),
        ("2024-01-01", "2024-12-31", True, False),
        ("2024-02-01", "2024-02-01", False, False),
        ("2024-02-05", "2024-02-05", False, False),
    ],
)
def test_both_days_are_included_and_an_interval_overlaps_or_lies_within_them(first, last, overlaps, within):
    store = make_store({"incident_id": "it", "date_earliest": first, "date_latest": last})
    asked = {"start": DAYS["first"], "end": DAYS["last"], "undated": False}
    assert ids(store, IncidentFilter(**asked)) == ({"it"} if overlaps else set())
    assert ids(store, IncidentFilter(**asked, within=True)) == ({"it"} if within else set())


def test_an_open_end_leaves_that_end_open(store):
    assert len(ids(store, IncidentFilter(start=date(2024, 2, 3), undated=False))) == 5
    assert ids(store, IncidentFilter(end=date(2024, 2, 1), undated=False)) == set()


def test_dates_say_nothing_about_undated_incidents(store):
    assert ids(store, IncidentFilter(start=date(2030, 1, 1))) == {"undated"}
    assert "undated" not in ids(store, IncidentFilter(undated=False))


def test_facets_narrow_each_other_and_values_of_one_widen_it(store):
    assert ids(store, IncidentFilter(categories=frozenset({"threat", "kinetic"}))) == ids(store, IncidentFilter())
    threat = frozenset({"threat"})
    assert ids(store, IncidentFilter(categories=threat)) == {"brigade"}
    assert ids(store, IncidentFilter(categories=threat, event_types=frozenset({"air_strike"}))) == set()


def test_sides_and_factions_are_one_facet(store):
    us = {"us", "undated"}
    assert ids(store, IncidentFilter(sides=frozenset({"us-led-coalition"}))) == us
    both = IncidentFilter(sides=frozenset({"us-led-coalition"}), factions=frozenset({"Somebody else"}))
    assert ids(store, both) == {*us, "stranger"}


def test_an_umbrella_brings_its_members_unless_told_not_to(store):
    axis = frozenset({"axis"})
    assert ids(store, IncidentFilter(factions=axis)) == {"axis", "brigade"}
    assert ids(store, IncidentFilter(factions=axis, members=False)) == {"axis"}
    assert ids(store, IncidentFilter(factions=frozenset({"brigade"}))) == {"brigade"}


def test_a_presumed_actor_counts_only_when_asked_for(store):
    assert ids(store, IncidentFilter(factions=frozenset({"axis"}), presumed=True)) == {
        "axis",
        "brigade",
        "stranger",
        "nobody",
    }


def test_a_value_that_no_row_has_keeps_nothing(store):
    for field in ("factions", "categories", "countries", "known_to"):
        assert ids(store, IncidentFilter(**{field: frozenset({"never heard of"})})) == set()


def test_a_blank_country_stands_for_rows_without_one(store):
    assert ids(store, IncidentFilter(countries=frozenset({""}))) == {"stranger"}
    assert ids(store, IncidentFilter(countries=frozenset({"", "Syria"}))) == {"stranger", "nobody"}


def test_denied_keeps_what_somebody_denies(store):
    assert ids(store, IncidentFilter(denied=True)) == {"brigade"}


@pytest.mark.parametrize("text", ["éclair", "ECLAIR", "tur eclair", "  Tür\teclair "])
def test_all_words_are_found_whatever_their_case_and_accents(store, text):
    assert ids(store, IncidentFilter(text=text)) == {"axis"}


@pytest.mark.parametrize("text", ["eclair nowhere", "%", "_", "' OR 1=1 --", "\0", "\\"])
def test_words_are_no_pattern_and_no_sql(store, text):
    assert ids(store, IncidentFilter(text=text)) == set()


@pytest.mark.parametrize("stand_in", [_START, _END])
def test_a_number_that_stands_for_a_day_can_be_searched_for(stand_in):
    number = str(day_number(stand_in))
    store = make_store({"summary": f"Found {number}"})
    asked = IncidentFilter(text=number, start=date(2024, 1, 1), end=date(2024, 12, 31))
    assert count_rows(store, asked) == 1
