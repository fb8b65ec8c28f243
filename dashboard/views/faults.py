"""What the reader sees when something is wrong: a sentence, never a traceback."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from geodata.errors import GeodataError

_log = logging.getLogger(__name__)


@contextmanager
def told_plainly(headline: str = "The incidents can't be shown.") -> Iterator[None]:
    """Show a fault of the data as it explains itself, and any other as an apology; the log has the rest."""
    try:
        yield
    except (GeodataError, OSError) as error:
        _log.warning("%s", error)
        st.error(headline, icon=":material/error:")
        st.code(str(error), language=None, wrap_lines=True)
    except Exception:  # noqa: BLE001, whatever it is: the reader sees a sentence, the log the traceback
        _log.exception("the page failed")
        st.error(
            "Something went wrong on our side; the log of the server says what. "
            "Your filters are in the address: reload the page to try again.",
            icon=":material/error:",
        )
