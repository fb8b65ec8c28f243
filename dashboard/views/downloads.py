"""Taking the list away: the rows of the table, all of them, in its order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st

from dashboard import text
from dashboard.file_names import file_stem
from dashboard.sources import Source
from dashboard.state import View, to_address, to_query
from dashboard.web.viewports import recall
from geodata.exports.bundle import to_bundle
from geodata.exports.formats import FORMATS
from geodata.exports.frame import bounds_of
from geodata.exports.held_back import count_restricted
from geodata.exports.listing import Listing
from geodata.store.counts import count_rows

FIRST = ("csv", "geojson")
GROUPS = {
    "To show": ("html", "pdf", "report", "png", "svg"),
    "To count with": ("xlsx", "csv-excel", "csv-hxl"),
    "For maps of your own": ("gpkg", "parquet", "kmz", "kml"),
}
STREAMED = ("csv", "csv-excel", "csv-hxl", "geojson")
MOST_AT_ONCE = 50_000  # rows of a file that may stand in the server's memory; a longer one streams from its route
CONFIRMED = "include held back"
BUNDLED = "with manifest"


@dataclass(frozen=True, kw_only=True)
class _Taking:
    """What the reader takes away; made when a button is clicked, long after the page was drawn."""

    source: Source
    view: View
    link: str
    reader: str
    confirmed: bool
    bundled: bool
    rows: int

    def name(self, form: str) -> str:
        return f"{file_stem(self.view)}{FORMATS[form].ending}"

    def content(self, form: str) -> bytes:
        return b"".join(self._parts(form))

    def _parts(self, form: str) -> Iterator[bytes]:
        listing = self._listing()
        return to_bundle(listing, form, self.name(form)) if self.bundled else FORMATS[form].write(listing)

    def _listing(self) -> Listing:
        shown = recall(self.reader)
        return Listing(
            store=self.source.store,
            gazetteer=self.source.gazetteer,
            question=self.view.question,
            order=self.view.order,
            made=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            link=self.link,
            bounds=bounds_of(shown) if shown else None,
            confirmed=self.confirmed,
        )


def show_downloads(source: Source, view: View) -> None:
    """Show a button for each format; a file is made when it is clicked, not before."""
    state, held = st.session_state, count_restricted(source.store, view.question)
    taking = _Taking(
        source=source,
        view=view,
        link=f"{st.context.url or ''}?{urlencode(to_address(view), doseq=True)}",
        reader=state.get("reader", ""),
        confirmed=bool(held) and state.get(CONFIRMED, False),
        bundled=state.get(BUNDLED, False),
        rows=count_rows(source.store, view.question),
    )
    buttons = st.container(horizontal=True, gap="small", width="content", vertical_alignment="center")
    with buttons:
        if held and not taking.confirmed:
            st.html(f'<span class="quiet">{text.held_back(held)}</span>', width="content")
        for name in FIRST:
            _show_button(taking, name)
    more = buttons.popover("More", icon=":material/more_horiz:", key="more downloads", on_change="rerun")
    with more:
        st.toggle(text.WITH_MANIFEST, key=BUNDLED, help=text.WHY_MANIFEST)
        if held:
            st.toggle(text.include_held_back(held), key=CONFIRMED, help=text.WHY_HELD_BACK)
        for title, names in GROUPS.items() if more.open else ():
            st.html(f'<span class="quiet">{title}</span>')
            with st.container(horizontal=True, gap="small"):
                for name in names:
                    _show_button(taking, name)


def _show_button(taking: _Taking, name: str) -> None:
    form = FORMATS[name]
    too_many = form.most is not None and taking.rows > form.most
    if name in STREAMED and taking.rows > MOST_AT_ONCE and not taking.bundled and not taking.confirmed:
        query = to_query(taking.view.question, table=taking.source.token)
        address = f"api/incidents{form.ending}?{query}&sort={taking.view.order}"
        st.link_button(form.title, address, icon=":material/download:", key=f"download {form.title}")
        return
    st.download_button(
        form.title,
        data=lambda: taking.content(name),
        file_name=taking.name(name) + (".zip" if taking.bundled else ""),
        mime="application/zip" if taking.bundled else form.media_type,
        key=f"download {form.title}",
        icon=":material/download:",
        on_click="ignore",
        disabled=too_many,
        help=text.too_many(form.most)
        if too_many
        else f"The rows of the table below, unplaced ones included: {form.use}.",
    )
