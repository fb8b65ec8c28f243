"""About the data: where the rows come from, what the documents total, and what the map can't tell."""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import text
from dashboard.sources import Source
from geodata.store.facts import find_span, list_documents

LIMITS = """
- **The rows are what the documents say**, no more: an attack that none of them mentions is not here.
- **A claim is not an attribution**, and neither is a fact. The sign of a row says which of them it rests on.
- **An area is not a pin.** “In eastern Syria” is drawn as eastern Syria, and no incident is moved to be seen better.
- **Unknown is not zero.** A row that gives no number of killed is silent, and the figures count it as silent.
- **Totals are not events.** What documents total is listed and never drawn or added up.
"""


def show_title(source: Source) -> None:
    """Show what the page is about in a line, with the way to the rest."""
    told = text.about(len(list_documents(source.store)), find_span(source.store))
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="about"):
        st.html(f'<span class="quiet">{told} ·</span>', width="content")
        if st.button("about the data", type="tertiary", key="about the data"):
            _tell(source)


@st.dialog("About the data", width="large")
def _tell(source: Source) -> None:
    st.markdown(LIMITS)
    if not source.documents.empty:
        st.html(f"<h3>Documents</h3><ul>{''.join(map(_document, source.documents.itertuples()))}</ul>")
    if not source.tallies.empty:
        st.html("<h3>Totals that the documents report</h3>")
        st.dataframe(_tallies(source.tallies.sort_values("line")), hide_index=True, key="tallies")
    st.caption(f"File: {source.name}, SHA-256 {source.store.meta['sha256']}")


def _document(row: Any) -> str:  # noqa: ANN401, a row of `itertuples` has no type of its own
    by = ", ".join(filter(None, (row.author, row.publisher)))
    told = escape(" · ".join(filter(None, (by, row.date_note, row.document))))
    return f'<li><b>{escape(row.title)}</b><div class="quiet">{told}</div></li>'


def _tallies(reported: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Reported": [text.tally(row) for row in reported.itertuples()],
            "Of what": reported["counted"],
            "Where, against whom": reported["scope"],
            "When": reported["period_note"],
            "Who says so": reported["said_by"],
            "Source": reported["sources"],
        }
    )
