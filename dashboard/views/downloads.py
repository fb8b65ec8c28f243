"""Taking the list away: the rows of the table, all of them, in its order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from dashboard import download_text
from dashboard.file_names import file_stem
from dashboard.sources import Source
from dashboard.state import View, to_address, to_query
from dashboard.web.viewports import recall
from geodata.exports.bundle import to_bundle
from geodata.exports.coarse import read_coarsening
from geodata.exports.formats import FORMATS
from geodata.exports.frame import bounds_of
from geodata.exports.held_back import count_restricted
from geodata.exports.listing import Listing
from geodata.store.counts import summarize

FIRST = ("csv", "geojson")
GROUPS = {
    "To show": ("html", "report", "pdf", "png", "svg"),
    "To count with": ("xlsx", "csv", "csv-excel", "csv-hxl"),
    "For maps of your own": ("geojson", "gpkg", "parquet", "kmz", "kml"),
}
STREAMED = ("csv", "csv-excel", "csv-hxl", "geojson")
MOST_AT_ONCE = 50_000  # rows of a file that may stand in the server's memory; a longer one streams from its route


@dataclass(frozen=True, kw_only=True)
class _Taking:
    """What the reader takes away; made when a button is clicked, long after the page was drawn."""

    source: Source
    view: View
    link: str
    reader: str
    rows: int
    confirmed: bool = False
    bundled: bool = False
    coarsen: str = ""

    def name(self, form: str) -> str:
        return f"{file_stem(self.view)}{FORMATS[form].ending}"

    def address(self, form: str) -> str:
        """Return the route that streams the same rows."""
        query = to_query(self.view.question, table=self.source.token)
        vaguer = f"&coarsen={self.coarsen}" if self.coarsen else ""
        return f"api/incidents{FORMATS[form].ending}?{query}&sort={self.view.order}{vaguer}"

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
            coarsening=read_coarsening(self.coarsen) if self.coarsen else None,
            made=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            link=self.link,
            bounds=bounds_of(shown) if shown else None,
            confirmed=self.confirmed,
        )


def show_downloads(source: Source, view: View) -> None:
    """Show a button for the commonest formats, and the way to all; a file is made when it is clicked, not before."""
    taking = _Taking(
        source=source,
        view=view,
        link=f"{st.context.url or ''}?{urlencode(to_address(view), doseq=True)}",
        reader=st.session_state.get("reader", ""),
        rows=summarize(source.store, view.question).rows,
    )
    held = count_restricted(source.store, view.question)
    with st.container(horizontal=True, gap="small", width="content", vertical_alignment="center"):
        if held:
            st.html(f'<span class="quiet">{download_text.held_back(held)}</span>', width="content")
        for name in FIRST:
            _show_button(taking, name, key=f"download {name}")
        if st.button("More", icon=":material/more_horiz:", key="more downloads"):
            _show_all(taking, held)


@st.dialog("Take the list away", width="large")
def _show_all(taking: _Taking, held: int) -> None:
    """Show every format, and what may be done to the rows on the way."""
    told = st.container()
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        bundled = st.toggle(download_text.WITH_MANIFEST, key="with manifest", help=download_text.WHY_MANIFEST)
        confirmed = held > 0 and st.toggle(
            download_text.include_held_back(held), key="include held back", help=download_text.WHY_HELD_BACK
        )
    coarsen = right.selectbox(
        "Points",
        download_text.COARSENINGS,
        format_func=download_text.COARSENINGS.__getitem__,
        key="coarsen",
        help=download_text.WHY_COARSER,
    )
    taking = replace(taking, bundled=bundled, confirmed=confirmed, coarsen=coarsen)
    told.caption(download_text.what_is_taken(taking.rows, held, confirmed=confirmed, coarsen=coarsen, bundled=bundled))
    columns = st.container(key="formats").columns(len(GROUPS))
    for column, (title, names) in zip(columns, GROUPS.items(), strict=True):
        with column:
            st.html(f"<h3>{title}</h3>")
            for name in names:
                _show_button(taking, name, key=f"take {name}", width="stretch")
                st.html(f'<p class="quiet">{escape(FORMATS[name].use)}</p>')


def _show_button(taking: _Taking, name: str, *, key: str, width: Literal["stretch", "content"] = "content") -> None:
    form = FORMATS[name]
    too_many = form.most is not None and taking.rows > form.most
    if name in STREAMED and taking.rows > MOST_AT_ONCE and not taking.bundled and not taking.confirmed:
        st.link_button(form.title, taking.address(name), icon=":material/download:", key=key, width=width)
        return
    st.download_button(
        form.title,
        data=lambda: taking.content(name),
        file_name=taking.name(name) + (".zip" if taking.bundled else ""),
        mime="application/zip" if taking.bundled else form.media_type,
        key=key,
        icon=":material/download:",
        on_click="ignore",
        disabled=too_many,
        help=download_text.too_many(form.most) if form.most and too_many else None,
        width=width,
    )
