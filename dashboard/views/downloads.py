"""Taking the list away: the rows of the table, all of them, in its order."""

import re
from collections.abc import Callable, Iterable, Iterator

import pyarrow as pa
import streamlit as st

from dashboard.sources import Source
from dashboard.state import OPENING, View
from geodata.exports.csv import to_csv
from geodata.exports.geojson import to_geojson
from geodata.store.queries import stream_rows

FORMATS: dict[str, tuple[str, Callable[[Iterable[pa.RecordBatch]], Iterator[bytes]]]] = {
    "CSV": ("text/csv", to_csv),
    "GeoJSON": ("application/geo+json", to_geojson),
}
LONGEST_NAME = 120


def show_downloads(source: Source, view: View) -> None:
    """Show a button for each format; a file is made when it is clicked, not before."""
    buttons = st.container(horizontal=True, gap="small", width="content")
    for name, (mime, write) in FORMATS.items():
        buttons.download_button(
            name,
            data=lambda write=write: b"".join(write(stream_rows(source.store, view.question, view.order))),
            file_name=f"{file_stem(view)}.{name.lower()}",
            mime=mime,
            key=f"download {name}",
            icon=":material/download:",
            on_click="ignore",
            help=f"The rows of the table below as {name}, unplaced ones included.",
        )


def file_stem(view: View) -> str:
    """Return a file's name that tells the filter: its dates, factions and other facets, shortened."""
    question = view.question
    told = ["incidents", question.start and question.start.isoformat(), question.end and question.end.isoformat()]
    told += [*sorted(question.sides), *sorted(question.factions), *sorted(question.countries)]
    told += sorted(question.categories) if question.categories != OPENING.categories else []
    told += [*sorted(question.event_types), *sorted(question.attributions), *sorted(question.known_to), question.text]
    parts = [re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in told if part]
    return "_".join(part for part in parts if part)[:LONGEST_NAME]
