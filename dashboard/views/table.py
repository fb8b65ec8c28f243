"""The table: exactly the rows that the filter keeps, a page at a time."""

from dataclasses import replace

import pyarrow as pa
import streamlit as st

from dashboard import text
from dashboard.session import select
from dashboard.sources import Source
from dashboard.state import ORDERS, View, narrowed
from dashboard.views.panel import fragment
from geodata.incidents.dates import describe_interval
from geodata.store.counts import count_rows, summarize
from geodata.store.engine import Store
from geodata.store.filters import IncidentFilter
from geodata.store.queries import PAGE, find_page, tell_page
from geodata.store.remembered import lately

ROW_HEIGHT = 30


@fragment("table")
def show_table(source: Source, view: View) -> None:
    """Show a page of the matching rows; selecting one shows it on the map and in the panel."""
    total = summarize(source.store, view.question).rows
    if not total:
        if source.store.meta["rows_read"] != "0":
            st.info(text.nothing_found(_loosened(source, view.question)), icon=":material/filter_alt_off:")
        return
    left, right = st.columns([3, 1], vertical_alignment="center")
    pages = -(-total // PAGE)
    with left.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f"<b>{text.plural(total, 'row')}</b> match", width="content")
        page = st.pagination(pages, key=f"page {hash((view.question, view.order))}") if pages > 1 else 1
    right.selectbox(
        "Order",
        ORDERS,
        key="order",
        format_func=text.ORDERS.__getitem__,
        label_visibility="collapsed",
        on_change=st.rerun,
        args=(["table", "foot"],),
    )
    rows = _tell(source.store, find_page(source.store, view.question, view.order, page))
    ids = rows["Id"].to_pylist()
    st.session_state["rows shown"] = ids
    st.dataframe(
        rows,
        key=f"table {hash(tuple(ids))}",  # the same rows are the same table, which is not sent again
        on_select=_select_row,
        selection_mode="single-row",
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=min(len(rows) + 1, 12) * ROW_HEIGHT + 4,
        column_config={
            "Actor": st.column_config.TextColumn(width=175),
            "Summary": st.column_config.TextColumn(width="large"),
        },
        alt="Incidents that match the filters",  # not how many: what is as it was is not sent again
    )


@lately
def _tell(store: Store, numbers: tuple[int, ...]) -> pa.Table:
    """Return rows in words; a slider that moves leaves many a page as it was."""
    rows = tell_page(store, numbers).to_pylist()
    columns: dict[str, list[str]] = {
        "Date": [describe_interval(r["date_earliest"], r["date_latest"], r["date_precision"]) for r in rows],
        "Place": [r["place_name"] or r["place"] for r in rows],
        "Event": [text.words(r["event_type"] or r["category"]) for r in rows],
        "Actor": [r["actor_name"] or text.UNKNOWN for r in rows],
        "Who says so": [text.ATTRIBUTIONS[r["attribution"]] + (" · denied" if r["denied_by"] else "") for r in rows],
        "Killed": [text.people(r["killed_low"], r["killed_best"], r["killed_high"]) for r in rows],
        "Injured": [text.people(r["injured_low"], r["injured_best"], r["injured_high"]) for r in rows],
        "Place known to": [r["known_to"] or "not on the map" for r in rows],
        "Summary": [r["summary"] for r in rows],
        "Id": [r["incident_id"] for r in rows],
    }
    return pa.table(columns)


def _select_row() -> None:
    key = next(k for k in st.session_state if str(k).startswith("table "))
    chosen = st.session_state[key]["selection"]["rows"]
    if chosen:
        select(st.session_state["rows shown"][chosen[0]])


def _loosened(source: Source, question: IncidentFilter) -> list[tuple[str, int]]:
    everything = IncidentFilter()
    counts = [
        (field, count_rows(source.store, replace(question, **{field: getattr(everything, field)})))
        for field in narrowed(question)
    ]
    return sorted(counts, key=lambda pair: -pair[1])[:3]
