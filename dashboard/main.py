"""The page: what is on it, from top to bottom."""

import streamlit as st

from dashboard import session, sidebar
from dashboard.sources import ROOT, open_source
from dashboard.views import coverage, detail, downloads, faults, figures, map_panel, table, timeline
from geodata.store.counts import summarize

st.set_page_config(
    "Incident map", ROOT / "dashboard" / "web" / "static" / "icon.svg", layout="wide", initial_sidebar_state=300
)
st.html(ROOT / "dashboard" / "page.css")

with faults.told_plainly():
    source = open_source()
    view = session.begin(source)
    top = st.container()
    left, right = st.columns([2.7, 1], gap="medium")
    # What is drawn first reaches the reader first, wherever on the page it stands: the map before all.
    with left:
        map_panel.show_map(source, view)
        timeline.show_timeline(source, view)
    counted = summarize(source.store, view.question)
    with top:
        figures.show_figures(counted)
    with right:
        detail.show_detail(source, view)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="foot"):
        coverage.show_coverage(source, view, counted)
        downloads.show_downloads(source, view)
    sidebar.show_filters(source, view)
    table.show_table(source, view, counted)
