"""The review of place names: accept a candidate or any other place, point at the map, or leave the name unplaced."""

from functools import partial

import streamlit as st
from streamlit_folium import st_folium

from dashboard import session, text
from dashboard.maps.review import Point, review_map, show_candidates
from dashboard.sources import Source
from dashboard.views.review_names import ask_name
from geodata.incidents.schema import Precision
from geodata.review.decisions import Decisions, Verdict
from geodata.store.doubtful import DoubtfulName, count_doubtful_places, find_doubtful_places

HEIGHT = 380
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
    st.html(text.doubt(name))
    places = source.gazetteer.places
    for number, suggestion in enumerate(name.suggestions, start=1):
        st.button(
            text.candidate(number, suggestion, source.gazetteer.get(suggestion.id)),
            key=f"accept {number}",
            width="stretch",
            on_click=session.decide,
            args=(source, decisions.deciding(name.decide(Verdict.ACCEPT, target=suggestion.id))),
        )
    other = st.selectbox(
        "Another place",
        sorted(places, key=lambda place_id: places[place_id].name),
        index=None,
        format_func=lambda place_id: text.place_choice(places[place_id]),
        placeholder="It means another place…",
        key=f"another place {len(decisions)}",
        label_visibility="collapsed",
    )
    if other:
        _decide(source, decisions, f"It means {text.plain(places[other].name)}", name, Verdict.ACCEPT, target=other)
    if point:
        precision = st.selectbox("The clicked point is known to the", list(Precision)[:3], key="precision of the point")
        _decide(
            source,
            decisions,
            f"It is at {point[1]}, {point[0]}",
            name,
            Verdict.POINT,
            lon=point[0],
            lat=point[1],
            precision=precision,
        )
    else:
        st.caption("Or click where it is on the map.")
    _decide(source, decisions, "Leave it without a place", name, Verdict.LEAVE)


def _decide(
    source: Source, decisions: Decisions, label: str, name: DoubtfulName, verdict: Verdict, **more: object
) -> None:
    st.button(
        label,
        key=f"decide {verdict} {more.get('target', '')}",
        width="stretch",
        on_click=session.decide,
        args=(source, decisions.deciding(name.decide(verdict, **more))),
    )
