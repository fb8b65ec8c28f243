"""Opening a table of the reader's own: known for what it is, or by columns that the reader confirms."""

from typing import get_args

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import text
from dashboard.views.faults import told_plainly
from dashboard.views.reading import give_up, read, reading_of, show_reading
from geodata.errors import Problem
from geodata.formats.mapping import FIELDS, ColumnMapping, DateOrder
from geodata.formats.opening import OpenTable, open_table
from geodata.incidents.schema import Category

EXAMPLES = 3


@st.dialog("Open a table", width="large", on_dismiss=give_up)
def open_dialog() -> None:
    """Ask for a file, say what it is, and open it for this reader alone."""
    st.caption(text.OPENING)
    upload = st.file_uploader("A table of incidents", key="upload", label_visibility="collapsed")
    if upload is None:
        return
    with told_plainly(text.NOT_OPENED):
        _show_file(upload)


def _show_file(upload: UploadedFile) -> None:
    table = open_table(upload, name=upload.name) if (under_way := reading_of(upload)) is None else under_way.table
    st.html(text.opened_as(table))
    if under_way is None:
        _show_problems(table.problems)
        if table.mapping is not None:
            mapping = _ask_mapping(table, _given_mapping() or table.mapping)
            table = open_table(upload, name=upload.name, mapping=mapping)
            if not st.button("Open with these columns", type="primary", key="open mapped"):
                return
        read(table, file_id=upload.file_id)
    show_reading()


def _show_problems(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        st.caption(text.plain(str(problem)))


def _given_mapping() -> ColumnMapping | None:
    """Return the mapping of an earlier time, if the reader hands one in."""
    with st.expander("Use columns that you kept from an earlier time", key="kept columns"):
        kept = st.file_uploader("A mapping", type="json", key="mapping", label_visibility="collapsed")
    return ColumnMapping.from_bytes(kept.getvalue(), kept.name) if kept else None


def _ask_mapping(table: OpenTable, guessed: ColumnMapping) -> ColumnMapping:
    """Return the mapping as the reader leaves it: for each column what it means, or that it is not read."""
    st.markdown("**What do the columns mean?** Guessed from their names and cells; correct what is wrong.")
    guess = f"{table.name} {hash(guessed.to_text())}"  # of another guess, the fields are others
    meant = {column: meaning for meaning, column in guessed.columns.items()}
    cells = pd.DataFrame(list(table.preview.rows), columns=range(len(table.preview.header)))
    columns: dict[str, str] = {}
    for number, name in enumerate(table.preview.header):
        told, asked = st.columns([3, 2], vertical_alignment="center")
        told.html(text.column(name, [cell for cell in cells[number].tolist() if cell][:EXAMPLES]))
        meaning = _ask_meaning(asked, f"{guess} {number}", meant.get(name, ""))
        if meaning:
            columns.setdefault(meaning, name)
    order, category = st.columns(2)
    mapping = ColumnMapping(
        columns=columns,
        date_order=order.selectbox(
            "A date like 03/04/2024",
            get_args(DateOrder),
            index=get_args(DateOrder).index(guessed.date_order),
            format_func=lambda words: words or "is not guessed",
            key=f"{guess} date order",
        ),
        category=category.selectbox(
            "Rows that don't say their kind are",
            list(Category),
            index=list(Category).index(guessed.category),
            format_func=text.CATEGORIES.__getitem__,
            key=f"{guess} category",
        ),
    )
    st.download_button(
        "Keep these columns for the next time",
        mapping.to_text(),
        file_name=f"{table.name}.mapping.json",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
        key="keep columns",
    )
    return mapping


def _ask_meaning(where: st.delta_generator.DeltaGenerator, key: str, guessed: str) -> str:
    options = {"": "not read"} | {
        name: f"{text.COLUMNS.get(name, text.words(name))}: {m}" for name, m in FIELDS.items()
    }
    return where.selectbox(
        "Meaning",
        list(options),
        index=list(options).index(guessed),
        format_func=options.__getitem__,
        key=key,
        label_visibility="collapsed",
    )
