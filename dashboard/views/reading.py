"""Reading a table in the background, with a bar that grows and a way to stop.

A click waits until the run of its dialog has ended: one that reads could never be stopped by its own button.
"""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from io import BytesIO
from weakref import WeakMethod

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import session, text
from dashboard.sources import Source, load_own
from dashboard.views.faults import told_plainly
from geodata.formats.opening import OpenTable
from geodata.review.decisions import NOTHING_DECIDED

AT_ONCE = 2
LOOK_EVERY_S = 0.5
_readers = ThreadPoolExecutor(AT_ONCE, "reading")


class Reading:
    """A table that is being read for one reader; it ends when nobody holds this any more.

    Attributes
    ----------
    file_id
        Of the file that the reader has handed in.
    instead_of
        The open table that it takes the place of: it is read again, by what has been decided about that.
    rows
        How many have been read so far.
    stopped
        The reader wants no more of it, even if it has been read meanwhile.
    """

    def __init__(self, table: OpenTable, *, file_id: str = "", instead_of: Source | None = None) -> None:
        # Bytes with a position of their own: the reading before, which was stopped, may read on for a moment.
        self._bytes = BytesIO(table.source.getvalue() if isinstance(table.source, BytesIO) else b"")
        self.table = replace(table, source=self._bytes) if isinstance(table.source, BytesIO) else table
        self.file_id, self.instead_of = file_id, instead_of
        self.rows, self.stopped = 0, False
        goes_on = WeakMethod(self._goes_on)
        self.ended: Future[Source] = _readers.submit(
            load_own,
            self.table,
            decisions=session.decisions_of(instead_of) if instead_of else NOTHING_DECIDED,
            on_rows=lambda rows: (told := goes_on()) is not None and told(rows),
        )

    def _goes_on(self, rows: int) -> bool:
        self.rows = rows
        return not self.stopped

    def stop(self) -> None:
        """Let the reading end at the next batch."""
        self.stopped = True

    @property
    def share(self) -> float:
        """Return how much has been read, from 0 to 1."""
        if self.instead_of:
            done, whole = self.rows, int(self.instead_of.store.meta["rows_read"])
        else:
            done, whole = self._bytes.tell(), len(self._bytes.getvalue())
        return min(done / max(whole, 1), 1.0)


def reading_of(upload: UploadedFile) -> Reading | None:
    """Return the reading of a file that goes on, or that the reader has stopped."""
    reading: Reading | None = st.session_state.get("reading")
    here = reading is not None and reading.file_id == upload.file_id
    return reading if here and (reading.stopped or not reading.ended.done()) else None


def read(table: OpenTable, *, file_id: str = "", instead_of: Source | None = None) -> None:
    """Begin to read a table for this reader, as one more or in place of an open one."""
    st.session_state["reading"] = Reading(table, file_id=file_id, instead_of=instead_of)


def give_up() -> None:
    """Stop what is being read, if anything is: its dialog has been closed."""
    if reading := st.session_state.pop("reading", None):
        reading.stop()


@st.fragment(run_every=LOOK_EVERY_S)
def show_reading(headline: str = text.NOT_OPENED) -> None:
    """Show how far the reading is until the table is open, or why it is not."""
    reading: Reading | None = st.session_state.get("reading")
    if reading is None:
        return
    wait([reading.ended], timeout=LOOK_EVERY_S / 2)
    with told_plainly(headline):
        if reading.stopped:
            st.caption("Reading was stopped.")
            st.button("Read it after all", key="read after all", on_click=_read_after_all)
        elif reading.ended.done():
            session.add_table(reading.ended.result(), instead_of=reading.instead_of)
            del st.session_state["reading"]
            st.rerun()
        else:
            st.progress(reading.share, f"{text.plural(reading.rows, 'row')} so far" if reading.rows else "Reading…")
            st.button("Stop", key="stop reading", on_click=_stop)


# Streamlit keeps what a button calls: what they call holds nothing, for a closed table must be gone.
def _stop() -> None:
    if reading := st.session_state.get("reading"):
        reading.stop()


def _read_after_all() -> None:
    if reading := st.session_state.get("reading"):
        read(reading.table, file_id=reading.file_id, instead_of=reading.instead_of)
