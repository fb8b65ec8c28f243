"""A part of the page that is drawn anew by itself when the filter changes."""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from dashboard import session
from dashboard.sources import Source
from dashboard.state import View
from dashboard.views.faults import told_plainly

Show = Callable[[Source, View], None]


def panel(key: str) -> Callable[[Show], Callable[[Source], None]]:
    """Make a function that shows a view into a fragment of that name, which asks for the view each time."""

    def decorate(show: Show) -> Callable[[Source], None]:
        @st.fragment(key=key)
        @wraps(show)
        def shown(source: Source) -> None:
            with told_plainly():
                show(source, session.current_view(source))

        return shown

    return decorate
