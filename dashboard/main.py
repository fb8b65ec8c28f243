"""The page: what is on it, from top to bottom."""

import streamlit as st

from dashboard import session, sidebar
from dashboard.sources import ROOT
from dashboard.turns import turn
from dashboard.views import coverage, detail, faults, figures, map_panel, review, table, timeline

map_panel.let_map_go_first()
st.set_page_config(
    "Incident map", ROOT / "dashboard" / "web" / "static" / "icon.svg", layout="wide", initial_sidebar_state=300
)
st.html(ROOT / "dashboard" / "page.css")

with turn(), faults.told_plainly():
    source = session.chosen_table()
    session.begin(source)
    with session.one_view(source):
        top = st.container()
        left, right = st.columns([2.7, 1], gap="medium")
        # What is drawn first reaches the reader first, wherever on the page it stands: the map before all.
        with left:
            map_panel.show_map(source)
            timeline.show_timeline(source)
        with top:
            figures.show_figures(source)
        with right:
            detail.show_detail(source)
        coverage.show_foot(source)
        review.show_review(source)
        sidebar.show_filters(source)
        table.show_table(source)
