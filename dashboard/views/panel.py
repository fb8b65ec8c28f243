"""A part of the page."""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from dashboard import session
from dashboard.sources import Source
from dashboard.state import View
from dashboard.views.faults import told_plainly

Show = Callable[[Source, View], None]


def panel(show: Show) -> Callable[[Source], None]:
    """Make what shows a view into a part of the page that asks for the view itself, and tells its faults plainly."""

    @wraps(show)
    def shown(source: Source) -> None:
        with told_plainly():
            show(source, session.current_view(source))

    return shown


def fragment(key: str) -> Callable[[Show], Callable[[Source], None]]:
    """Make a panel whose own widgets draw it anew by itself, and which a callback may name."""
    return lambda show: st.fragment(key=key)(panel(show))
