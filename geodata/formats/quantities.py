"""Numbers and coordinates as people write them."""

import re
from collections.abc import Callable
from typing import NamedTuple

from geodata.formats.values import SENTINELS

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫", "01234567890123456789,.")
_WHOLE = r"\d{1,3}(?:[ ,.'\u00a0\u202f]\d{3})+|\d{1,9}"
_ONE = re.compile(rf"({_WHOLE})(?:\.0+)?")
_SPAN = re.compile(rf"(?:between )?({_WHOLE})\s*(?:-|–|—|to|and|à|ou|or|/)\s*({_WHOLE})")
_LEAST = re.compile(rf"(?:at least|over|more than|min\.?|minimum|au moins|plus de|≥|>=|>)\s*({_WHOLE})|({_WHOLE})\s*\+")
_MOST = re.compile(rf"(?:at most|up to|less than|under|fewer than|max\.?|maximum|au plus|jusqu'à|≤|<=|<)\s*({_WHOLE})")
_ABOUT = re.compile(rf"(?:about|around|approximately|approx\.?|some|environ|circa|ca\.?|c\.|~)\s*({_WHOLE})")
_BEYOND = ("over", "more than", "plus de", ">")
_UNDER = ("less than", "under", "fewer than", "<")
_NOTHING_TOLD = frozenset(
    ["unknown", "n/a", "na", "none reported", "not known", "not reported", "-", "–", "?", "inconnu", "غير معروف", "tbd"]
)
_NONE = frozenset(["none", "no", "zero", "nil", "aucun", "لا يوجد"])
_DEGREES = re.compile(r"([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEWO])?", re.IGNORECASE)
_SEXAGESIMAL = re.compile(
    r"(\d{1,3})\s*[°d:]\s*(\d{1,2})\s*['′’:m]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”]|''|s)?)?\s*([NSEWO])",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\(?\s*(.+?[NS°]?)\s*[,;/ ]\s*([^,;/ ].*?)\s*\)?", re.IGNORECASE)


class Quantity(NamedTuple):
    """A number as it is told; what is not told is None."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


UNKNOWN = Quantity()


def read_quantity(text: str) -> Quantity:
    """Return the number that a cell tells, like "3", "1,200", "5-7", "at least 3"; blanks and sentinels are unknown.

    Raises
    ------
    ValueError
        If it tells no number, like "dozens"; it is then unknown.
    """
    plain = re.sub(r"\s+", " ", text.translate(_DIGITS).casefold().strip())
    if not plain or plain in SENTINELS or plain in _NOTHING_TOLD:
        return UNKNOWN
    if plain in _NONE:
        return Quantity(best=0)
    for pattern, meaning in _PATTERNS:
        if found := pattern.fullmatch(plain):
            return meaning(found)
    raise ValueError("tells no number: read as unknown; write low and high if they are known")


def read_degrees(text: str) -> float | None:
    """Return degrees from "33.79", "33,79", "33.79° N" or degrees and minutes; None for a blank; else ValueError."""
    plain = text.translate(_DIGITS).strip()
    if not plain:
        return None
    if found := _SEXAGESIMAL.fullmatch(plain):
        degrees = int(found[1]) + int(found[2]) / 60 + float((found[3] or "0").replace(",", ".")) / 3600
        return -degrees if found[4].upper() in "SWO" else degrees
    if found := _DEGREES.fullmatch(plain):
        degrees = float(found[1].replace(",", "."))
        return -degrees if (found[2] or "N").upper() in "SWO" else degrees
    raise ValueError("are no degrees like 33.79: the row has no point of its own")


def read_coordinates(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude from one cell, in this order unless N and E tell otherwise; None for a blank one.

    Raises
    ------
    ValueError
        If they are no two numbers of degrees.
    """
    plain = text.strip()
    if not plain:
        return None
    found = _PAIR.fullmatch(plain)
    if not found:
        raise ValueError("are no coordinates like 33.79, 42.44: the row has no point of its own")
    first, second = read_degrees(found[1]), read_degrees(found[2])
    if first is None or second is None:
        raise ValueError("are no coordinates like 33.79, 42.44: the row has no point of its own")
    if found[1].strip()[-1:].upper() in ("E", "W", "O"):
        return second, first
    return first, second


def _whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _exactly(found: re.Match[str]) -> Quantity:
    return Quantity(best=_whole(found[1]))


def _between(found: re.Match[str]) -> Quantity:
    low, high = sorted((_whole(found[1]), _whole(found[2])))
    return Quantity(low=low, high=high)


def _at_least(found: re.Match[str]) -> Quantity:
    return Quantity(low=_whole(found[1] or found[2]) + found[0].startswith(_BEYOND))


def _at_most(found: re.Match[str]) -> Quantity:
    return Quantity(high=max(_whole(found[1]) - found[0].startswith(_UNDER), 0))


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Quantity]], ...] = (
    (_ONE, _exactly),
    (_SPAN, _between),
    (_LEAST, _at_least),
    (_MOST, _at_most),
    (_ABOUT, _exactly),
)
