"""The documents that the incidents are taken from."""

from pathlib import Path

import pandas as pd

from geodata.tables.column import Column
from geodata.tables.table import read_whole

DATA = Path(__file__).parent / "data"

COLUMNS = (
    Column(
        name="document",
        kind="id",
        required=True,
        filled=True,
        meaning="Key of the document, the first half of a locator.",
    ),
    Column(name="title", kind="text", required=True, filled=True, meaning="Its title."),
    Column(name="publisher", kind="text", required=True, meaning="Who published it."),
    Column(name="author", kind="text", required=True, meaning="Who wrote it; blank when not told."),
    Column(name="date_earliest", kind="date", required=True, meaning="First day on which it may have been written."),
    Column(name="date_latest", kind="date", required=True, meaning="Last day on which it may have been written."),
    Column(name="date_note", kind="text", required=True, meaning="How its date is known."),
    Column(
        name="lines", kind="count", required=True, filled=True, meaning="How many lines it has; a locator names one."
    ),
)


def read_documents(path: Path = DATA / "documents.csv") -> pd.DataFrame:
    """Return the documents, a row each, with `line` and the columns of `COLUMNS`.

    Raises
    ------
    InvalidTableError
        With every problem of the table.
    OSError
        If the file cannot be opened.
    """
    return read_whole(path, COLUMNS)
