"""The review of place names: accept a candidate or any other place, point at the map, or leave the name unplaced."""

from functools import partial

import streamlit as st
from streamlit_folium import st_folium

from dashboard import review_text, text
from dashboard.maps.review import Point, review_map, show_candidates
from dashboard.sources import Source
from dashboard.views.review_names import ask_name, choose_other, offer
from geodata.incidents.schema import Precision
from geodata.review.decisions import Decisions, Verdict
from geodata.store.doubtful import DoubtfulName, count_doubtful_places, find_doubtful_places

HEIGHT = 380
POINTED_AT = (Precision.SITE, Precision.TOWN, Precision.DISTRICT)
DIGITS = 4  # of a degree: ten metres


def show(source: Source, decisions: Decisions) -> None:
    """Show the names in doubt, and for one of them what it may mean."""
    names = find_doubtful_places(source.store, source.gazetteer)
    left, middle, right = st.columns([1.1, 1.2, 1.3], gap="medium")
    with left:
        name = ask_name(names, decisions, count_doubtful_places(source.store), key="place in doubt")
    if name is None:
        return
    with right:
        point = _show_map(source, name)
    with middle:
        _ask(source, decisions, name, point)


def _show_map(source: Source, name: DoubtfulName) -> Point | None:
    """Show the candidates; return where the reader has clicked while looking at this name."""
    candidates = [place for suggestion in name.suggestions if (place := source.gazetteer.get(suggestion.id))]
    looked_at, point = st.session_state.get("point", (None, None))
    point = point if looked_at == name else None
    st_folium(
        review_map(),
        key="review map",
        height=HEIGHT,
        use_container_width=True,
        feature_group_to_add=show_candidates(
            candidates, point, theme="dark" if st.context.theme.type == "dark" else "light"
        ),
        returned_objects=["last_clicked"],
        on_change=partial(_point_at, name),
    )
    return point


def _point_at(name: DoubtfulName) -> None:
    clicked = (st.session_state["review map"] or {}).get("last_clicked")
    if clicked:
        st.session_state["point"] = name, (round(clicked["lng"], DIGITS), round(clicked["lat"], DIGITS))


def _ask(source: Source, decisions: Decisions, name: DoubtfulName, point: Point | None) -> None:
    st.html(review_text.doubt(name))
    for number, suggestion in enumerate(name.suggestions, start=1):
        label = review_text.candidate(number, suggestion, source.gazetteer.get(suggestion.id))
        offer(source, decisions, name, label, Verdict.ACCEPT, target=suggestion.id)
    choices = {place.place_id: review_text.place_choice(place) for place in source.gazetteer.places.values()}
    if other := choose_other(choices, "It means another place…", key=f"another place {len(decisions)}"):
        offer(source, decisions, name, f"It means {text.plain(choices[other])}", Verdict.ACCEPT, target=other)
    if point:
        lon, lat = point
        precision = st.selectbox("The clicked point is known to the", POINTED_AT, key="precision of the point")
        label = f"It is at {lat}, {lon}"
        offer(source, decisions, name, label, Verdict.POINT, lon=lon, lat=lat, precision=precision)
    else:
        st.caption("Or click where it is on the map.")
    offer(source, decisions, name, "Leave it without a place", Verdict.LEAVE)
