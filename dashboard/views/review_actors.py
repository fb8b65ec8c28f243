"""The review of the names of actors that are not known."""

import streamlit as st

from dashboard import session, text
from dashboard.sources import Source
from dashboard.views.review_names import ask_name
from geodata.review.decisions import Decisions, Verdict
from geodata.store.doubtful import DoubtfulName, count_doubtful_actors, find_doubtful_actors


def show(source: Source, decisions: Decisions) -> None:
    """Show the names in doubt, and for one of them whom it may mean."""
    names = find_doubtful_actors(source.store, source.actors)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        name = ask_name(names, decisions, count_doubtful_actors(source.store), key="actor in doubt")
    if name is not None:
        with right:
            _ask(source, decisions, name)


def _ask(source: Source, decisions: Decisions, name: DoubtfulName) -> None:
    st.html(text.doubt(name))
    actors = source.actors.by_id
    for number, suggestion in enumerate(name.suggestions, start=1):
        st.button(
            text.actor_candidate(suggestion, actors.get(suggestion.id)),
            key=f"accept actor {number}",
            width="stretch",
            on_click=session.decide,
            args=(source, decisions.deciding(name.decide(Verdict.ACCEPT, target=suggestion.id))),
        )
    other = st.selectbox(
        "Another actor",
        sorted(actors, key=lambda actor_id: actors[actor_id].name),
        index=None,
        format_func=lambda actor_id: actors[actor_id].name,
        placeholder="It means another actor…",
        key=f"another actor {len(decisions)}",
        label_visibility="collapsed",
    )
    if other:
        st.button(
            f"It means {text.plain(actors[other].name)}",
            key="decide actor",
            width="stretch",
            on_click=session.decide,
            args=(source, decisions.deciding(name.decide(Verdict.ACCEPT, target=other))),
        )
    st.button(
        "Leave it unknown",
        key="leave actor",
        width="stretch",
        on_click=session.decide,
        args=(source, decisions.deciding(name.decide(Verdict.LEAVE))),
    )
