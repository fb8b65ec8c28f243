"""The map panel."""

import secrets
import time

import streamlit as st
from streamlit_folium import st_folium

from dashboard.maps.base import Command, base_map, show_command
from dashboard.session import select, tables_beside
from dashboard.sources import Source
from dashboard.state import View, to_query
from dashboard.views.panel import fragment
from dashboard.web.viewports import recall, wait_until_told
from geodata.store.facts import find_span
from geodata.store.queries import find_incident

HEIGHT = 560
PATIENCE_S = 0.04
PAUSE_S = 0.035  # for the browser to draw the answer before it is given the rest of the page


def let_map_go_first() -> None:
    """After a move of the slider, return when the map has had the answer for which it has asked by itself.

    Python runs one thing at a time, and the rest of the page would be in the way.
    """
    state = st.session_state
    days, reader = state.get("dates"), state.get("reader", "")
    if days != state.get("days before", days):
        wait_until_told(reader, state["seen before"], seconds=PATIENCE_S)
        time.sleep(PAUSE_S)
    state["days before"], state["seen before"] = days, recall(reader)


@fragment("map")
def show_map(source: Source, view: View) -> None:
    """Show the map; its layers fetch what the filter keeps, and a click selects an incident."""
    selected = find_incident(source.store, view.incident) if view.incident else None
    span = find_span(source.store)
    command = Command(
        filter=to_query(view.question, table=source.token),
        version=source.store.version,
        theme="dark" if st.context.theme.type == "dark" else "light",
        incident=view.incident,
        place=(selected or {}).get("place_id") or "",
        reader=st.session_state.setdefault("reader", secrets.token_urlsafe(16)),
        span=(span[0].isoformat(), span[1].isoformat()) if span else ("", ""),
        beside=tuple((table.token, table.name, letter) for letter, table in tables_beside(source)),
    )
    st_folium(
        base_map(),
        key="map",
        height=HEIGHT,
        use_container_width=True,
        feature_group_to_add=show_command(command),
        returned_objects=["last_active_drawing"],
        render=False,  # st_folium still does so once, and not twice
        on_change=_select_clicked,
    )


def _select_clicked() -> None:
    clicked = (st.session_state["map"] or {}).get("last_active_drawing") or {}
    told = clicked.get("properties", {})
    if told.get("incident"):
        select(told["incident"], table=told.get("table"))
