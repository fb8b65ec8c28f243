"""The table: exactly the rows that the filter keeps, a page at a time."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import text
from dashboard.session import select
from dashboard.sources import Source
from dashboard.state import ORDERS, View, narrowed
from dashboard.views.panel import fragment
from geodata.incidents.dates import describe_interval
from geodata.store.counts import count_rows
from geodata.store.filters import IncidentFilter
from geodata.store.queries import PAGE, find_page

ROW_HEIGHT = 30


@fragment("table")
def show_table(source: Source, view: View) -> None:
    """Show a page of the matching rows; selecting one shows it on the map and in the panel."""
    total = count_rows(source.store, view.question)
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
    rows = find_page(source.store, view.question, view.order, page)
    ids = rows["incident_id"].tolist()
    st.session_state["rows shown"] = ids
    st.dataframe(
        _told(rows),
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


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    intervals = zip(rows["date_earliest"], rows["date_latest"], rows["date_precision"], strict=True)
    return pd.DataFrame(
        {
            "Date": [describe_interval(*interval) for interval in intervals],
            "Place": rows["place_name"].where(rows["place_name"] != "", rows["place"]),
            "Event": [text.words(t or c) for t, c in zip(rows["event_type"], rows["category"], strict=True)],
            "Actor": rows["actor_name"].replace("", text.UNKNOWN),
            "Who says so": rows["attribution"].map(text.ATTRIBUTIONS)
            + (rows["denied_by"] != "").map({True: " · denied", False: ""}),
            "Killed": _people(rows, "killed"),
            "Injured": _people(rows, "injured"),
            "Place known to": rows["known_to"].replace("", "not on the map"),
            "Summary": rows["summary"],
            "Id": rows["incident_id"],
        }
    )


def _people(rows: pd.DataFrame, what: str) -> list[str]:
    numbers = rows[[f"{what}_low", f"{what}_best", f"{what}_high"]].astype("Int64")
    return [text.people(*(None if pd.isna(n) else int(n) for n in row)) for row in numbers.itertuples(index=False)]


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
