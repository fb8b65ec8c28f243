"""What an exported list holds, and how its text is kept inert."""

import pyarrow as pa
import pyarrow.compute as pc

from geodata.incidents.schema import COLUMNS, DERIVED, GIVEN

EXPORTED = tuple(column.name for column in (*COLUMNS, *GIVEN, *DERIVED))
FORMULA = r"^('*[=+\-@\t\r])"


def inert(text: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Return text that no spreadsheet takes for a formula: an apostrophe before what would start one.

    `geodata.incidents.read` takes the apostrophe away again from a table that we exported, so nothing is lost.
    """
    return pc.replace_substring_regex(text, FORMULA, r"'\1")
