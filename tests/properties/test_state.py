"""What holds between a filter and the address that restores it."""

import string
from dataclasses import fields, replace
from datetime import date
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st
from storing import questions

from dashboard.state import (
    LONGEST_TEXT,
    LONGEST_VALUE,
    OPENING,
    ORDERS,
    View,
    from_address,
    narrowed,
    to_address,
    to_query,
)
from geodata.store.filters import IncidentFilter

_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=200).map(str.strip)
_spans = st.none() | st.lists(st.dates(), min_size=2, max_size=2, unique=True).map(lambda days: tuple(sorted(days)))
_names = ("start", "end", "within", "undated", "members", "presumed", "denied", "side", "faction", "category", "type")
_names += ("country", "attribution", "known_to", "q", "sort", "span", "incident", "other")
_values = _words | st.sampled_from(["", "any", "0", "1", "2024-02-02", "2024-02-30", "newest", "kinetic", "9" * 300])
addresses = st.dictionaries(st.sampled_from(_names) | _words, st.lists(_values, max_size=3))
views = st.builds(
    View,
    question=st.builds(replace, questions, text=_words),
    order=st.sampled_from(ORDERS),
    span=_spans,
    incident=_words,
)


@given(views)
def test_a_view_comes_back_from_its_address(view):
    assert from_address(to_address(view)) == view


@given(questions)
def test_a_filter_comes_back_from_the_query_that_routes_get(question):
    assert from_address(parse_qs(to_query(question), keep_blank_values=True)).question == question


@given(questions)
def test_a_query_holds_nothing_that_a_template_or_a_script_would_run(question):
    assert set(to_query(question)) <= set(string.ascii_letters + string.digits + "%&=_.+-~*")


@given(addresses)
def test_any_address_is_tolerated(address):
    view = from_address(address)
    assert from_address(to_address(view)) == view


@given(st.sampled_from(_names), st.text(min_size=1, max_size=3))
def test_a_value_too_long_is_as_if_it_were_not_there(name, value):
    assert from_address({name: [value * (LONGEST_VALUE + 1)]}) == View()


def test_a_search_too_long_for_its_field_is_as_if_it_were_not_there():
    assert from_address({"q": ["x" * LONGEST_TEXT]}).question.text == "x" * LONGEST_TEXT
    assert from_address({"q": ["x" * (LONGEST_TEXT + 1)]}) == View()


def test_a_faction_with_a_name_as_long_as_a_cell_keeps_its_address():
    question = IncidentFilter(factions=frozenset({"Long " * 60, "any"}))
    assert from_address(to_address(View(question=question))).question == question


def test_a_word_that_is_none_of_a_vocabulary_is_as_if_it_were_not_there():
    assert from_address({"category": ["war"], "side": ["ours"], "known_to": ["inch"]}) == View()
    assert from_address({"category": ["war", "threat"]}).question.categories == {"threat"}


def test_days_the_wrong_way_round_span_nothing():
    assert from_address({"span": ["2024-02-03", "2024-02-02"]}) == View()
    assert from_address({"span": ["2024-02-02", "2024-02-03"]}).span == (date(2024, 2, 2), date(2024, 2, 3))


def test_the_opening_view_has_no_address():
    assert to_address(View()) == {}
    assert from_address({}) == View(question=OPENING)


def test_everything_has_an_address_of_its_own():
    assert to_address(View(question=IncidentFilter())) == {"category": ["any"]}


def test_a_filter_names_what_it_narrows():
    assert narrowed(IncidentFilter()) == []
    for field in fields(IncidentFilter):
        changed = {"start": date(2024, 1, 1), "end": date(2024, 1, 1), "text": "x"}
        value = changed.get(field.name, frozenset("x") if field.type == "frozenset[str]" else None)
        if value is None:
            value = not getattr(IncidentFilter(), field.name)
        assert narrowed(replace(IncidentFilter(), **{field.name: value})) == [field.name]
