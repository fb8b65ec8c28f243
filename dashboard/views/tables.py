"""The open tables: the server's and the reader's own, of which one is shown."""

import streamlit as st

from dashboard import session, text
from dashboard.sources import Source
from dashboard.views.opening import open_dialog


def show_tables(source: Source) -> None:
    """Show the tables to choose from, where there are several, and the way to open one more."""
    tables = session.open_tables()
    if len(tables) > 1:
        st.html("<h2>Tables</h2>")
        for table in tables:
            _show_table(table, shown=table is source)
    if st.button("Open your own table", key="open a table", type="tertiary", icon=":material/upload_file:"):
        open_dialog()


def _show_table(table: Source, *, shown: bool) -> None:
    row = st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key=f"table {table.token}")
    rows = text.number(int(table.store.meta["rows_read"]))
    row.button(
        f"{text.plain(table.name)} :gray[{rows}]",
        key=f"show table {table.token}",
        type="tertiary",
        icon=f":material/radio_button_{'checked' if shown else 'unchecked'}:",
        on_click=session.show_table,
        args=(table.token,),
    )
    if table.token:
        row.button(
            ":gray[close]",
            key=f"close table {table.token}",
            type="tertiary",
            on_click=session.close_table,
            args=(table.token,),
        )
