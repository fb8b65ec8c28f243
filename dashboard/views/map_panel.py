"""The map panel."""

import streamlit as st
from streamlit_folium import st_folium

from dashboard.maps.base import base_map, show_command
from dashboard.session import select
from dashboard.sources import Source
from dashboard.state import View, to_query
from dashboard.views.panel import panel
from dashboard.web.turn import wait_until_answered
from geodata.store.queries import find_incident

HEIGHT = 560


@panel("map")
def show_map(source: Source, view: View) -> None:
    """Show the map; its layers fetch what the filter keeps, and a click selects an incident."""
    selected = find_incident(source.store, view.incident) if view.incident else None
    command = show_command(
        to_query(view.question),
        version=source.store.meta["sha256"],
        dark=st.context.theme.type == "dark",
        incident=view.incident,
        place=(selected or {}).get("place_id") or "",
    )
    st_folium(
        base_map(),
        key="map",
        height=HEIGHT,
        use_container_width=True,
        feature_group_to_add=command,
        returned_objects=["last_active_drawing"],
        on_change=_select_clicked,
    )


def _select_clicked() -> None:
    clicked = (st.session_state["map"] or {}).get("last_active_drawing") or {}
    incident = clicked.get("properties", {}).get("incident")
    if incident:
        select(incident)


@panel("turn")
def give_turn(_source: Source, view: View) -> None:
    """Draw nothing until the map has fetched what a changed filter keeps."""
    query = to_query(view.question)
    if st.session_state.get("query of the map", query) != query:
        wait_until_answered(query)
    st.session_state["query of the map"] = query
