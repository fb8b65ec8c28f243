"""Rows that are in no file unless somebody decides so."""

from collections import Counter
from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.store.engine import Store, Value, this
from geodata.store.filters import EVERYTHING, IncidentFilter, matching
from geodata.store.remembered import remembered

_REASONS = (
    ("of ACLED, whose terms forbid to pass them on", "sources", r"(?i)(^|;\s*)acled\b"),
    ("of GTD, whose terms forbid to pass them on", "sources", r"(?i)(^|;\s*)gtd\b"),
    ("marked as endangering a person", "sensitive", "^person$"),
    ("marked as endangering a place", "sensitive", "^place$"),
    ("marked as not to be passed on", "sensitive", "^terms$"),
)
"""Words, and the column and pattern by which a row is known."""


def hold_back(batch: pa.RecordBatch, meta: Mapping[str, str], held: Counter[str]) -> pa.RecordBatch:
    """Return the rows that may be passed on, and count the others in `held`, each by its first reason.

    Parameters
    ----------
    meta
        That of the store: a table whose `format_redistributable` is "no" is held back whole, and `format_licence` says
        why.
    """
    if _is_held_whole(meta):
        held[f"of {meta['source']}: {meta.get('format_licence') or 'its terms forbid to pass it on'}"] += len(batch)
        return batch.slice(0, 0)
    for reason, column, pattern in _REASONS:
        theirs: Any = pc.match_substring_regex(batch[column], pattern)
        count = pc.sum(theirs).as_py() or 0
        if count:
            held[reason] += count
            batch = batch.filter(pc.invert(theirs))
    return batch


def count_restricted(store: Store, question: IncidentFilter) -> int:
    """Return how many of the rows that `question` keeps are in a file only when that is confirmed."""
    return _count(store, question) if _count_all(store) else 0


@remembered
def _count_all(store: Store) -> int:
    return _count(store, EVERYTHING)


def _count(store: Store, question: IncidentFilter) -> int:
    kept = matching(store, question)
    restricted = kept if _is_held_whole(store.meta) else kept.filter(_is_restricted())
    return store.ask_one(restricted.aggregate(n=this.count()))["n"]


def _is_restricted() -> Value:
    return reduce(or_, (this[column].re_search(pattern) for _, column, pattern in _REASONS))


def _is_held_whole(meta: Mapping[str, str]) -> bool:
    return meta.get("format_redistributable") == "no"
