"""Totals that somebody reported over a period; they overlap, and are never plotted or added up."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.tables.column import Column
from geodata.tables.table import read_whole

DATA = Path(__file__).parent / "data"
QUALIFIERS = ("exactly", "about", "at_least", "more_than", "nearly", "up_to")

COLUMNS = (
    Column(
        name="tally_id", kind="id", required=True, filled=True, meaning="Names the tally for ever, `TAL-001` and so on."
    ),
    Column(name="count_low", kind="count", required=True, meaning="The number, or the lower one of two."),
    Column(name="count_high", kind="count", required=True, meaning="The higher one of two; blank when one is told."),
    Column(
        name="qualifier", kind="enum", required=True, words=QUALIFIERS, meaning="What the teller says of the number."
    ),
    Column(name="counted", kind="text", required=True, filled=True, meaning="What is counted."),
    Column(name="period_start", kind="date", required=True, meaning="First day of the period; blank when not told."),
    Column(
        name="period_end", kind="date", required=True, meaning="Last day of the period, included; blank when not told."
    ),
    Column(name="period_note", kind="text", required=True, meaning="The period in words."),
    Column(name="scope", kind="text", required=True, meaning="Where, or against whom."),
    Column(name="said_by", kind="text", required=True, filled=True, meaning="Who gives the number."),
    Column(name="sources", kind="sources", required=True, filled=True, meaning="Where it is told, `document:line`."),
    Column(name="note", kind="text", required=True, meaning="What else to know."),
)


def read_tallies(path: Path = DATA / "tallies.csv") -> pd.DataFrame:
    """Return the tallies, a row each, with `line` and the columns of `COLUMNS`.

    Raises
    ------
    InvalidTableError
        With every problem of the table.
    OSError
        If the file cannot be opened.
    """
    return read_whole(path, COLUMNS)


def overlapping(tallies: pd.DataFrame, start: date | None, end: date | None) -> pd.DataFrame:
    """Return the tallies whose period may touch the days from `start` to `end`, both included.

    Parameters
    ----------
    start, end
        ``None`` leaves that end open. A tally without a period may be of any time, and stays.
    """
    first, last = tallies["period_start"].to_numpy(), tallies["period_end"].to_numpy()
    misses = np.zeros(len(tallies), dtype=bool)
    if end is not None:
        misses |= first > np.datetime64(end)
    if start is not None:
        misses |= last < np.datetime64(start)
    return tallies[~misses]
