"""Single cells of well-known exports turned into values."""

import re
from datetime import date

_COUNT = re.compile(r"(-?\d{1,9})(\.0*)?")
_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_YEARS = range(1900, 2101)
SENTINELS = ("-9", "-99", "-1", "-9.0", "-99.0", "-1.0")


def parse_count(text: str) -> int | None:
    """Return a whole number, None for a blank cell or a sentinel; ValueError for anything else."""
    if not text or text in SENTINELS:
        return None
    found = _COUNT.fullmatch(text)
    if not found or int(found[1]) < 0:
        raise ValueError("is no whole number: read as unknown")
    return int(found[1])


def parse_number(text: str) -> float | None:
    """Return a number, None for a blank cell; ValueError for anything else."""
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError("is no number: read as unknown")
    return float(text)


def parse_day(text: str) -> date | None:
    """Return the day of a date like 2024-05-31, with or without a time; None for a blank cell."""
    if not text:
        return None
    if not (found := _ISO.fullmatch(text)):
        raise ValueError("is no date like 2024-05-31: the row is undated")
    return to_day(*map(int, found.groups()))


def to_day(year: int, month: int, day: int) -> date:
    """Return a day between 1900 and 2100; ValueError if there is none."""
    if year not in _YEARS:
        raise ValueError(f"is not between {_YEARS[0]} and {_YEARS[-1]}: the row is undated")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("there is no such day: the row is undated") from None
