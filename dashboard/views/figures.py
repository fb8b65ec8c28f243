"""The line of figures above the map."""

from html import escape

import streamlit as st

from dashboard import text
from geodata.store.counts import Summary


def show_figures(counted: Summary) -> None:
    """Show what matches in numbers, each with how it is counted."""
    told = text.figures(counted)
    st.html(
        '<div class="figures">'
        + "".join(
            f'<div title="{escape(how)}"><b>{escape(number)}</b><span>{escape(label)}</span></div>'
            for number, label, how in told
        )
        + "</div>"
    )
