"""The strip that adds up: every row that was read, and where it is."""

import json
from html import escape

import pandas as pd
import streamlit as st

from dashboard import text
from dashboard.session import tables_beside
from dashboard.sources import Source
from dashboard.state import View
from dashboard.views.downloads import show_downloads
from dashboard.views.panel import fragment
from geodata.store.counts import Summary, summarize
from geodata.store.queries import find_rows_located

MOST_LISTED = 500


@fragment("foot")
def show_foot(source: Source, view: View) -> None:
    """Show the sum of all rows, and the downloads of those that match; the sums of the tables beside, and the terms."""
    with st.container(horizontal=True, horizontal_alignment="distribute", key="foot"):
        _show_coverage(source, view, summarize(source.store, view.question))
        show_downloads(source, view)
    if source.store.meta["rows_read"] == "0":
        st.warning(text.no_rows(source.name), icon=":material/warning:")
    for letter, table in tables_beside(source):
        st.html(text.coverage(letter, table.name, table.store.meta, summarize(table.store, view.question)))
    if terms := text.terms(source.store.meta):
        st.html(f'<div class="quiet">{escape(terms)}</div>')
    if not source.token and source.store.meta.get("format_public") == "no":
        st.warning(text.NOT_PUBLIC, icon=":material/lock:")


def _show_coverage(source: Source, view: View, counted: Summary) -> None:
    """Show what was read as a sum, each part a click away from its rows and reasons."""
    read, rejected = int(source.store.meta["rows_read"]), int(source.store.meta["rows_rejected"])
    outside = read - rejected - counted.rows
    parts = (
        ("exact", counted.exact, "at a site or town"),
        ("approximate", counted.approximate, "approximate"),
        ("unplaced", counted.unplaced, "without a place"),
    )
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", width="content", key="coverage"):
        st.html(f"<b>{text.number(read)}</b> rows read =", width="content")
        for location, count, label in parts:
            if st.button(
                f"{text.number(count)} {label}", key=f"coverage {location}", type="tertiary", disabled=not count
            ):
                _list_located(source, view, location, count, label)
        st.html(f"+ {text.number(outside)} outside the filters", width="content")
        if st.button(
            f"{text.number(rejected)} rejected", key="coverage rejected", type="tertiary", disabled=not rejected
        ):
            _list_rejected(source, rejected)


@st.dialog("Where the rows are", width="large")
def _list_located(source: Source, view: View, location: str, count: int, label: str) -> None:
    rows = find_rows_located(source.store, view.question, location, limit=MOST_LISTED)
    st.caption(f"{text.listed(count, len(rows))} {label}. “As written” is the document's name for the place.")
    rows["uncertainty_m"] = [text.distance(metres) if metres > 0 else "" for metres in rows["uncertainty_m"]]
    names = {
        "incident_id": "Id",
        "line": "Line",
        "place": "As written",
        "place_name": "Place",
        "known_to": "Known to",
        "uncertainty_m": "Within",
        "reason": "Why",
        "candidates": "Candidates",
        "summary": "Summary",
    }
    told = rows.rename(columns=names)
    empty = [name for name in ("Why", "Candidates", "Known to", "Within") if (told[name] == "").all()]
    st.dataframe(told.drop(columns=empty), hide_index=True, key="rows located")


@st.dialog("Rejected rows", width="large")
def _list_rejected(source: Source, count: int) -> None:
    rows = source.store.ask(source.store.table("rejected").order_by("line").limit(MOST_LISTED)).to_pandas()
    told = f"{text.listed(count, len(rows))} can't be used as they are. Nothing in them was guessed or repaired."
    st.caption(told)
    cells = [" · ".join(f"{name}: {value}" for name, value in json.loads(c).items() if value) for c in rows["cells"]]
    table = {"Line": rows["line"], "Id": rows["incident_id"], "What to repair": rows["reason"], "The row": cells}
    st.dataframe(pd.DataFrame(table), hide_index=True, key="rows rejected")
