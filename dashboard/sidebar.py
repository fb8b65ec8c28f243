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

MOST_FACTIONS = 24
MOST_OTHERS = 1000
MOST_YEARS = 5
_NOT_IN_CLASS = re.compile("[^a-zA-Z0-9_-]")  # as Streamlit makes classes of keys


def show_filters(source: Source) -> None:
    """Show every filter; what they ask for is known before they are drawn, from the session."""
    options = session.facet_options(source)
    with st.sidebar:
        st.html('<h1 class="title">Incident map</h1>')
        about.show_title(source)
        tables.show_tables(source)
        _ask_dates(source)
        _ask_intervals(source)
        _ask_factions(source)
        _ask_pills("Kind", "categories", options, text.CATEGORIES.__getitem__)
        _ask_event_types(options["event_types"])
        _ask_pills("Who says so", "attributions", options, text.ATTRIBUTIONS.__getitem__)
        st.checkbox("denied by somebody", key="denied")
        _ask_pills("Place known to", "known_to", options, str)
        _ask_pills("Country", "countries", options, lambda country: country or text.NO_COUNTRY)
        st.text_input("Search", key="text", max_chars=LONGEST_TEXT, placeholder="place, actor, words…")
        st.button(
            "Reset all filters",
            key="reset",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=session.reset,
            args=(source,),
        )


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
        "Dates",
        presets,
        default=next((name for name, days in presets.items() if days == chosen), None),
        key=f"preset {own}",
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
    st.html(f"<h2>Factions</h2><style>{_indents(factions)}</style>")  # a style alone gives way to the next dialog
    largest = set(sorted((f for f in factions if f.count), key=lambda f: -f.count)[:MOST_FACTIONS])
    listed = [f for f in factions if f in largest or _is_chosen(f)]
    for side in Side:
        if side not in source.store.codes["side"]:
            continue
        st.checkbox(text.counted(text.SIDES[side], by_side.get(side, 0)), key=f"side {side}")
        for faction in listed:
            if faction.side == side:
                st.checkbox(text.counted(faction.name, faction.count), key=f"faction {faction.faction}")
    shown = set(listed)
    if others := [f for f in factions if f.count and f not in shown]:
        _ask_another(others)
    st.checkbox("with the groups under a chosen one", key="members")
    st.checkbox("also where it is only presumed", key="presumed")


def _is_chosen(faction: Faction) -> bool:
    return bool(st.session_state.get(f"faction {faction.faction}"))


def _ask_another(factions: Sequence[Faction]) -> None:
    """Let the reader choose among those that are too many to stand in a list; the chosen one then stands there."""
    offered = sorted(factions, key=lambda f: -f.count)[:MOST_OTHERS]
    names = {f.faction: f.name for f in sorted(offered, key=lambda f: f.name)}
    st.selectbox(
        "Another faction",
        list(names),
        index=None,
        key="another faction",
        format_func=names.__getitem__,
        placeholder=f"{text.plural(len(factions), 'more faction')}…",
        label_visibility="collapsed",
        on_change=_choose_another,
    )
    if len(factions) > MOST_OTHERS:
        st.caption(f"The {text.number(MOST_OTHERS)} with the most rows are listed: search for the others' names.")


def _choose_another() -> None:
    st.session_state[f"faction {st.session_state['another faction']}"] = True
    st.session_state["another faction"] = None


def _indents(factions: Sequence[Faction]) -> str:
    """Return what sets members under their umbrella; a container around each would double what the page is made of."""
    depths = {_NOT_IN_CLASS.sub("-", f"faction {f.faction}"): f.depth for f in factions if f.depth}
    return "".join(f".st-key-{name} {{--depth: {depth}}}" for name, depth in sorted(depths.items()))


def _ask_pills(label: str, field: str, options: Mapping[str, Sequence[str]], name: Callable[[str], str]) -> None:
    st.pills(label, options[field], selection_mode="multi", key=field, format_func=name)


def _ask_event_types(options: Sequence[str]) -> None:
    st.multiselect(
        "Event type",
        options,
        key="event_types",
        format_func=text.words,
        placeholder="any event type",
        label_visibility="collapsed",
    )
