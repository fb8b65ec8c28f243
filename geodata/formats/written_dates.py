"""Days as people write them, in English, French and Arabic."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from geodata.formats.mapping import DateOrder
from geodata.formats.values import to_day

Days: TypeAlias = tuple[date, date]

_NAMES = (
    "january jan janvier janv يناير كانون_الثاني",
    "february feb février fevrier févr fevr fév fev فبراير شباط",
    "march mar mars مارس آذار اذار",
    "april apr avril avr أبريل ابريل إبريل نيسان",
    "may mai مايو أيار ايار",
    "june jun juin يونيو حزيران",
    "july jul juillet juil يوليو تموز",
    "august aug août aout أغسطس اغسطس آب اب",
    "september sep sept septembre سبتمبر أيلول ايلول",
    "october oct octobre أكتوبر اكتوبر تشرين_الأول تشرين_الاول",
    "november nov novembre نوفمبر تشرين_الثاني",
    "december dec décembre decembre déc ديسمبر كانون_الأول كانون_الاول",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_DECEMBER = 12
_CENTURY_TURNS = 70
_WORD = r"[^\W\d_]+(?:_[^\W\d_]+)?"
_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?:Z| ?[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBERS = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})[-/.](\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_DAY_NAME = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|er)?[\s\-./]*({_WORD})\.?,?[\s\-./]*(\d{{4}}|\d{{2}})")
_NAME_DAY = re.compile(rf"({_WORD})\.?[\s\-]*(\d{{1,2}})(?:st|nd|rd|th)?,?[\s\-]+(\d{{4}})")
_DAYS_NAME = re.compile(rf"(\d{{1,2}})\s*-\s*(\d{{1,2}})\s+({_WORD})\.?,?\s+(\d{{4}})")
_NAME_YEAR = re.compile(rf"({_WORD})\.?,?[\s\-]+(\d{{4}})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_YEAR = re.compile(r"\d{4}")
_SPAN = re.compile(r"(.+?)(?:\s+(?:to|until|au|إلى)\s+|\s+-\s+|/(?=\d{4}-))(.+)")
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?:day)?,?\s+",
)


@lru_cache(maxsize=1 << 15)  # the same days come with every block of a long table
def read_days(text: str, order: DateOrder) -> Days:
    """Return the first and last day that a written date means.

    Parameters
    ----------
    order
        What 03/04/2024 means; blank: such a date is refused unless only one of the two can be the month.

    Raises
    ------
    ValueError
        If it is no date, or may be two, with the reason.
    """
    plain = _fold(text)
    if (span := _SPAN.fullmatch(plain)) and not _YEAR_MONTH.fullmatch(plain):
        first, last = read_days(span[1], order), read_days(span[2], order)
        return first[0], last[1]
    if (found := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain)) is not None:
        return _one(int(found[1]), int(found[2]), int(found[3]))
    if (found := _NUMBERS.fullmatch(plain)) is not None:
        return _one(*_in_order(found, order))
    return _named(plain)


def _named(plain: str) -> Days:
    if (found := _DAYS_NAME.fullmatch(plain)) and found[3] in MONTHS:
        year, month = int(found[4]), MONTHS[found[3]]
        return to_day(year, month, int(found[1])), to_day(year, month, int(found[2]))
    if (found := _DAY_NAME.fullmatch(plain)) and found[2] in MONTHS:
        return _one(_full_year(found[3]), MONTHS[found[2]], int(found[1]))
    if (found := _NAME_DAY.fullmatch(plain)) and found[1] in MONTHS:
        return _one(int(found[3]), MONTHS[found[1]], int(found[2]))
    if (found := _NAME_YEAR.fullmatch(plain)) and found[1] in MONTHS:
        return month_of(int(found[2]), MONTHS[found[1]])
    if found := _YEAR_MONTH.fullmatch(plain):
        return month_of(int(found[1]), int(found[2]))
    if _YEAR.fullmatch(plain):
        return to_day(int(plain), 1, 1), to_day(int(plain), _DECEMBER, 31)
    raise ValueError("is no date that is known here: write it like 2024-05-31; until then the row is undated")


def month_of(year: int, month: int) -> Days:
    """Return the first and last day of a month; ValueError if there is none."""
    first = to_day(year, month, 1)
    return first, date(year, month, monthrange(year, month)[1])


def tells_order(text: str) -> DateOrder:
    """Return which of day and month stands first in a date in numbers, if only one of them can be the month."""
    found = _NUMBERS.fullmatch(_fold(text))
    if found is None or found[1] == found[3]:
        return ""
    first, second = int(found[1]), int(found[3])
    if first > _DECEMBER >= second:
        return "day first"
    return "month first" if second > _DECEMBER >= first else ""


def _in_order(found: re.Match[str], order: DateOrder) -> tuple[int, int, int]:
    first, second, year = int(found[1]), int(found[3]), _full_year(found[4])
    told = order or tells_order(found[0])
    if not told and first != second:
        reason = f"may be {first:02}/{second:02} by day and month or by month and day: say which (date_order)"
        raise ValueError(f"{reason}; the row is undated")
    return (year, first, second) if told == "month first" else (year, second, first)


def _one(year: int, month: int, day: int) -> Days:
    only = to_day(year, month, day)
    return only, only


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004, 24 or 2024
        return year
    return year + (1900 if year >= _CENTURY_TURNS else 2000)


def fold_digits(text: str) -> str:
    """Return the text with Arabic and Persian digits as Latin ones."""
    return text.translate(_DIGITS)


def _fold(text: str) -> str:
    folded = fold_digits(text).casefold().strip()
    folded = re.sub(r"[‐‑‒–—]", "-", folded)
    folded = re.sub(r"(تشرين|كانون)\s+", r"\1_", folded)
    return _WEEKDAY.sub("", re.sub(r"\s+", " ", folded))
