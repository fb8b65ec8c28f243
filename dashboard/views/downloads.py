"""Taking the list away: the rows of the table, all of them, in its order."""

import re

import streamlit as st

from dashboard.sources import Source
from dashboard.state import OPENING, View
from geodata.exports.formats import FORMATS, Format
from geodata.exports.listing import Listing

FIRST = ("csv", "geojson")
LONGEST_NAME = 120


def show_downloads(source: Source, view: View) -> None:
    """Show a button for each format; a file is made when it is clicked, not before."""
    buttons = st.container(horizontal=True, gap="small", width="content")
    for name in FIRST:
        with buttons:
            _show_button(source, view, name, FORMATS[name])
    with buttons.popover("More", icon=":material/more_horiz:", key="more downloads"):
        for name, form in FORMATS.items():
            if name not in FIRST:
                _show_button(source, view, name, form)


def _show_button(source: Source, view: View, name: str, form: Format) -> None:
    st.download_button(
        form.title,
        data=lambda: b"".join(form.write(_listing(source, view))),
        file_name=f"{file_stem(view)}{form.ending}",
        mime=form.media_type,
        key=f"download {name}",
        icon=":material/download:",
        on_click="ignore",
        help=f"The rows of the table below, unplaced ones included: {form.use}.",
    )


def _listing(source: Source, view: View) -> Listing:
    return Listing(store=source.store, gazetteer=source.gazetteer, question=view.question, order=view.order)


def file_stem(view: View) -> str:
    """Return a file's name that tells the filter: its dates, factions and other facets, shortened."""
    question = view.question
    told = ["incidents", question.start and question.start.isoformat(), question.end and question.end.isoformat()]
    told += [*sorted(question.sides), *sorted(question.factions), *sorted(question.countries)]
    told += sorted(question.categories) if question.categories != OPENING.categories else []
    told += [*sorted(question.event_types), *sorted(question.attributions), *sorted(question.known_to), question.text]
    parts = [re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in told if part]
    return "_".join(part for part in parts if part)[:LONGEST_NAME]
