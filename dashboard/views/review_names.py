"""What the reviews of places and of actors share: the list of names in doubt, of which one is looked at."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import review_text, session
from dashboard.sources import Source
from geodata.review.decisions import Decision, Decisions, Verdict
from geodata.store.doubtful import DoubtfulName, Doubts

LIST_HEIGHT = 440
SHORT = 14


def ask_name(names: Sequence[DoubtfulName], decisions: Decisions, doubts: Doubts, *, key: str) -> DoubtfulName | None:
    """Show the names that are not decided about yet, most frequent first; return the one that the reader looks at."""
    open_names = [name for name in names if not _is_decided(name, decisions)]
    if not open_names:
        st.caption("No name is in doubt." if not doubts.names else "Every name of this list is decided about.")
        return None
    st.html(f'<div class="quiet">{review_text.doubts(doubts, len(open_names))}</div>')
    with st.container(height=LIST_HEIGHT if len(open_names) > SHORT else "content", border=False):
        number = st.radio(
            "Names in doubt",
            range(len(open_names)),
            format_func=lambda n: review_text.doubtful_name(open_names[n]),
            key=f"{key} {len(decisions)} {len(names)}",  # after each decision, the next name is looked at
            label_visibility="collapsed",
        )
    return open_names[number]


def _is_decided(name: DoubtfulName, decisions: Decisions) -> bool:
    about = Decision(what=name.what, name=name.name, country=name.country, admin1=name.admin1, decision="leave")
    return about.key in decisions.by_key


def offer(source: Source, decisions: Decisions, name: DoubtfulName, label: str, verdict: Verdict, **more: Any) -> None:  # noqa: ANN401, the other fields of a decision
    """Show a button that decides about a name."""
    st.button(
        label,
        key=f"decide {name.what} {verdict} {more.get('target', '')}",
        width="stretch",
        on_click=session.decide,
        args=(source, decisions.deciding(name.decide(verdict, **more))),
    )


def choose_other(names: Mapping[str, str], placeholder: str, *, key: str) -> str | None:
    """Return the id of what else a name means, chosen from all that there are by their labels."""
    return st.selectbox(
        "Something else",
        sorted(names, key=names.__getitem__),
        index=None,
        format_func=names.__getitem__,
        placeholder=placeholder,
        key=key,
        label_visibility="collapsed",
    )
