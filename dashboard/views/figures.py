"""The line of figures above the map."""

from html import escape

import streamlit as st

from dashboard import text
from dashboard.sources import Source
from dashboard.state import View
from dashboard.views.panel import fragment
from geodata.store.counts import summarize


@fragment("figures")
def show_figures(source: Source, view: View) -> None:
    """Show what matches in numbers, each with how it is counted."""
    told = text.figures(summarize(source.store, view.question))
    st.html(
        '<div class="figures">'
        + "".join(
            f'<div title="{escape(how)}"><b>{escape(number)}</b><span>{escape(label)}</span></div>'
            for number, label, how in told
        )
        + "</div>"
    )
