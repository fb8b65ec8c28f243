"""Rows that are sensitive or may not be passed on are in no file unless that is confirmed."""

import pytest
from exporting import listing_of, store_of

from geodata.exports.formats import FORMATS
from geodata.exports.held_back import count_restricted
from geodata.exports.words import describe_held
from geodata.store.filters import IncidentFilter

ROWS = [
    {"place": "Tower 22", "sources": "doc:1"},
    {"place": "Tower 22", "sources": "other:1; ACLED", "sensitive": "person"},
    {"place": "Mafraq", "sources": "reacled:3", "sensitive": "place"},
    {"place": "Mafraq", "sensitive": "terms", "category": "threat"},
]


@pytest.fixture
def store():
    return store_of(*ROWS)


@pytest.fixture
def forbidden(store):
    vars(store)["meta"] = {**store.meta, "format_redistributable": "no", "format_licence": "licensed to one analyst"}
    return store


def listed(listing):
    return [row["incident_id"] for batch in listing.batches() for row in batch.to_pylist()]


def test_each_is_counted_once_by_its_reason(store):
    listing = listing_of(store)
    assert listed(listing) == ["INC-1"]
    assert describe_held(listing) == (
        "1 marked as endangering a place; 1 marked as not to be passed on; "
        "1 of ACLED, whose terms forbid to pass them on"
    )
    assert count_restricted(store, IncidentFilter()) == listing.held.total() == 3


def test_all_are_given_when_confirmed(store):
    listing = listing_of(store, confirmed=True)
    assert listed(listing) == ["INC-1", "INC-2", "INC-3", "INC-4"]
    assert describe_held(listing) == ""


def test_only_what_the_filter_keeps_is_counted(store):
    assert count_restricted(store, IncidentFilter(categories=frozenset({"threat"}))) == 1
    assert count_restricted(store_of({"place": "Tower 22"}), IncidentFilter()) == 0


@pytest.mark.parametrize("name", FORMATS)
def test_of_a_table_that_may_not_be_passed_on_every_format_holds_back_all(forbidden, name):
    listing = listing_of(forbidden)
    content = b"".join(FORMATS[name].write(listing))
    assert content
    assert b"INC-1" not in content
    assert describe_held(listing) == "4 of table.csv: licensed to one analyst"
    assert count_restricted(forbidden, IncidentFilter()) == 4
    assert listed(listing_of(forbidden, confirmed=True)) == ["INC-1", "INC-2", "INC-3", "INC-4"]


def test_rows_of_gtd_are_known_by_their_source_wherever_they_are():
    listing = listing_of(store_of({"sources": "GTD; Reuters"}, {"sources": "notgtd:1"}))
    assert listed(listing) == ["INC-2"]
    assert describe_held(listing) == "1 of GTD, whose terms forbid to pass them on"
