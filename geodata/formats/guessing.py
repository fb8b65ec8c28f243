"""Which column of an unknown table means what, by its name and its values."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from geodata.formats.geometry import POINT
from geodata.formats.mapping import FIELDS, ColumnMapping, DateOrder
from geodata.formats.quantities import read_coordinates
from geodata.formats.words import WORDS, fold_words
from geodata.formats.written_dates import read_days, tells_order

_MEANINGS = {
    name: (rank, meaning)
    for meaning, names in WORDS["columns"].items()
    for rank, name in enumerate(map(fold_words, names))
}
_ENOUGH = 0.8


def guess_mapping(names: Sequence[str], rows: Sequence[Sequence[str]]) -> ColumnMapping:
    """Return what the columns of a table most likely mean.

    Parameters
    ----------
    rows
        Some of the table's rows: they say whether day or month stands first, and which column without a telling name
        holds dates or coordinates.
    """
    found = _by_name(names)
    if POINT[0] in names and not {"lat", "lon", "coordinates"} & found.keys():
        found |= {"lon": POINT[0], "lat": POINT[1]}
    columns = {name: [row[number] for row in rows] for number, name in enumerate(names)}
    if "incident_id" in found and not _are_ids(columns[found["incident_id"]]):
        del found["incident_id"]
    free = [name for name in names if name not in found.values()]
    if not {"date", "date_earliest", "year"} & found.keys():
        found |= _first("date", free, columns, _is_date)
    if not {"lat", "lon", "coordinates"} & found.keys():
        found |= _first("coordinates", free, columns, _is_point)
    dates = [found[meaning] for meaning in ("date", "date_earliest", "date_latest") if meaning in found]
    ordered = {meaning: found[meaning] for meaning in FIELDS if meaning in found}
    return ColumnMapping(columns=ordered, date_order=guess_order(cell for name in dates for cell in columns[name]))


def guess_order(dates: Iterable[str]) -> DateOrder:
    """Return whether day or month stands first in dates in numbers, if some of them tell and none tells otherwise."""
    told: set[DateOrder] = {order for text in dates if (order := tells_order(text))}
    return told.pop() if len(told) == 1 else ""


def _by_name(names: Sequence[str]) -> dict[str, str]:
    best: dict[str, tuple[int, str]] = {}
    for name in names:
        rank, meaning = _MEANINGS.get(fold_words(name), (0, ""))
        if meaning and (meaning not in best or rank < best[meaning][0]):
            best[meaning] = (rank, name)
    return {meaning: name for meaning, (_, name) in best.items()}


def _first(
    meaning: str, free: Sequence[str], columns: Mapping[str, Sequence[str]], holds: Callable[[str], bool]
) -> dict[str, str]:
    for name in free:
        cells = [cell for cell in columns[name] if cell.strip()]
        if cells and sum(holds(cell) for cell in cells) >= _ENOUGH * len(cells):
            return {meaning: name}
    return {}


def _are_ids(cells: Sequence[str]) -> bool:
    return len({cell.strip() for cell in cells} - {""}) == len(cells)


def _is_date(text: str) -> bool:
    if text.strip().isdigit():
        return False
    try:
        read_days(text, "day first")
    except ValueError:
        return bool(tells_order(text))
    return True


def _is_point(text: str) -> bool:
    try:
        return read_coordinates(text) is not None
    except ValueError:
        return False
