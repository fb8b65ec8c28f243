"""What holds for every table and every filter."""

from copy import copy
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given as given_some
from hypothesis import settings
from hypothesis import strategies as st
from storing import WORLD, dates, ids, listed_ids, made_up_store, page_ids, questions, stores

from geodata.store import facts, moves, queries
from geodata.store.answers import Answers
from geodata.store.cells import count_provinces, find_areas, find_at, find_cells, find_places
from geodata.store.counts import count_facet, count_rows, summarize
from geodata.store.engine import this
from geodata.store.factions import list_factions
from geodata.store.filters import IncidentFilter, matching, numbers_of
from geodata.store.queries import Order
from geodata.store.timeline import count_by_time

SETS = ("categories", "event_types", "countries", "attributions", "known_to")
EVERYTHING = IncidentFilter()


def given(*drawn):
    """Ask for few examples: each is answered by an engine."""
    return lambda test: settings(max_examples=30)(given_some(*drawn)(test))


@given(stores)
def test_the_default_filter_keeps_everything(store):
    everything = store.ask(store.incidents.select("incident_id"))["incident_id"].to_pylist()
    assert sorted(listed_ids(store, EVERYTHING)) == sorted(everything)


@given(stores, questions, questions)
def test_narrowing_never_adds(store, question, further):
    assert ids(store, narrowed(question, further)) <= ids(store, question)


def narrowed(question: IncidentFilter, further: IncidentFilter) -> IncidentFilter:
    """Return `question` with what `further` asks on top of it."""
    sets = {name: getattr(question, name) & getattr(further, name) or getattr(question, name) for name in SETS}
    sets |= {name: getattr(further, name) for name in SETS if not getattr(question, name)}
    actors = {name: getattr(question, name) & getattr(further, name) for name in ("sides", "factions")}
    if not any(actors.values()):
        own = question if question.sides or question.factions else further
        actors = {"sides": own.sides, "factions": own.factions}
    return replace(
        question,
        start=max(filter(None, (question.start, further.start)), default=None),
        end=min(filter(None, (question.end, further.end)), default=None),
        within=question.within or further.within,
        undated=question.undated and further.undated,
        members=question.members and further.members,
        presumed=question.presumed and further.presumed,
        denied=question.denied or further.denied,
        text=f"{question.text} {further.text}",
        **sets,
        **actors,
    )


@given(stores, questions)
def test_the_numbers_that_are_counted_are_those_of_the_incidents(store, question):
    kept = matching(store, question)
    counted = numbers_of(store, question)
    names = store.table("numbers").columns
    assert told(store, counted, names) == told(store, kept, names)


def told(store, kept, names):
    return store.ask(kept.select(*names).order_by("row")).to_pylist()


@given(stores, questions, st.sampled_from(["newest", "oldest"]), st.integers(1, 4))
def test_a_page_that_is_looked_for_nearby_is_that_of_the_whole_list(store, question, order, page):
    with pytest.MonkeyPatch.context() as few:
        few.setattr(facts, "PACE", 2)
        few.setattr(queries, "NEAR_PACES", 1)
        few.setattr(queries, "PAGE", 3)
        told = page_ids(copy(store), question, order, page)
    assert told == listed_ids(store, question, order)[3 * (page - 1) : 3 * page]


@given(stores, questions)
def test_what_lies_within_the_dates_overlaps_them(store, question):
    assert ids(store, replace(question, within=True)) <= ids(store, replace(question, within=False))


@given(stores, questions)
def test_either_the_undated_match_or_only_the_dated(store, question):
    with_undated, dated = (ids(store, replace(question, undated=undated)) for undated in (True, False))
    undated = set(store.ask(store.incidents.filter(this.first_day.isnull()))["incident_id"].to_pylist())
    assert dated == with_undated - undated


@given(stores, questions, st.sampled_from(["side", "actor"]))
def test_the_counts_of_a_facet_sum_to_what_matches_without_it(store, question, facet):
    without = replace(question, sides=frozenset(), factions=frozenset())
    assert sum(count_facet(store, question, facet).values()) == count_rows(store, without)


@given(stores, questions)
def test_choosing_a_side_keeps_as_many_as_it_promised(store, question):
    for side, count in count_facet(store, question, "side").items():
        assert count_rows(store, replace(question, sides=frozenset({side}), factions=frozenset())) == count


@given(stores, questions)
def test_choosing_a_faction_keeps_as_many_as_it_promised(store, question):
    question = replace(question, members=True, presumed=False, sides=frozenset(), factions=frozenset())
    counted = list_factions(store, count_facet(store, question, "actor"))
    for faction in counted:
        assert count_rows(store, replace(question, factions=frozenset({faction.faction}))) == faction.count


@given(stores, questions)
def test_the_strip_adds_up(store, question):
    told = summarize(store, question)
    assert told.rows == told.exact + told.approximate + told.unplaced == len(listed_ids(store, question))


@given(stores)
def test_what_was_read_is_on_the_map_or_listed_or_rejected(store):
    told = summarize(store, EVERYTHING)
    read, rejected = int(store.meta["rows_read"]), int(store.meta["rows_rejected"])
    assert told.exact + told.approximate + told.unplaced + rejected == read
    assert rejected == len(store.ask(store.table("rejected")))


@given(stores, questions, st.integers(0, 24))
def test_signs_of_the_map_and_the_unplaced_sum_to_the_rows(store, question, zoom):
    told = summarize(store, question)
    areas = sum(spot.count for spot in find_areas(store, question))
    for points in (
        find_places(store, question, WORLD),
        find_cells(store, question, replace(WORLD, zoom=zoom)),
    ):
        assert sum(spot.count for spot in points) + areas + told.unplaced == told.rows
        assert all(spot.count == sum(group[-1] for group in spot.groups) for spot in points)


@given(stores, questions, st.floats(30, 46), st.integers(0, 24))
def test_signs_made_of_few_spots_are_those_asked_of_the_rows(store, question, west, zoom):
    rows, viewport = copy(store), replace(WORLD, west=west, east=west + 6, zoom=zoom)
    rows.__dict__["spots"] = None
    assert store.spots is not None
    for find in (find_places, find_cells, lambda store, question, _: find_areas(store, question)):
        assert signs(find(store, question, viewport)) == signs(find(rows, question, viewport))


@given(stores, questions)
def test_figures_made_of_few_spots_are_those_asked_of_the_rows(store, question):
    rows = copy(store)
    rows.answers = Answers()  # they hold the figures that the spots gave
    rows.__dict__["spots"] = None
    assert store.spots is not None
    assert summarize(rows, question) == summarize(store, question)


@given(stores, dates | questions, st.lists(dates, min_size=1, max_size=4))
def test_counts_under_dates_that_have_moved_are_those_counted_from_the_beginning(store, question, moved):
    asked, lately = copy(store), Answers()
    with pytest.MonkeyPatch.context() as always:
        always.setattr(facts, "PACE", 1)
        always.setattr(moves, "LEAST_ROWS", 0)
        always.setattr(moves, "MOST_CROSSED", 1e9)
        for then in (question, *(replace(question, start=dated.start, end=dated.end) for dated in moved)):
            asked.answers = lately
            told = counts(asked, then)
            asked.answers = Answers()
            assert told == counts(asked, then)


def counts(store, question):
    """Return what is counted by adding up."""
    return summarize(store, question), count_facet(store, question, "actor"), signs(find_areas(store, question))


def signs(spots):
    """Return all that is drawn of signs, in their order."""
    names = ("place_key", "key", "name", "kind", "lon", "lat")
    return [(*(s.place.get(name) for name in names), s.count, s.groups, s.known_to, s.uncertainty_m) for s in spots]


@given(stores, questions, st.integers(0, 24))
def test_a_sign_lists_the_incidents_that_it_counts(store, question, zoom):
    for spot in [*find_places(store, question, WORLD), *find_areas(store, question)]:
        total, rows = find_at(store, question, place=spot.place["place_key"], limit=1000)
        assert spot.count == total == len(rows)
    for spot in find_cells(store, question, replace(WORLD, zoom=zoom)):
        total, rows = find_at(store, question, cell=spot.place["key"], limit=1000)
        assert spot.count == total == len(rows)


@given(stores, questions)
def test_provinces_count_the_rows_that_name_one(store, question):
    named = [row for row in store.ask(matching(store, question)).to_pylist() if row["admin1"]]
    counted = count_provinces(store, question)
    assert sum(counted.values()) == len(named)
    assert {(row["country"], row["admin1"]) for row in named} == set(counted)


@given(stores, questions, st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_the_timeline_shows_or_counts_every_row(store, question, size):
    told = count_by_time(store, question, size)
    drawn = sum(bar[-1] for bar in told.bars) + sum(interval[-1] for interval in told.intervals)
    whatever_the_dates = replace(question, start=None, end=None, undated=True)
    assert drawn + told.undated == count_rows(store, whatever_the_dates)


@given(stores, questions)
def test_umbrellas_and_parts_are_never_counted_twice(store, question):
    told = summarize(store, question)
    assert (told.incidents > 0) == (told.rows > 0)
    assert told.claimed <= told.incidents <= told.rows
    rows = store.ask(matching(store, question)).to_pylist()
    for what in ("killed", "injured"):
        estimate = getattr(told, what)
        numbers = [[row[f"{what}_{bound}"] for bound in ("low", "best", "high")] for row in rows]
        most = sum(max((n for n in row if n is not None), default=0) for row in numbers)
        assert 0 <= estimate.low <= estimate.best <= estimate.high <= most
        assert estimate.stated + estimate.silent == told.rows


def test_dates_of_one_day_keep_what_happened_on_it():
    store = made_up_store(7)
    rows = [row for row in store.ask(store.incidents).to_pylist() if row["date_earliest"]]
    day = min(row["date_latest"] for row in rows)
    on_it = {row["incident_id"] for row in rows if row["date_earliest"] <= day <= row["date_latest"]}
    assert ids(store, IncidentFilter(start=day, end=day, undated=False)) == on_it


@given(stores, questions, st.sampled_from(get_args(Order)))
def test_an_engine_that_does_not_stream_gives_the_same_rows(store, question, order):
    whole = copy(store)
    whole.engine = copy(store.engine)
    whole.engine.streams = False
    assert listed_ids(whole, question, order) == listed_ids(store, question, order)
