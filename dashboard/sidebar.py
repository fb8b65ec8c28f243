"""The filters: a widget for each part of a `View`."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from dashboard import session, text
from dashboard.sources import Source
from dashboard.state import LONGEST_TEXT, View
from dashboard.views import about, tables
from dashboard.views.panel import panel
from geodata.incidents.schema import Side
from geodata.store.counts import count_facet, count_undated
from geodata.store.factions import Faction, list_factions
from geodata.store.facts import find_busiest, find_span, find_years

MOST_FACTIONS = 40
MOST_YEARS = 5
_NOT_IN_CLASS = re.compile("[^a-zA-Z0-9_-]")  # as Streamlit makes classes of keys


def show_filters(source: Source) -> None:
    """Show every filter; what they ask for is known before they are drawn, from the session."""
    options = session.facet_options(source)
    with st.sidebar:
        st.html('<h1 class="title">Incident map</h1>')
        about.show_title(source)
        tables.show_tables(source)
        _heading("Dates")
        _ask_dates(source)
        _ask_intervals(source)
        _heading("Factions")
        _ask_factions(source)
        _heading("Kind")
        _ask_pills("categories", options, text.CATEGORIES.__getitem__)
        _ask_event_types(options["event_types"])
        _heading("Who says so")
        _ask_pills("attributions", options, text.ATTRIBUTIONS.__getitem__)
        st.checkbox("denied by somebody", key="denied")
        _heading("Place known to")
        _ask_pills("known_to", options, str)
        _heading("Country")
        _ask_pills("countries", options, lambda country: country or text.NO_COUNTRY)
        _heading("Search")
        st.text_input(
            "Search",
            key="text",
            max_chars=LONGEST_TEXT,
            placeholder="place, actor, words…",
            label_visibility="collapsed",
        )
        st.button(
            "Reset all filters",
            key="reset",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=session.reset,
            args=(source,),
        )


def _heading(words: str) -> None:
    st.html(f"<h2>{words}</h2>")


@panel
def _ask_dates(source: Source, _view: View) -> None:
    """Show presets and typed dates.

    Their keys bear the dates that they show: when the slider moves they are other widgets. What the browser still
    held of the old ones may come a moment late, and is passed over: it must not set the slider back.
    """
    span = find_span(source.store)
    if span is None:
        return
    chosen: session.Span = st.session_state["dates"]
    presets = _presets(source, span)
    own = f"{chosen[0]} {chosen[1]}"
    st.container(key="preset").pills(
        "Presets",
        presets,
        default=next((name for name, days in presets.items() if days == chosen), None),
        key=f"preset {own}",
        label_visibility="collapsed",
        on_change=_choose_preset,
        args=(presets, chosen, f"preset {own}"),
    )
    typed: dict[str, Any] = {"min_value": span[0], "max_value": span[1], "format": "YYYY-MM-DD"}
    typed |= {"on_change": _type_dates, "args": (chosen, f"start {own}", f"end {own}")}
    first, last = st.columns(2)
    first.date_input("From", chosen[0], key=f"start {own}", **typed)
    last.date_input("To, included", chosen[1], key=f"end {own}", **typed)


def _type_dates(shown: session.Span, start: str, end: str) -> None:
    if shown == st.session_state["dates"]:
        session.choose_dates((st.session_state[start], st.session_state[end]))


@panel
def _ask_intervals(source: Source, view: View) -> None:
    st.segmented_control(
        "A date that is a range counts if it",
        [session.OVERLAPS, session.WITHIN],
        key="within",
        required=True,
    )
    st.checkbox(text.counted("also undated incidents", count_undated(source.store, view.question)), key="undated")


def _presets(source: Source, span: session.Span) -> dict[str, session.Span]:
    busiest = find_busiest(source.store, days=2)
    years = {
        str(year): (max(date(year, 1, 1), span[0]), min(date(year, 12, 31), span[1]))
        for year in find_years(source.store)[-MOST_YEARS:]
    }
    latest = {"last 30 days": (max(span[1] - timedelta(days=30), span[0]), span[1])}
    return {"All": span} | years | latest | ({text.days(*busiest): busiest} if busiest else {})


def _choose_preset(presets: Mapping[str, session.Span], shown: session.Span, key: str) -> None:
    chosen = st.session_state[key]
    if chosen and shown == st.session_state["dates"]:
        session.choose_dates(presets[chosen])


@panel
def _ask_factions(source: Source, view: View) -> None:
    by_side = count_facet(source.store, view.question, "side")
    factions = list_factions(source.store, count_facet(source.store, view.question, "actor"))
    _indent(factions)
    for side in Side:
        if side not in source.store.codes["side"]:
            continue
        st.checkbox(text.counted(text.SIDES[side], by_side.get(side, 0)), key=f"side {side}")
        shown = [f for f in factions if f.side == side and (f.count or st.session_state.get(f"faction {f.faction}"))]
        for faction in shown[:MOST_FACTIONS]:
            label = text.counted(faction.name, faction.count)
            st.checkbox(label, key=f"faction {faction.faction}")
        if len(shown) > MOST_FACTIONS:
            st.caption(
                f"and {text.plural(len(shown) - MOST_FACTIONS, 'faction')} with fewer rows: search for their names"
            )
    st.checkbox("with the groups under a chosen one", key="members")
    st.checkbox("also where it is only presumed", key="presumed")


def _indent(factions: Sequence[Faction]) -> None:
    """Set members under their umbrella; a container around each would double what the page is made of."""
    depths = {_NOT_IN_CLASS.sub("-", f"faction {f.faction}"): f.depth for f in factions if f.depth}
    st.html(f"<style>{''.join(f'.st-key-{name} {{--depth: {depth}}}' for name, depth in depths.items())}</style>")


def _ask_pills(field: str, options: Mapping[str, Sequence[str]], name: Callable[[str], str]) -> None:
    st.pills(
        field,
        options[field],
        selection_mode="multi",
        key=field,
        format_func=name,
        label_visibility="collapsed",
    )


def _ask_event_types(options: Sequence[str]) -> None:
    st.multiselect(
        "Event type",
        options,
        key="event_types",
        format_func=text.words,
        placeholder="any event type",
        label_visibility="collapsed",
    )
