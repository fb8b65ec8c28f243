"""The map panel."""

import base64
import json
import secrets
import time

import streamlit as st
from streamlit_folium import st_folium

from dashboard.maps.base import Command, base_map, show_command
from dashboard.session import select
from dashboard.sources import Source
from dashboard.state import View, to_query
from dashboard.views.panel import fragment
from dashboard.web import map_data
from dashboard.web.viewports import recall
from geodata.store.queries import find_incident

HEIGHT = 560
PAUSE_S = 0.03  # for the browser to draw the map before it is given the rest of the page


@fragment("map")
def show_map(source: Source, view: View) -> None:
    """Show the map; its layers fetch what the filter keeps, and a click selects an incident."""
    selected = find_incident(source.store, view.incident) if view.incident else None
    query, reader = to_query(view.question), st.session_state.setdefault("reader", secrets.token_urlsafe(16))
    changed = st.session_state.get("query of the map") not in {None, query}
    command = Command(
        query=query,
        version=source.store.meta["sha256"],
        dark=st.context.theme.type == "dark",
        incident=view.incident,
        place=(selected or {}).get("place_id") or "",
        reader=reader,
        answer=_answer(source, view, reader) if changed else "",
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
    st.session_state["query of the map"] = query
    if changed:
        time.sleep(PAUSE_S)


def _answer(source: Source, view: View, reader: str) -> str:
    """Return what the map would fetch for the viewport that it showed last, in base64, which no template reads."""
    known = recall(reader)
    if known is None:
        return ""
    box, viewport = known
    told = json.dumps({"box": box, "answer": map_data.cells(source, view.question, viewport)})
    return base64.b64encode(told.encode()).decode()


def _select_clicked() -> None:
    clicked = (st.session_state["map"] or {}).get("last_active_drawing") or {}
    incident = clicked.get("properties", {}).get("incident")
    if incident:
        select(incident)
