"""Text that no spreadsheet takes for a formula, and the way back."""

from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Values: TypeAlias = Any
"""An array of text."""


_STARTS = r"'*[=+\-@\t\r\n＝＋－＠]"
_BEGINS = np.isin(np.arange(256), [*b"'=+-@\t\r\n", "＝".encode()[0]])
"""Whether a formula may begin with this byte."""


def to_inert(text: Values) -> Values:
    """Return the text with one apostrophe before whatever a spreadsheet would run.

    Text that begins with apostrophes before such a sign gets one more, so that `from_inert` always knows which is ours.
    """
    return pc.replace_substring_regex(text, f"^({_STARTS})", r"'\1") if _may_be_formulas(text) else text


def from_inert(text: Values) -> Values:
    """Return the text that `to_inert` was given."""
    return pc.replace_substring_regex(text, f"^'({_STARTS})", r"\1") if _may_be_formulas(text) else text


def _may_be_formulas(text: Values) -> bool:
    """Return whether any text begins with a byte that a formula may begin with: 50 times as fast as replacing."""
    return any(map(_may_begin, text.chunks if isinstance(text, pa.ChunkedArray) else [text]))


def _may_begin(text: Values) -> bool:
    """Look at the first byte of each text where it lies in memory; that of a blank one is the next one's."""
    text = text.cast(pa.large_string())
    _, starts, letters = text.buffers()
    if not len(text) or letters is None:
        return False
    at = np.frombuffer(starts, np.int64)[text.offset : text.offset + len(text) + 1]
    return bool(_BEGINS[np.frombuffer(letters, np.uint8)[at[:-1][at[:-1] < at[-1]]]].any())
