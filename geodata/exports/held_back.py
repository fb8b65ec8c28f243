"""Rows that their provider does not let others pass on."""

from collections import Counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

RESTRICTED = {"ACLED": r"(?i)(^|;\s*)acled\b"}
"""Providers, and how a row's `sources` name them. ACLED's terms forbid to pass its rows on."""


def hold_back(batch: pa.RecordBatch, held: Counter[str]) -> pa.RecordBatch:
    """Return the rows that may be passed on, and count the others by provider in `held`."""
    for provider, pattern in RESTRICTED.items():
        theirs: Any = pc.match_substring_regex(batch["sources"], pattern)
        count = pc.sum(theirs).as_py() or 0
        if count:
            held[provider] += count
            batch = batch.filter(pc.invert(theirs))
    return batch
