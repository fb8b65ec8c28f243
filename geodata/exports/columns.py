"""What an exported list holds, and in which form a table of text writes it."""

from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.incidents.schema import COLUMNS, DERIVED, GIVEN
from geodata.tables.inert import to_inert

# The published stubs of pyarrow refuse much of what its arrays can do.
Values: TypeAlias = Any
EXPORTED_COLUMNS = (*COLUMNS, *GIVEN, *DERIVED)
EXPORTED = tuple(column.name for column in EXPORTED_COLUMNS)
_SMALL, _LARGE = 1e-3, 1e9  # between them no number has an exponent, and none needs to be written to know
LISTED = ("ids", "sources")
"""Kinds of columns that hold several values."""


def to_cells(column: Values) -> Values:
    """Return a column as it stands in a table of text.

    Days are dates, numbers have no exponent, and no text is a formula: `geodata.incidents.read` takes the apostrophe
    away again from a table that we exported, so nothing is lost. Unknown stays null.
    """
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.date32())
    if pa.types.is_floating(column.type):
        return _without_exponents(column)
    return to_inert(column) if is_text(column.type) else column


def is_text(kind: pa.DataType) -> bool:
    """Return whether a column of this type holds text."""
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def _without_exponents(column: Values) -> Values:
    size = np.abs(column.to_numpy(zero_copy_only=False))
    if not ((size != 0) & ((size < _SMALL) | (size > _LARGE))).any():
        return column
    if not pc.any(pc.match_substring(column.cast(pa.string()), "e")).as_py():
        return column
    return pa.array([None if n is None else np.format_float_positional(n, trim="-") for n in column.to_pylist()])
