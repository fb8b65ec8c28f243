"""The laws of a reader's decisions."""

import io

import pandas as pd
from builders import csv_of, read_rows_of
from deciding import accept_actor, leave_actor
from hypothesis import given, settings
from hypothesis import strategies as st
from storing import ACTORS, GAZETTEER

from geodata.actors.actors import join_actors
from geodata.gazetteer.locate import locate
from geodata.incidents.read import read_incidents
from geodata.incidents.schema import Location, Precision
from geodata.review.decisions import NOTHING_DECIDED, Decision, Decisions, Subject, Verdict
from geodata.review.file import read_decisions, write_decisions
from geodata.store.doubtful import count_doubtful_places, find_doubtful_places
from geodata.store.engine import TABLES
from geodata.store.load import load_in_memory

NAMES = st.sampled_from(["Tower 22", "tower  22", "Tanf", "the hill", "Nowhere", "Axis", "the boys"])
COUNTRIES = st.sampled_from(["", "Iraq", "Syria"])
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufdd0"), max_size=8)
NOTES = st.one_of(st.just(""), TEXT)


def about_places(names: st.SearchStrategy[str], countries: st.SearchStrategy[str]) -> st.SearchStrategy[Decision]:
    """Return decisions of each sort about places."""
    context = {"what": st.just(Subject.PLACE), "name": names, "country": countries, "note": NOTES}
    return st.one_of(
        st.builds(
            Decision,
            **context,
            decision=st.just(Verdict.ACCEPT),
            target=st.sampled_from(["tanf", "tower-22", "syria", "atlantis"]),
        ),
        st.builds(Decision, **context, decision=st.just(Verdict.LEAVE)),
        st.builds(
            Decision,
            **context,
            decision=st.just(Verdict.POINT),
            lon=st.floats(-180, 180),
            lat=st.floats(-90, 90),
            precision=st.sampled_from(Precision),
            uncertainty_m=st.none() | st.integers(1, 400_000),
        ),
    )


def pairs(ids: st.SearchStrategy[str]) -> st.SearchStrategy[Decision]:
    """Return decisions about two incidents."""
    two = st.lists(ids, min_size=2, max_size=2, unique=True).map("; ".join)
    verdicts = st.sampled_from([Verdict.SAME, Verdict.DISTINCT])
    return st.builds(Decision, what=st.just(Subject.DUPLICATE), decision=verdicts, target=two, note=NOTES)


ABOUT_ACTORS = st.one_of(
    st.builds(accept_actor, NAMES, st.sampled_from(["axis", "us", "nobody"])), st.builds(leave_actor, NAMES)
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"place": NAMES, "actor": NAMES},
        optional={
            "given_country": COUNTRIES,
            "given_lon": st.integers(-200, 200).map(str),
            "given_lat": st.integers(-100, 100).map(str),
            "category": st.just("rejected"),
        },
    ),
    max_size=5,
)
IDS = st.integers(1, 6).map("INC-{}".format)
DECISIONS = st.lists(st.one_of(about_places(NAMES, COUNTRIES), ABOUT_ACTORS, pairs(IDS)), max_size=6).map(
    lambda decided: NOTHING_DECIDED.deciding(*decided)
)
ANY_TEXT = TEXT.filter(str.strip)
ANY_DECISIONS = st.lists(
    st.one_of(about_places(ANY_TEXT, TEXT), pairs(IDS), st.builds(leave_actor, ANY_TEXT)), max_size=6
).map(lambda decided: NOTHING_DECIDED.deciding(*decided))


def where(table: bytes, decisions: Decisions) -> pd.DataFrame:
    return pd.DataFrame(locate(read_incidents(io.BytesIO(table)).incidents, GAZETTEER, decisions))


@given(ANY_DECISIONS)
def test_decisions_come_back_from_their_file_as_they_were(decisions):
    written = write_decisions(decisions)
    back, problems = read_decisions(io.BytesIO(written), name="decisions.csv")
    assert back == decisions
    assert not problems
    assert write_decisions(back) == written


@given(ROWS, DECISIONS)
def test_under_any_decisions_every_row_is_exact_or_approximate_or_unplaced_with_a_reason(rows, decisions):
    located = where(csv_of(*rows), decisions)
    assert located["incident_id"].tolist() == read_rows_of(*rows).incidents["incident_id"].tolist()
    for row in located.itertuples():
        placed = row.location != Location.UNPLACED
        assert placed == (row.geometry is not None) == pd.notna(row.lon) == pd.notna(row.uncertainty_m)
        assert placed or row.reason
        assert (row.location == Location.EXACT) == (placed and row.known_to in (Precision.SITE, Precision.TOWN))
        if placed and pd.notna(row.given_lon):
            assert (row.lon, row.lat) == (row.given_lon, row.given_lat)


@given(ROWS, DECISIONS)
def test_a_decision_never_touches_a_row_that_it_does_not_name(rows, decisions):
    incidents = read_rows_of(*rows).incidents
    decided = locate(incidents, GAZETTEER, decisions)
    plain = locate(incidents, GAZETTEER)
    named = [
        decisions.on_place(place, country, "") is not None
        for place, country in incidents[["place", "given_country"]].itertuples(index=False)
    ]
    untouched = [not touched for touched in named]
    pd.testing.assert_frame_equal(pd.DataFrame(decided)[untouched], pd.DataFrame(plain)[untouched])
    acted, _ = join_actors(incidents, ACTORS, decisions)
    before, _ = join_actors(incidents, ACTORS)
    free = [decisions.on_actor(name) is None for name in incidents["actor"]]
    pd.testing.assert_frame_equal(acted[free], before[free])


@given(ROWS, DECISIONS)
def test_deciding_again_changes_nothing(rows, decisions):
    once = where(csv_of(*rows), decisions)
    pd.testing.assert_frame_equal(pd.DataFrame(locate(once, GAZETTEER, decisions)), once)


@settings(max_examples=6)
@given(ROWS, DECISIONS)
def test_the_same_table_and_decisions_are_the_same_store_whose_sums_add_up(rows, decisions):
    first, second = (
        load_in_memory(io.BytesIO(csv_of(*rows)), GAZETTEER, ACTORS, name="table.csv", decisions=decisions)
        for _ in range(2)
    )
    for name in TABLES:
        told, again = (sorted(store.ask(store.table(name)).to_pylist(), key=str) for store in (first, second))
        assert told == again
    read, rejected = int(first.meta["rows_read"]), int(first.meta["rows_rejected"])
    locations = first.ask(first.incidents.group_by("location").agg(rows=first.incidents.count())).to_pylist()
    assert sum(row["rows"] for row in locations) + rejected == read == len(rows)


@settings(max_examples=6)
@given(ROWS, DECISIONS)
def test_every_row_that_has_no_place_by_its_name_is_asked_about_until_it_is_decided(rows, decisions):
    table = csv_of(*rows)
    store = load_in_memory(io.BytesIO(table), GAZETTEER, ACTORS, name="table.csv", decisions=decisions)
    located = where(table, decisions)
    unplaced = located[(located["location"] == "unplaced") & located["given_lon"].isna()]
    open_ones = unplaced[unplaced["found_by"] != "decision"]
    placed_by_likeness = located["found_by"].isin(["likeness", "town"]) & located["given_lon"].isna()
    assert count_doubtful_places(store).rows == len(open_ones) + placed_by_likeness.sum()
    asked = find_doubtful_places(store, GAZETTEER, limit=None)
    assert sum(doubt.rows for doubt in asked) == count_doubtful_places(store).rows
    everything_left = decisions.deciding(*(doubt.decide(Verdict.LEAVE) for doubt in asked))
    again = load_in_memory(io.BytesIO(table), GAZETTEER, ACTORS, name="table.csv", decisions=everything_left)
    assert count_doubtful_places(again).names == 0
