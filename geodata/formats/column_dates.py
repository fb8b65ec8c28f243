"""The dates of a table with mapped columns."""

from datetime import date
from functools import partial

import pandas as pd

from geodata.formats.cells import Cells
from geodata.formats.mapping import ColumnMapping, DateOrder
from geodata.formats.translation import Columns, Flags, interval, join_lists
from geodata.formats.values import to_day
from geodata.formats.written_dates import MONTHS, Days, fold_digits, month_of, read_days

_NOTHING = (None, None)


def dates_of(cells: Cells, mapping: ColumnMapping, flags: Flags) -> tuple[Columns, pd.Series]:
    """Return the interval of days, and what is written where there is none.

    It comes from first and last day, else from the date, else from year, month and day.
    """
    columns = mapping.columns
    whole = [columns[name] for name in ("date_earliest", "date_latest", "date") if name in columns]
    parts = [columns.get(name, "") for name in ("year", "month", "day")]
    first, last = _from_parts(cells, parts) if not whole else (None, None)
    reader = partial(_read, order=mapping.date_order)
    for name in whole:
        earliest, latest = cells.parse_several(name, reader, _NOTHING, "datetime64[s]")
        to_first = name != columns.get("date_latest")
        to_last = name != columns.get("date_earliest") or "date_latest" not in columns
        first = earliest if first is None and to_first else first
        last = latest if last is None and to_last else last
        first = first.fillna(earliest) if first is not None and to_first else first
        last = last.fillna(latest) if last is not None and to_last else last
    nothing = pd.Series(pd.NaT, index=range(len(cells)), dtype="datetime64[s]")
    first, last = (nothing if days is None else days for days in (first, last))
    told = interval(cells, first, last, (whole or parts)[0], flags)
    written = join_lists(*(cells.text(name) for name in whole or parts))
    undated = pd.isna(told["date_earliest"]) & (written != "")
    return told, written.where(undated, "").map(lambda text: f"date as written: {text}" if text else "")


def _read(text: str, order: DateOrder) -> Days | None:
    return read_days(text, order) if text else None


def _from_parts(cells: Cells, parts: list[str]) -> tuple[pd.Series, pd.Series]:
    written = cells.code(parts[0]) + "\x1f" + cells.code(parts[1]) + "\x1f" + cells.code(parts[2])
    days = {text: _read_parts(*text.split("\x1f")) for text in written.unique()}
    first, last = (
        pd.Series(written.map({text: day[end] for text, day in days.items()}), dtype="datetime64[s]") for end in (0, 1)
    )
    cells.remark(first.isna() & (written != "\x1f\x1f"), parts[0], "year, month and day are no date: undated")
    return first, last


def _read_parts(year: str, month: str, day: str) -> tuple[date | None, date | None]:
    """Return the days of a year, a month in numbers or letters and a day; what is blank or 0 is not known."""
    year, month, day = (fold_digits(part) for part in (year, month, day))
    try:
        number = MONTHS.get(month.casefold(), 0) or int(month or 0)
        if number == 0:
            return to_day(int(year), 1, 1), to_day(int(year), 12, 31)
        if int(day or 0) == 0:
            return month_of(int(year), number)
        only = to_day(int(year), number, int(day))
    except ValueError:
        return _NOTHING
    return only, only
