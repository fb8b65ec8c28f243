"""The review of the names of actors that are not known."""

import streamlit as st

from dashboard import review_text, text
from dashboard.sources import Source
from dashboard.views.review_names import ask_name, choose_other, offer
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
    st.html(review_text.doubt(name))
    actors = source.actors.by_id
    for suggestion in name.suggestions:
        label = review_text.actor_candidate(suggestion, actors.get(suggestion.id))
        offer(source, decisions, name, label, Verdict.ACCEPT, target=suggestion.id)
    choices = {actor_id: actor.name for actor_id, actor in actors.items()}
    if other := choose_other(choices, "It means another actor…", key=f"another actor {len(decisions)}"):
        offer(source, decisions, name, f"It means {text.plain(choices[other])}", Verdict.ACCEPT, target=other)
    offer(source, decisions, name, "Leave it unknown", Verdict.LEAVE)
