"""The page: what is on it, from top to bottom."""

import streamlit as st

from dashboard import sidebar
from dashboard.sources import ROOT, open_source
from dashboard.views import coverage, detail, downloads, faults, figures, map_panel, table, timeline
from geodata.store.counts import summarize

st.set_page_config(
    "Incident map", ROOT / "dashboard" / "web" / "static" / "icon.svg", layout="wide", initial_sidebar_state=300
)
st.html(ROOT / "dashboard" / "page.css")

with faults.told_plainly():
    source = open_source()
    view = sidebar.ask_view(source)
    counted = summarize(source.store, view.question)
    figures.show_figures(counted)
    left, right = st.columns([2.7, 1], gap="medium")
    with left:
        map_panel.show_map(source, view)
        timeline.show_timeline(source, view)
    with right:
        detail.show_detail(source, view)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="foot"):
        coverage.show_coverage(source, view, counted)
        downloads.show_downloads(source, view)
    table.show_table(source, view, counted)
