"""Intervals of days in words."""

from calendar import monthrange
from datetime import date

from geodata.incidents.schema import DatePrecision

# Not from the calendar module, whose names follow the locale of the machine.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DECEMBER = 12


def describe_interval(earliest: date | None, latest: date | None, precision: str) -> str:
    """Return the days in few words: "2–3 Feb 2024", "Jan–Sep 2020", "March 2020", "2020", "undated".

    Parameters
    ----------
    earliest, latest
        Both included; ``None`` when undated.
    precision
        A `DatePrecision`; a month known as such is written out.
    """
    if earliest is None or latest is None:
        return "undated"
    if precision == DatePrecision.MONTH:
        return f"{_MONTHS[earliest.month - 1]} {earliest.year}"
    if earliest == latest:
        return _day(latest)
    if earliest.day == 1 and latest.day == monthrange(latest.year, latest.month)[1]:
        return _describe_months(earliest, latest)
    return _describe_days(earliest, latest)


def _describe_months(earliest: date, latest: date) -> str:
    """Return a range of whole months."""
    if earliest.month == 1 and latest.month == _DECEMBER:
        return str(latest.year) if earliest.year == latest.year else f"{earliest.year}–{latest.year}"
    if earliest.year != latest.year:
        return f"{_month(earliest)} {earliest.year} – {_month(latest)} {latest.year}"
    if earliest.month != latest.month:
        return f"{_month(earliest)}–{_month(latest)} {latest.year}"
    return f"{_month(latest)} {latest.year}"


def _describe_days(earliest: date, latest: date) -> str:
    if earliest.year != latest.year:
        return f"{_day(earliest)} – {_day(latest)}"
    if earliest.month != latest.month:
        return f"{earliest.day} {_month(earliest)} – {_day(latest)}"
    return f"{earliest.day}–{_day(latest)}"


def _day(day: date) -> str:
    return f"{day.day} {_month(day)} {day.year}"


def _month(day: date) -> str:
    return _MONTHS[day.month - 1][:3]
