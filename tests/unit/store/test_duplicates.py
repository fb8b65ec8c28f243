"""Incidents that may be told twice are suggested, and nothing is removed."""

from collections.abc import Mapping, Sequence

from deciding import decided, distinct, hold, same

from geodata.review.decisions import NOTHING_DECIDED, Decisions, Verdict
from geodata.store.counts import count_rows
from geodata.store.duplicates import Pair, count_duplicates, find_duplicates
from geodata.store.filters import IncidentFilter
from geodata.store.meetings import FEW_ROWS

STRIKE = {"date_latest": "2024-02-02", "actor": "Axis", "event_type": "drone_attack"}
HERE = {"place": "Here", "given_lon": "40.0", "given_lat": "33.0"}


def pairs(*groups: Sequence[Mapping[str, str]], decisions: Decisions = NOTHING_DECIDED) -> dict[str, Pair]:
    """Return what is suggested of strikes in groups, each by an actor of its own, with ids like "0-1"."""
    rows = [
        STRIKE | {"incident_id": f"{n}-{m}", "actor": f"Actor {n}"} | row
        for n, group in enumerate(groups)
        for m, row in enumerate(group)
    ]
    found = find_duplicates(hold(*rows, decisions=decisions), limit=None)
    return {f"{pair.first} {pair.second}": pair for pair in found}


def test_two_rows_that_tell_the_same_are_suggested_and_both_stay():
    store = hold(STRIKE, STRIKE)
    (pair,) = find_duplicates(store)
    assert (pair.first, pair.second) == ("INC-1", "INC-2")
    assert pair.reasons == ("at Tower 22", "on 2 Feb 2024", "by Axis", "of the same type")
    assert count_duplicates(store) == 1
    assert count_rows(store, IncidentFilter()) == 2


def test_two_rows_that_differ_in_what_matters_are_not():
    others = (
        {},
        {"place": "Tanf"},
        {"place": "Nowhere"},
        {"date_earliest": "2024-02-03", "date_latest": "2024-02-03"},
        {"date_earliest": "", "date_latest": ""},
        {"date_earliest": "2024-01-15", "date_latest": "2024-02-29"},
        {"actor": "United States"},
        {"actor": ""},
        {"category": "threat", "event_type": "threat"},
        {"event_type": "air_strike", "date_earliest": "2024-01-25"},
    )
    assert list(pairs(*(({}, other) for other in others))) == ["0-0 0-1"]


def test_dates_need_only_overlap():
    (pair,) = pairs([{}, {"date_earliest": "2024-01-30", "date_latest": "2024-02-04"}]).values()
    assert pair.reasons[1] == "on 30 Jan – 4 Feb 2024 and on 2 Feb 2024"


def test_what_speaks_for_it_more_comes_first():
    told = {"killed_best": "3", "target": "the gate"}
    found = list(pairs([{}, {}], [told, told]).values())
    assert [(pair.first, pair.second) for pair in found] == [("1-0", "1-1"), ("0-0", "0-1")]
    assert found[0].strength > found[1].strength
    assert found[0].reasons[-2:] == ("on the same target", "with as many killed")


def test_other_numbers_of_killed_speak_against_it():
    one, other = {"killed_best": "3"}, {"killed_low": "7"}
    found = pairs([one, other], [one | {"event_type": ""}, other | {"event_type": ""}])
    assert list(found) == ["0-0 0-1"]
    assert found["0-0 0-1"].reasons[-1] == "but with other numbers killed"


def test_points_of_their_own_are_one_place_when_nearer_than_they_are_known():
    there = HERE | {"place": "There", "given_lat": "33.04"}
    found = pairs([HERE, there], [HERE, there | {"given_lat": "33.06"}], [HERE, there | {"place_precision": "site"}])
    assert list(found) == ["0-0 0-1"]
    assert found["0-0 0-1"].reasons[0] == "at Here and There, close by"


def test_points_near_each_other_are_found_wherever_they_are():
    spots = (0.001, 0.001), (-179.99, 80.0), (43.9453125, 33.0), (60.0, -45.0)
    shifts = ((0.0, 0.0), (0.004, 0.0), (0.0, 0.03))
    rows = ([{"given_lon": f"{lon + x}", "given_lat": f"{lat + y}"} for x, y in shifts] for lon, lat in spots)
    assert sorted(pairs(*rows)) == sorted(f"{n}-{a} {n}-{b}" for n in range(4) for a, b in ("01", "02", "12"))


def test_a_source_in_common_is_enough_while_only_one_actor_is_named():
    found = pairs(
        [{"sources": "doc:1; doc:2"}, {"sources": "doc:2; doc:3", "actor": ""}],
        [{"sources": "doc:4"}, {"sources": "doc:4", "actor": "United States"}],
        [{"sources": "doc:5"}, {"sources": "doc:6", "actor": ""}],
    )
    assert list(found) == ["0-0 0-1"]
    assert "from the same source" in found["0-0 0-1"].reasons


def test_a_source_that_many_rows_cite_says_nothing():
    told = {"actor": ""}
    found = pairs(
        [told | {"sources": "a"}] * 2,
        [told | {"sources": "b"}] * FEW_ROWS,
        [told | {"sources": "c"}] * (FEW_ROWS + 1),
    )
    assert {pair.partition("-")[0] for pair in found} == {"0", "1"}


def test_what_is_linked_is_not_suggested():
    links = ("part_of", "retaliates_for", "possible_duplicate_of")
    towards = [({}, {link: f"{n}-0"}) for n, link in enumerate(links)]
    back = [({link: f"{n}-1"}, {}) for n, link in enumerate(links, start=len(links))]
    assert not pairs(*towards, *back)


def test_parts_of_one_whole_are_not_suggested():
    whole, part = {"place": "Nowhere"}, {"part_of": "0-0"}
    assert not pairs([whole, part, part])
    assert list(pairs([whole, part, {"part_of": "0-3"}, whole])) == ["0-1 0-2"]


def test_what_is_decided_about_is_not_suggested():
    decisions = decided(
        same("0-0", "0-1"), same("1-1", "1-0"), distinct("2-0", "2-1"), distinct("3-1", "3-0"), same("4-0", "9-9")
    )
    assert list(pairs(*[({}, {})] * 5, decisions=decisions)) == ["4-0 4-1"]


def test_deciding_as_suggested_takes_the_pair_off_the_list():
    found = pairs([{}, {}, {}])
    assert list(found) == ["0-0 0-1", "0-0 0-2", "0-1 0-2"]
    decision = found["0-0 0-2"].decide(Verdict.DISTINCT, note="two drones")
    assert list(pairs([{}, {}, {}], decisions=decided(decision))) == ["0-0 0-1", "0-1 0-2"]


def test_a_page_is_a_part_of_all():
    store = hold(*[STRIKE] * 4)
    everything = find_duplicates(store, limit=None)
    assert len(everything) == count_duplicates(store) == 6
    assert find_duplicates(store, limit=2, offset=3) == everything[3:5]
