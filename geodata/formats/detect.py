"""Whose table it is, by the names of its columns."""

import re
from collections.abc import Iterable

from geodata.formats.format import FormatKey
from geodata.incidents.schema import COLUMNS

_REQUIRED = frozenset(column.name for column in COLUMNS if column.required)
_LEAST_REQUIRED = 3
_UCDP = frozenset({"id", "where_prec", "date_start", "date_end", "side_a", "side_b", "best"})
_GTD = frozenset({"eventid", "iyear", "imonth", "iday"})
_ACLED = frozenset({"event_date", "event_type", "actor1"})
_ACLED_ALSO = frozenset({"event_id_cnty", "data_id", "sub_event_type", "inter1", "geo_precision", "time_precision"})
# A byte order mark, also as text editors and R show it when they take it for letters.
_MARK = re.compile(r"^(\ufeff|ï»¿|ï\.\.)")


def fold_name(name: str) -> str:
    """Return the name of a column without regard to case, spaces or a byte order mark before it."""
    return re.sub(r"[\s.]+", "_", _MARK.sub("", name).strip().casefold())


def detect_format(names: Iterable[str]) -> FormatKey:
    """Return the key of the format that has these columns; `columns` when no known one has."""
    names = tuple(names)
    folded = {fold_name(name) for name in names}
    if is_canonical(names):
        return "canonical"
    if folded >= _UCDP:
        return "ucdp"
    if folded >= _GTD:
        return "gtd"
    if folded >= _ACLED and folded & _ACLED_ALSO:
        return "acled"
    return "columns"


def is_canonical(names: Iterable[str]) -> bool:
    """Return whether these are columns of ours: most of those that must be there."""
    return len(_REQUIRED & {name.strip().casefold() for name in names}) >= _LEAST_REQUIRED
