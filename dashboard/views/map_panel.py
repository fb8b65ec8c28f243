"""The map panel."""

import secrets

import streamlit as st
from streamlit_folium import st_folium

from dashboard.maps.base import Command, base_map, show_command
from dashboard.session import select, tables_beside
from dashboard.sources import Source
from dashboard.state import View, to_query
from dashboard.views.panel import fragment
from geodata.store.facts import find_span
from geodata.store.queries import find_incident

HEIGHT = 560


@fragment("map")
def show_map(source: Source, view: View) -> None:
    """Show the map; its layers fetch what the filter keeps, and a click selects an incident."""
    selected = find_incident(source.store, view.incident) if view.incident else None
    span = find_span(source.store)
    command = Command(
        filter=to_query(view.question, table=source.token),
        version=source.store.meta["sha256"],
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
        on_change=_select_clicked,
    )


def _select_clicked() -> None:
    clicked = (st.session_state["map"] or {}).get("last_active_drawing") or {}
    told = clicked.get("properties", {})
    if told.get("incident"):
        select(told["incident"], table=told.get("table"))
