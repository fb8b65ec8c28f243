"""The review of incidents that may be told twice."""

import streamlit as st

from dashboard import review_text, session
from dashboard.sources import Source
from geodata.review.decisions import Decisions, Verdict
from geodata.store.duplicates import Pair, count_duplicates, find_duplicates
from geodata.store.queries import find_incident

VERDICTS = {Verdict.SAME: "May be the same", Verdict.DISTINCT: "Two incidents"}
MOST_SHOWN = 10


def show(source: Source, decisions: Decisions) -> None:
    """Show the likeliest pairs, each with its reasons; deciding removes nothing, it links or tells apart."""
    pairs = [p for p in find_duplicates(source.store) if p.decide(Verdict.SAME).key not in decisions.by_key]
    if not pairs:
        st.caption("No two incidents look like one.")
        return
    st.html(
        f'<div class="quiet">{review_text.pairs(count_duplicates(source.store), min(len(pairs), MOST_SHOWN))}</div>'
    )
    for pair in pairs[:MOST_SHOWN]:
        _show_pair(source, decisions, pair)


def _show_pair(source: Source, decisions: Decisions, pair: Pair) -> None:
    told, asked = st.columns([4, 1], vertical_alignment="center")
    rows = [find_incident(source.store, incident_id) for incident_id in (pair.first, pair.second)]
    told.html(review_text.pair(pair, [row for row in rows if row]))
    with asked:
        for verdict, label in VERDICTS.items():
            st.button(
                label,
                key=f"{verdict} {pair.first} {pair.second}",
                width="stretch",
                on_click=session.decide,
                args=(source, decisions.deciding(pair.decide(verdict))),
            )
