"""The reader's session: which tables are open, and what the widgets hold, as one `View` and back."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from string import ascii_uppercase
from typing import Any

import streamlit as st

from dashboard.sources import Source, open_source
from dashboard.state import OPENING, View, from_address, to_address
from geodata.incidents.schema import EVENT_TYPES, Attribution, Category, Precision, Side
from geodata.review.decisions import Decisions
from geodata.store.factions import faction_ids
from geodata.store.facts import find_span
from geodata.store.filters import IncidentFilter

Span = tuple[date, date]
WITHIN = "lies within"
OVERLAPS = "overlaps"
_view: ContextVar[View | None] = ContextVar("view", default=None)
FLAGS = ("undated", "members", "presumed", "denied")


def open_tables() -> tuple[Source, ...]:
    """Return the server's table, and those that the reader has opened, in the order of opening."""
    return (open_source(), *st.session_state.get("own", {}).values())


def chosen_table() -> Source:
    """Return the table that the page is about."""
    server, *_ = open_tables()
    return st.session_state.get("own", {}).get(st.session_state.get("table"), server)


def tables_beside(source: Source) -> list[tuple[str, Source]]:
    """Return the other open tables, each with a letter that it keeps."""
    return [
        (letter, table) for letter, table in zip(ascii_uppercase, open_tables(), strict=False) if table is not source
    ]


def add_table(source: Source, *, instead_of: Source | None = None) -> None:
    """Show a table that the reader has opened, all of it; or one in place of another, by the same filter."""
    own: dict[str, Source] = st.session_state.get("own", {})
    kept = {source.token if table is instead_of else token: table for token, table in own.items()}
    st.session_state["own"] = kept | {source.token: source}
    _turn_to(source.token, None if instead_of else View(question=IncidentFilter()))


def decisions_of(source: Source) -> Decisions:
    """Return what the reader has decided about a table, taken over already or not."""
    return st.session_state.get("decided", {}).get(source.token, source.decisions)


def decide(source: Source, decisions: Decisions) -> None:
    """Keep what the reader has decided about a table so far; the table is not read anew yet."""
    st.session_state.setdefault("decided", {})[source.token] = decisions


def close_table(token: str) -> None:
    """Let go of a table that the reader has opened."""
    st.session_state["own"].pop(token)
    if st.session_state.get("table") == token:
        _turn_to("")


def show_table(token: str) -> None:
    """Show another open table by the same filter."""
    _turn_to(token)


def _turn_to(token: str, view: View | None = None, incident: str = "") -> None:
    """Let the next run show a table; its widgets may not be set while this run still draws them."""
    state = st.session_state
    view = view or replace(from_address(_address()), span=None)
    state["table"], state["turn to"] = token, replace(view, incident=incident, order=state["order"])


def facet_options(source: Source) -> Mapping[str, Sequence[str]]:
    """Return the values to choose from in each facet that is a list of them, by the filter's field."""
    return {
        "categories": list(Category),
        "event_types": [event_type for types in EVENT_TYPES.values() for event_type in types],
        "attributions": list(Attribution),
        "known_to": list(Precision),
        "countries": sorted(source.store.codes["country"], key=lambda country: (not country, country)),
    }


def begin(source: Source) -> None:
    """Give a new session, or another table, what the address asks for."""
    state = st.session_state
    if "incident" not in state:
        restore(source, from_address(_address()))
    elif "turn to" in state:
        view = state.pop("turn to")
        restore(source, replace(view, question=_reaching(view.question, find_span(source.store))))


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _reaching(question: IncidentFilter, span: Span | None) -> IncidentFilter:
    """Return the question without days at which a table has nothing."""
    misses = span and ((question.start or span[0]) > span[1] or (question.end or span[1]) < span[0])
    return replace(question, start=None, end=None) if misses else question


def restore(source: Source, view: View) -> None:
    """Set every widget to what `view` holds; what the data can't hold is left out."""
    question, state, everything = view.question, st.session_state, find_span(source.store)
    state["span"] = _clamped(view.span, everything) if view.span and everything else None
    if everything:
        set_dates(_clamped((question.start or everything[0], question.end or everything[1]), everything))
    for flag in FLAGS:
        state[flag] = getattr(question, flag)
    for field, options in facet_options(source).items():
        state[field] = [value for value in options if value in getattr(question, field)]
    for side in Side:
        state[f"side {side}"] = side in question.sides
    for faction in faction_ids(source.store):
        state[f"faction {faction}"] = faction in question.factions
    state["within"] = WITHIN if question.within else OVERLAPS
    state["text"], state["order"], state["incident"] = question.text, view.order, view.incident


def _clamped(days: Span, span: Span) -> Span:
    first, last = (min(max(day, span[0]), span[1]) for day in days)
    return first, max(first, last)


def reset(source: Source) -> None:
    """Take every filter back to what the page opens with."""
    restore(source, View(question=OPENING, order=st.session_state["order"], incident=st.session_state["incident"]))


@contextmanager
def one_view(source: Source) -> Iterator[None]:
    """Let all panels of a run show the same view, which is asked of the widgets once."""
    kept = _view.set(current_view(source))
    try:
        yield
    finally:
        _view.reset(kept)


def current_view(source: Source) -> View:
    """Return what the widgets ask for, and keep the page's address the same."""
    if known := _view.get():
        return known
    state = st.session_state
    view = View(question=_question(source), order=state["order"], span=state["span"], incident=state["incident"])
    address = to_address(view)
    if address != _address():
        st.query_params.from_dict(address)
    return view


def _question(source: Source) -> IncidentFilter:
    """Return the filter that the widgets ask for; dates at the ends of the data leave that end open."""
    state: Mapping[str, Any] = st.session_state.to_dict()  # asked a hundred times
    everything = find_span(source.store)
    start, end = state["dates"] if everything else (None, None)
    factions = [faction for faction in faction_ids(source.store) if state.get(f"faction {faction}")]
    return IncidentFilter(
        start=start if everything and start != everything[0] else None,
        end=end if everything and end != everything[1] else None,
        within=state["within"] == WITHIN,
        sides=frozenset(side for side in Side if state.get(f"side {side}")),
        factions=frozenset(factions),
        text=state["text"].strip(),
        **{flag: state[flag] for flag in FLAGS},
        **{field: frozenset(state[field]) for field in facet_options(source)},
    )


def set_dates(chosen: Span) -> None:
    """Set the slider; a zoomed timeline that does not hold the dates shows all days again."""
    state = st.session_state
    if state["span"] and not state["span"][0] <= chosen[0] <= chosen[1] <= state["span"][1]:
        state["span"] = None
    state["dates"] = chosen


def choose_dates(chosen: Span) -> None:
    """Take over dates that were typed or picked, in whichever order they are."""
    set_dates((min(chosen), max(chosen)))


def show_dates(source: Source, chosen: Span) -> None:
    """Show the part of some days that the data reach."""
    everything = find_span(source.store)
    if everything:
        set_dates(_clamped(chosen, everything))
        st.rerun()


def zoom_timeline(span: Span | None) -> None:
    """Let timeline and slider show the days of `span` alone, or all of them."""
    st.session_state["span"] = span


def select(incident_id: str, *, table: str | None = None) -> None:
    """Select an incident, or none when blank, of the table that is shown or of another open one."""
    if table is not None and table != st.session_state.get("table", ""):
        _turn_to(table, incident=incident_id)
        st.rerun()
    st.session_state["incident"] = incident_id
    st.rerun(["detail", "map"])
