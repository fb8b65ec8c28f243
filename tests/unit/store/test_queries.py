from datetime import date

import pytest
from storing import listed_ids, make_store, page_ids

from dashboard.state import ORDERS
from geodata.store.counts import count_facet, count_undated
from geodata.store.factions import list_factions
from geodata.store.facts import find_busiest, find_span, find_years, list_documents
from geodata.store.filters import IncidentFilter
from geodata.store.queries import PAGE, find_incident, find_related

EVERYTHING = IncidentFilter()


def day(first: str, last: str = "") -> dict[str, str]:
    return {"date_earliest": first, "date_latest": last or first}


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("newest", ["c", "b", "a", "undated"]),
        ("oldest", ["a", "b", "c", "undated"]),
        ("place", ["undated", "b", "a", "c"]),
        ("actor", ["b", "c", "undated", "a"]),
        ("killed", ["a", "undated", "b", "c"]),
    ],
)
def test_every_order_puts_what_it_does_not_know_last(order, ids):
    people = {"killed_said_by": "somebody"}
    store = make_store(
        {"incident_id": "a", "place": "Tower 22", "killed_low": "9"} | day("2024-02-01") | people,
        {"incident_id": "b", "place": "Rutba", "actor": "Axis"} | day("2024-02-02"),
        {"incident_id": "c", "place": "Nowhere", "actor": "Brigade"} | day("2024-02-03"),
        {"incident_id": "undated", "place": "Mafraq", "actor": "United States", "killed_high": "2"} | day("") | people,
    )
    assert listed_ids(store, EVERYTHING, order) == ids


@pytest.mark.parametrize("order", ORDERS)
def test_the_pages_of_the_table_are_the_download(order):
    rows = 2 * PAGE + 5
    store = make_store(
        *({"place": "Tower 22" if n % 3 else "Rutba"} | day(f"2024-02-{1 + n % 28:02}") for n in range(rows))
    )
    pages = [page_ids(store, EVERYTHING, order, page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [PAGE, PAGE, 5, 0]
    assert [own for page in pages for own in page] == listed_ids(store, EVERYTHING, order)
    assert len(set(listed_ids(store, EVERYTHING, order))) == rows


def test_an_incident_is_found_by_its_id():
    store = make_store({"incident_id": "a"}, {"incident_id": "b"})
    assert find_incident(store, "b")["line"] == 3
    assert find_incident(store, "' OR 1=1 --") is None


def test_related_incidents_are_told_both_ways():
    store = make_store({"incident_id": "a"}, {"incident_id": "b", "retaliates_for": "a", "part_of": "a"})
    told = {
        own: [
            (r["relation"], r["towards"], r["incident_id"])
            for r in find_related(store, find_incident(store, own)["row"])
        ]
        for own in "ab"
    }
    assert told["a"] == [("part_of", False, "b"), ("retaliates_for", False, "b")]
    assert told["b"] == [("part_of", True, "a"), ("retaliates_for", True, "a")]


def test_the_span_holds_every_dated_row():
    store = make_store(day("2024-02-02", "2024-03-01"), day("2024-01-05"), day(""))
    assert find_span(store) == (date(2024, 1, 5), date(2024, 3, 1))
    assert find_years(store) == (2024,)


def test_undated_rows_are_counted_by_every_facet_but_the_dates():
    store = make_store(day("2024-02-02"), day(""), day("") | {"category": "threat"})
    asked = IncidentFilter(start=date(2024, 2, 2), undated=False, categories=frozenset({"kinetic"}))
    assert (count_undated(store, asked), count_undated(store, IncidentFilter())) == (1, 2)


def test_a_table_without_a_date_has_no_span():
    store = make_store(day(""))
    assert (find_span(store), find_busiest(store, days=2), find_years(store)) == (None, None, ())


def test_the_busiest_days_are_the_earliest_with_the_most_kinetic_rows():
    quiet = [day("2024-01-01"), day("2024-01-09")]
    threats = [day("2024-05-01") | {"category": "threat"}] * 5
    busy = [day("2024-03-01"), day("2024-03-01", "2024-03-02"), day("2024-03-02")]
    store = make_store(*quiet, *threats, *busy, *[row | {} for row in busy])
    assert find_busiest(store, days=2) == (date(2024, 3, 1), date(2024, 3, 2))


def test_documents_are_counted_once_however_often_they_are_cited():
    store = make_store({"sources": "a:1; a:2; b:3"}, {"sources": "b:4"}, {"sources": ""})
    assert list_documents(store) == ("a", "b")


def test_the_tree_has_every_umbrella_of_a_named_faction_and_nothing_else():
    store = make_store({"actor": "Brigade"}, {"actor": "Brigade"}, {"actor": "Somebody else"})
    tree = list_factions(store, count_facet(store, EVERYTHING, "actor"))
    assert [(f.faction, f.side, f.depth, f.count) for f in tree] == [
        ("axis", "iran-and-allies", 0, 2),
        ("resistance", "iran-and-allies", 1, 2),
        ("brigade", "iran-and-allies", 2, 2),
        ("Somebody else", "unknown", 0, 1),
    ]
