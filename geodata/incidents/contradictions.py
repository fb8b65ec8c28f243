"""What the cells of one row of incidents may not say together."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from geodata.incidents.schema import EVENT_TYPES, DatePrecision, Flag

Contradiction = tuple[int, str, str]


def find_contradictions(rows: pd.DataFrame) -> Iterator[Contradiction]:
    """Yield row number, column and reason of each cell that the rest of its row contradicts."""
    for column, failing, reason in _rules(rows):
        for row in np.flatnonzero(failing):
            yield int(row), column, reason


def _rules(rows: pd.DataFrame) -> Iterator[tuple[str, np.ndarray, str]]:
    yield from _date_rules(rows)
    yield from _place_rules(rows)
    yield from _event_rules(rows)
    yield from _count_rules(rows, "killed")
    yield from _count_rules(rows, "injured")


def _date_rules(rows: pd.DataFrame) -> Iterator[tuple[str, np.ndarray, str]]:
    earliest, latest, precision = rows["date_earliest"], rows["date_latest"], rows["date_precision"]
    yield (
        "date_earliest",
        _array(earliest.isna() & latest.notna()),
        "must not be blank when date_latest is given: give both days, or neither",
    )
    yield (
        "date_latest",
        _array(latest.isna() & earliest.notna()),
        "must not be blank when date_earliest is given: give both days, or neither",
    )
    yield "date_latest", _array(latest < earliest), "must not be before date_earliest: exchange the two or correct one"
    dated, ordered = earliest.notna() & latest.notna(), earliest <= latest
    undated = earliest.isna() & latest.isna()
    whole_month = (
        earliest.dt.is_month_start & latest.dt.is_month_end & (earliest.dt.to_period("M") == latest.dt.to_period("M"))
    )
    whole_year = earliest.dt.is_year_start & latest.dt.is_year_end & (earliest.dt.year == latest.dt.year)
    for word, fits, reason in (
        (DatePrecision.DAY, earliest == latest, "day, but the two dates differ: make them equal, or write range"),
        (
            DatePrecision.RANGE,
            earliest < latest,
            "range, but the two dates are one day: write day, or correct one of them",
        ),
        (
            DatePrecision.MONTH,
            whole_month,
            "month, but the two dates are not its first and last day: correct them, or write range",
        ),
        (
            DatePrecision.YEAR,
            whole_year,
            "year, but the two dates are not its first and last day: correct them, or write range",
        ),
        (
            DatePrecision.UNKNOWN,
            ~dated,
            "unknown, but there are dates: remove them, or write how finely they are known",
        ),
    ):
        yield "date_precision", _array((precision == word) & dated & ordered & ~fits), reason
    stated = (precision != "") & (precision != DatePrecision.UNKNOWN)
    yield (
        "date_precision",
        _array(stated & undated),
        "must be unknown or blank when there are no dates: give the dates, or remove it",
    )


def _place_rules(rows: pd.DataFrame) -> Iterator[tuple[str, np.ndarray, str]]:
    lon, lat = rows["given_lon"], rows["given_lat"]
    yield (
        "given_lat",
        _array(lon.notna() & lat.isna()),
        "must not be blank when given_lon is given: give both, or neither",
    )
    yield (
        "given_lon",
        _array(lat.notna() & lon.isna()),
        "must not be blank when given_lat is given: give both, or neither",
    )
    named = rows["place"].str.strip() != ""
    located = lon.notna() | (rows["given_country"] != "") | (rows["given_admin1"] != "")
    yield "place", _array(~named & ~located), "must not be blank"


def _event_rules(rows: pd.DataFrame) -> Iterator[tuple[str, np.ndarray, str]]:
    category, event_type = rows["category"], rows["event_type"]
    for word, types in EVENT_TYPES.items():
        wrong = (category == word) & (event_type != "") & ~event_type.isin(types)
        yield "event_type", _array(wrong), f"is no event type of category {word}: must be one of {', '.join(types)}"


def _count_rules(rows: pd.DataFrame, what: str) -> Iterator[tuple[str, np.ndarray, str]]:
    """Yield the estimates that are out of order, unless the row is flagged for what its sources say."""
    flagged = rows["flag"].isin([Flag.CONTRADICTED, Flag.IMPLAUSIBLE])
    low, best, high = (rows[f"{what}_{bound}"].mask(flagged) for bound in ("low", "best", "high"))
    yield f"{what}_low", _array(low > best), f"must not be more than {what}_best: low ≤ best ≤ high"
    yield f"{what}_high", _array(high < best), f"must not be less than {what}_best: low ≤ best ≤ high"
    yield f"{what}_low", _array((low > high) & best.isna()), f"must not be more than {what}_high: low ≤ best ≤ high"


def _array(mask: pd.Series) -> np.ndarray:
    return mask.to_numpy(dtype=bool, na_value=False)
