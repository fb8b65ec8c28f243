"""What the reviews of places and of actors share: the list of names in doubt, of which one is looked at."""

from collections.abc import Sequence

import streamlit as st

from dashboard import text
from geodata.review.decisions import Decision, Decisions
from geodata.store.doubtful import DoubtfulName, Doubts

LIST_HEIGHT = 440
SHORT = 14


def ask_name(names: Sequence[DoubtfulName], decisions: Decisions, doubts: Doubts, *, key: str) -> DoubtfulName | None:
    """Show the names that are not decided about yet, most frequent first; return the one that the reader looks at."""
    open_names = [name for name in names if not _is_decided(name, decisions)]
    if not open_names:
        st.caption("No name is in doubt." if not doubts.names else "Every name of this list is decided about.")
        return None
    st.html(f'<div class="quiet">{text.doubts(doubts, len(open_names))}</div>')
    with st.container(height=LIST_HEIGHT if len(open_names) > SHORT else "content", border=False):
        number = st.radio(
            "Names in doubt",
            range(len(open_names)),
            format_func=lambda n: text.doubtful_name(open_names[n]),
            key=f"{key} {len(decisions)} {len(names)}",  # after each decision, the next name is looked at
            label_visibility="collapsed",
        )
    return open_names[number]


def _is_decided(name: DoubtfulName, decisions: Decisions) -> bool:
    about = Decision(what=name.what, name=name.name, country=name.country, admin1=name.admin1, decision="leave")
    return about.key in decisions.by_key
