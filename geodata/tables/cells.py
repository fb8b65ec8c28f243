"""Cells of text turned into values, or refused with a reason."""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geodata.tables.column import Column, Kind
from geodata.tables.undecodable import MARK

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile(r"[0-9]{1,9}")
_NUMBER = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]*)?|\.[0-9]+)")
_YEARS = range(1900, 2101)

_DTYPES: dict[Kind, str] = {
    "text": "str",
    "id": "str",
    "ids": "str",
    "sources": "str",
    "enum": "str",
    "date": "datetime64[s]",
    "count": "Int64",
    "number": "float64",
}

_Value: TypeAlias = str | date | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedCells:
    """A column of values; `faults` gives the reason for each row whose cell was refused, and is blank there."""

    column: pd.Series
    faults: dict[int, str]


def parse_cells(cells: pa.ChunkedArray, column: Column) -> ParsedCells:
    """Return the values of one column, of the kind that the schema says.

    Text is kept exactly as written; the other kinds are trimmed. A blank cell is ``""``, ``NaT``, ``<NA>`` or ``nan``.
    """
    if column.kind == "text":
        parsed = ParsedCells(column=_to_series(cells), faults={})
    elif column.kind == "id":
        parsed = ParsedCells(column=_to_series(pc.utf8_trim_whitespace(cells)), faults=_several(cells))
    else:
        parsed = _parse_distinct(cells, column)
    parsed.faults.update(_undecodable(cells))
    if column.filled:
        parsed.faults.update(_blank(cells))
    return parsed


def blank_cells(rows: int, column: Column) -> pd.Series:
    """Return the values of a column that the table does not have."""
    blank = "" if _DTYPES[column.kind] == "str" else None
    return pd.Series([blank], dtype=_DTYPES[column.kind]).repeat(rows).reset_index(drop=True)


def _parse_distinct(cells: pa.ChunkedArray, column: Column) -> ParsedCells:
    """Parse each distinct text once: a million rows have few dates, counts and words."""
    encoded = cells.combine_chunks().dictionary_encode()
    codes = encoded.indices.to_numpy()
    values: list[_Value] = []
    refused: dict[int, str] = {}
    for code, text in enumerate(encoded.dictionary.to_pylist()):
        try:
            values.append(_PARSERS[column.kind](str(text).strip(), column))
        except ValueError as error:
            values.append(_PARSERS[column.kind]("", column))
            refused[code] = str(error)
    distinct = pd.Series(values, dtype=_DTYPES[column.kind])
    rows = np.flatnonzero(np.isin(codes, list(refused))).tolist() if refused else []
    return ParsedCells(
        column=distinct.take(codes).reset_index(drop=True),
        faults={row: refused[codes[row]] for row in rows},
    )


def _parse_date(text: str, _column: Column) -> date | None:
    if not text:
        return None
    if not _DATE.fullmatch(text):
        raise ValueError("must be a date like 2024-05-31")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("there is no such day: must be a date like 2024-05-31") from None
    if day.year not in _YEARS:
        raise ValueError(f"must be a date between {_YEARS[0]} and {_YEARS[-1]}")
    return day


def _parse_count(text: str, _column: Column) -> int | None:
    if not text:
        return None
    if not _COUNT.fullmatch(text):
        raise ValueError("must be a whole number like 3, or blank when unknown")
    return int(text)


def _parse_number(text: str, _column: Column) -> float | None:
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError("must be a number like 33.79, or blank when unknown")
    return float(text)


def _parse_enum(text: str, column: Column) -> str:
    if text and text not in column.words:
        near = difflib.get_close_matches(text.casefold(), column.words, n=1)
        hint = f" (perhaps {near[0]})" if near else ""
        raise ValueError(f"must be one of {', '.join(column.words)}{hint}")
    return text


def _parse_list(text: str, _column: Column) -> str:
    return "; ".join(split_list(text))


def split_list(text: str) -> list[str]:
    """Return the values of a cell that holds several, joined by semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]


_PARSERS: dict[Kind, Callable[[str, Column], _Value]] = {
    "date": _parse_date,
    "count": _parse_count,
    "number": _parse_number,
    "enum": _parse_enum,
    "ids": _parse_list,
    "sources": _parse_list,
}


def _to_series(cells: pa.ChunkedArray) -> pd.Series:
    return pd.Series(cells.to_pandas(), dtype="str")


def _undecodable(cells: pa.ChunkedArray) -> dict[int, str]:
    reason = 'is not UTF-8 text: save the file as "CSV UTF-8"'
    return dict.fromkeys(_numbers(pc.match_substring(cells, MARK)), reason)


def _several(cells: pa.ChunkedArray) -> dict[int, str]:
    return dict.fromkeys(_numbers(pc.match_substring(cells, ";")), "must be one id, without a semicolon")


def _blank(cells: pa.ChunkedArray) -> dict[int, str]:
    blank = pc.equal(pc.utf8_trim_whitespace(cells), pa.scalar(""))
    return dict.fromkeys(_numbers(blank), "must not be blank")


def _numbers(mask: pa.Array | pa.ChunkedArray) -> list[int]:
    """Return the numbers of the rows for which the mask is true."""
    return np.flatnonzero(mask.to_numpy()).tolist()
