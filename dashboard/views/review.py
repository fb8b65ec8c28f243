"""The review: names in doubt and incidents that may be told twice, for the reader to decide about."""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import review_text, session, text
from dashboard.sources import Source
from dashboard.views import review_actors, review_duplicates, review_places
from dashboard.views.faults import told_plainly
from dashboard.views.reading import give_up, read, show_reading
from geodata.review.decisions import Decision, Decisions
from geodata.review.file import read_decisions, write_decisions

PARTS: dict[str, Callable[[Source, Decisions], None]] = {
    "Places": review_places.show,
    "Actors": review_actors.show,
    "Duplicates": review_duplicates.show,
}
DECIDED = "Decided"


def show_review(source: Source) -> None:
    """Show the way into the review, and the review once the reader has gone in."""
    if source.table is None:
        return
    st.toggle("Review names and duplicates", key="reviewing", help=review_text.WHY_REVIEW)
    if st.session_state["reviewing"]:
        _review(source)


@st.fragment(key="review")
def _review(source: Source) -> None:
    decisions = session.decisions_of(source)
    with st.container(border=True, key="review"), told_plainly():
        parts = [*PARTS, DECIDED]
        part = st.segmented_control(
            "What to review", parts, default=parts[0], required=True, key="part", label_visibility="collapsed"
        )
        if part == DECIDED:
            _show_decided(source, decisions)
        else:
            PARTS[part](source, decisions)
        _show_foot(source, decisions)


def _show_foot(source: Source, decisions: Decisions) -> None:
    """Show how to take the decisions over into the map, and how to keep them."""
    waiting = len(set(decisions) ^ set(source.decisions))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button("Apply", type="primary", key="apply", disabled=not waiting):
            read(source.table, instead_of=source)
            _apply()
        st.download_button(
            "Keep the decisions",
            data=lambda: write_decisions(decisions),
            file_name="decisions.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="keep decisions",
            disabled=not decisions,
        )
        with st.popover("Hand in earlier decisions", icon=":material/upload_file:", key="hand in"):
            _ask_file(source, decisions)
        st.html(f'<span class="quiet">{review_text.waiting(len(decisions), waiting)}</span>')


@st.dialog("Apply the decisions", on_dismiss=give_up)
def _apply() -> None:
    """Show how far the table has been read again."""
    show_reading(text.NOT_APPLIED)


def _ask_file(source: Source, decisions: Decisions) -> None:
    st.caption("A file of decisions that you have kept. They go before those made here about the same.")
    file = st.file_uploader("Decisions", type="csv", key="decisions", label_visibility="collapsed")
    if file is None:
        return
    read, problems = read_decisions(file, name=file.name)
    for problem in problems:
        st.caption(text.plain(str(problem)))
    if st.button(f"Take over {text.plural(len(read), 'decision')}", key="take over", disabled=not read):
        session.decide(source, decisions.deciding(*read))
        st.rerun(scope="fragment")


def _show_decided(source: Source, decisions: Decisions) -> None:
    if not decisions:
        st.caption("Nothing is decided yet.")
    for number, decision in enumerate(decisions):
        told, back = st.columns([5, 1], vertical_alignment="center")
        told.html(review_text.decision(decision, _target_names(source, decision)))
        back.button(
            "take back",
            type="tertiary",
            key=f"take back {number}",
            on_click=session.decide,
            args=(source, decisions.without(decision)),
        )


def _target_names(source: Source, decision: Decision) -> Sequence[str]:
    found = source.gazetteer.get(decision.target) or source.actors.by_id.get(decision.target)
    return [found.name] if found else []
