"""Taking the list away: the rows of the table, all of them, in its order."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st

from dashboard.file_names import file_stem
from dashboard.sources import Source
from dashboard.state import View, to_address
from geodata.exports.formats import FORMATS, Format
from geodata.exports.listing import Listing
from geodata.exports.manifest import ENDING, Digest, make_manifest, to_json

FIRST = ("csv", "geojson")


def show_downloads(source: Source, view: View) -> None:
    """Show a button for each format; a file is made when it is clicked, not before."""
    link = f"{st.context.url or ''}?{urlencode(to_address(view), doseq=True)}"
    buttons = st.container(horizontal=True, gap="small", width="content")
    for name in FIRST:
        with buttons:
            _show_button(source, view, link, FORMATS[name])
    with buttons.popover("More", icon=":material/more_horiz:", key="more downloads"):
        for name, form in FORMATS.items():
            if name not in FIRST:
                _show_button(source, view, link, form)
        st.download_button(
            "Manifest and citation",
            data=lambda: _manifest(source, view, link),
            file_name=f"{file_stem(view)}{FORMATS[FIRST[0]].ending}{ENDING}",
            mime="application/json",
            key="download manifest",
            icon=":material/fact_check:",
            on_click="ignore",
            help="What the CSV was made from: filter, counts, inputs, licences, and how to cite it.",
        )


def _show_button(source: Source, view: View, link: str, form: Format) -> None:
    st.download_button(
        form.title,
        data=lambda: b"".join(form.write(_listing(source, view, link))),
        file_name=f"{file_stem(view)}{form.ending}",
        mime=form.media_type,
        key=f"download {form.title}",
        icon=":material/download:",
        on_click="ignore",
        help=f"The rows of the table below, unplaced ones included: {form.use}.",
    )


def _manifest(source: Source, view: View, link: str) -> str:
    listing, digest = _listing(source, view, link), Digest()
    for _ in digest.watch(FORMATS[FIRST[0]].write(listing)):
        pass
    return to_json(make_manifest(listing, FIRST[0], name=f"{file_stem(view)}{FORMATS[FIRST[0]].ending}", digest=digest))


def _listing(source: Source, view: View, link: str) -> Listing:
    return Listing(
        store=source.store,
        gazetteer=source.gazetteer,
        question=view.question,
        order=view.order,
        made=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        link=link,
    )
