"""The reader's session: what the widgets hold, as one `View` and back."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard.sources import Source
from dashboard.state import OPENING, View, from_address, to_address
from geodata.incidents.schema import EVENT_TYPES, Attribution, Category, Precision, Side
from geodata.store.factions import list_factions
from geodata.store.facts import find_span
from geodata.store.filters import IncidentFilter

Span = tuple[date, date]
WITHIN = "lies within"
OVERLAPS = "overlaps"
FLAGS = ("undated", "members", "presumed", "denied")


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
    """Give a new session what the address asks for."""
    if "incident" not in st.session_state:
        restore(source, from_address({name: st.query_params.get_all(name) for name in st.query_params}))


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
    for faction in list_factions(source.store, {}):
        state[f"faction {faction.faction}"] = faction.faction in question.factions
    state["within"] = WITHIN if question.within else OVERLAPS
    state["text"], state["order"], state["incident"] = question.text, view.order, view.incident


def _clamped(days: Span, span: Span) -> Span:
    first, last = (min(max(day, span[0]), span[1]) for day in days)
    return first, max(first, last)


def reset(source: Source) -> None:
    """Take every filter back to what the page opens with."""
    restore(source, View(question=OPENING, order=st.session_state["order"], incident=st.session_state["incident"]))


def current_view(source: Source) -> View:
    """Return what the widgets ask for, and keep the page's address the same."""
    state = st.session_state
    view = View(question=_question(source), order=state["order"], span=state["span"], incident=state["incident"])
    address = to_address(view)
    if address != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(address)
    return view


def _question(source: Source) -> IncidentFilter:
    """Return the filter that the widgets ask for; dates at the ends of the data leave that end open."""
    state, everything = st.session_state, find_span(source.store)
    start, end = state["dates"] if everything else (None, None)
    factions = [f.faction for f in list_factions(source.store, {}) if state.get(f"faction {f.faction}")]
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


def zoom_timeline(span: Span | None) -> None:
    """Let timeline and slider show the days of `span` alone, or all of them."""
    st.session_state["span"] = span


def select(incident_id: str) -> None:
    """Select an incident, or none when blank."""
    st.session_state["incident"] = incident_id
    st.rerun(["detail", "map"])
