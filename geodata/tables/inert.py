"""Text that no spreadsheet takes for a formula, and the way back."""

from typing import Any, TypeAlias

import pyarrow.compute as pc

Values: TypeAlias = Any
"""An array of text."""


_STARTS = r"'*[=+\-@\t\r\n＝＋－＠]"


def to_inert(text: Values) -> Values:
    """Return the text with one apostrophe before whatever a spreadsheet would run.

    Text that begins with apostrophes before such a sign gets one more, so that `from_inert` always knows which is ours.
    """
    return pc.replace_substring_regex(text, f"^({_STARTS})", r"'\1")


def from_inert(text: Values) -> Values:
    """Return the text that `to_inert` was given."""
    if not pc.any(pc.starts_with(text, "'")).as_py():
        return text
    return pc.replace_substring_regex(text, f"^'({_STARTS})", r"\1")
