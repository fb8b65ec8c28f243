"""Any table, by a mapping of its columns."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import InvalidTableError, Problem, shown
from geodata.formats.cells import Cells
from geodata.formats.column_dates import dates_of
from geodata.formats.mapping import ColumnMapping
from geodata.formats.quantities import UNKNOWN, read_coordinates, read_degrees, read_quantity
from geodata.formats.translation import Columns, Flags
from geodata.formats.words import CATEGORY_OF, EVENT_NAMES, WEAPON_NAMES, fold_words, words_of
from geodata.incidents.schema import Attribution, Category, Precision
from geodata.tables.header import Header

_TEXTS = ("place", "presumed_actor", "denied_by", "target")
_WHERE = ("place", "lat", "coordinates", "country", "admin1")
_BOUNDS = ("low", "best", "high")
_TABLE = "the table"
_CLAIMED_BY = "claimed by"
_NO_TABLE = "this is no table: its first line must name several columns, separated by commas, semicolons, tabs or bars"
_UNKNOWN_WORD = "is no word that is known here: it is kept as written in the summary"


class MappedColumns:
    """Reads the blocks of one table, in their order; ids that it makes up count equal rows."""

    def __init__(self, mapping: ColumnMapping, name: str) -> None:
        self._columns, self._mapping = mapping.columns, mapping
        self._source = name.replace(";", ",")
        self._made: Counter[str] = Counter()

    def translate(self, cells: Cells) -> Columns:
        """Return the rows in our columns; what has no column of ours is in the summary."""
        flags = Flags(len(cells))
        dates, undated = dates_of(cells, self._mapping, flags)
        events, unknown_words = self._events(cells)
        numbers, unknown_numbers = self._numbers(cells, flags)
        texts = {name: self._text(cells, name) for name in _TEXTS}
        sources = cells.listed(self._columns.get("sources", ""))
        return {
            "incident_id": self._ids(cells),
            **texts,
            **dates,
            **events,
            **numbers,
            **self._actor(cells),
            **self._point(cells),
            "place_precision": self._word(cells, "place_precision", words_of(Precision)),
            "given_country": self._text(cells, "country"),
            "given_admin1": self._text(cells, "admin1"),
            "summary": _say(self._text(cells, "summary"), [undated, *unknown_words, *unknown_numbers]),
            "sources": sources.where(sources != "", self._source),
            **flags.columns,
        }

    def _text(self, cells: Cells, meaning: str) -> pd.Series:
        return cells.text(self._columns.get(meaning, ""))

    def _ids(self, cells: Cells) -> pd.Series:
        """Return the table's ids; where it has none, one made of all that the row says."""
        own = cells.ids(self._columns.get("incident_id", ""))
        if not (own == "").any():
            return own
        columns: Any = cells.block.cells.columns
        rows: list[str] = pc.binary_join_element_wise(*columns, pa.scalar("\x1f")).to_pylist()
        return own.where(own != "", pd.Series([self._make_id(row) for row in rows], dtype="str"))

    def _make_id(self, row: str) -> str:
        digest = hashlib.blake2b(row.encode(), digest_size=6).hexdigest()
        self._made[digest] += 1
        return f"ROW-{digest}" + (f"-{self._made[digest]}" if self._made[digest] > 1 else "")

    def _word(self, cells: Cells, meaning: str, words: Mapping[str, str]) -> pd.Series:
        """Return the word of ours that the cell means; one that is not known is remarked."""

        def parse(text: str) -> str:
            if text and fold_words(text) not in words:
                raise ValueError(_UNKNOWN_WORD)
            return words[fold_words(text)] if text else ""

        return cells.parse(self._columns.get(meaning, ""), parse, "str")

    def _events(self, cells: Cells) -> tuple[Columns, list[pd.Series]]:
        kind, weapon = self._word(cells, "event_type", EVENT_NAMES), self._word(cells, "weapon", WEAPON_NAMES)
        category = self._word(cells, "category", words_of(Category))
        implied = kind.map(CATEGORY_OF).fillna(self._mapping.category).astype("str")
        category = category.where(category != "", implied)
        fits = (kind == "") | (kind.map(CATEGORY_OF).fillna("").astype("str") == category)
        told = [
            self._unread(cells, name, known)
            for name, known in (("event_type", kind.where(fits, "")), ("weapon", weapon))
        ]
        return {"category": category, "event_type": kind.where(fits, ""), "weapon": weapon}, told

    def _numbers(self, cells: Cells, flags: Flags) -> tuple[Columns, list[pd.Series]]:
        columns: dict[str, pd.Series] = {}
        unread: list[pd.Series] = []
        for what in ("killed", "injured"):
            told = cells.parse_several(self._columns.get(what, ""), read_quantity, UNKNOWN, "Int64")
            bounds = dict(zip(_BOUNDS, told, strict=True))
            for bound in ("low", "high"):
                low, best, high = cells.parse_several(
                    self._columns.get(f"{what}_{bound}", ""), read_quantity, UNKNOWN, "Int64"
                )
                own = best.fillna(low if bound == "low" else high)
                bounds[bound] = own.fillna(bounds[bound])
            flags.add_estimates(*bounds.values(), what=f"the {what}")
            known = pd.concat(list(bounds.values()), axis="columns").notna().any(axis="columns")
            columns |= {f"{what}_{bound}": number for bound, number in bounds.items()}
            columns[f"{what}_said_by"] = pd.Series(np.where(known, _TABLE, ""), dtype="str")
            unread.append(self._unread(cells, what, columns[f"{what}_said_by"]))
        return columns, unread

    def _unread(self, cells: Cells, meaning: str, known: pd.Series) -> pd.Series:
        """Return what a cell says that could not be understood, with the name of its column."""
        written = self._text(cells, meaning)
        return written.where((known == "") & (written != ""), "").map(
            lambda text: f"{self._columns[meaning]}: {text}" if text else ""
        )

    def _actor(self, cells: Cells) -> Columns:
        actor, by = self._text(cells, "actor"), self._text(cells, "attributed_by")
        told = self._word(cells, "attribution", words_of(Attribution))
        claimed = fold_words(self._columns.get("actor", "")) == _CLAIMED_BY
        implied = Attribution.CLAIMED if claimed else Attribution.ATTRIBUTED
        attribution = told.where((told != "") | (actor == ""), implied)
        says = actor if claimed else pd.Series(_TABLE, index=actor.index, dtype="str")
        said = (attribution != "") & (attribution != Attribution.UNKNOWN)
        return {
            "actor": actor,
            "attribution": attribution.where(attribution != "", Attribution.UNKNOWN),
            "attributed_by": by.where((by != "") | ~said, says),
        }

    def _point(self, cells: Cells) -> Columns:
        lat, lon = (cells.parse(self._columns.get(axis, ""), read_degrees, "float64") for axis in ("lat", "lon"))
        name = self._columns.get("coordinates", "")
        both = cells.parse_several(name, read_coordinates, (None, None), "float64")
        lat, lon = lat.fillna(both[0]), lon.fillna(both[1])
        half = lat.isna() != lon.isna()
        cells.remark(half, self._columns.get("lat", name), "only one of the two degrees is known: the row has no point")
        return {"given_lat": lat.mask(half), "given_lon": lon.mask(half)}


def refuse_unmappable(mapping: ColumnMapping, header: Header, name: str) -> None:
    """Return if the table has the columns that the mapping names, and enough of them to be one.

    Raises
    ------
    InvalidTableError
        If it does not.
    """
    names = [column for column in header.names if column]
    if len(names) == 1 and not mapping.columns:
        raise InvalidTableError(name, [Problem(line=header.line, column=names[0], value=names[0], reason=_NO_TABLE)])
    absent = [column for column in mapping.columns.values() if column not in names]
    if absent:
        has = shown(", ".join(names))
        reason = "the mapping names this column, but the table does not have it: correct the mapping"
        problems = [Problem(line=header.line, column=column, reason=f"{reason} (it has: {has})") for column in absent]
        raise InvalidTableError(name, problems)


def find_faults(mapping: ColumnMapping, header: Header) -> tuple[Problem, ...]:
    """Return the columns that are not read, and whether ids are made up."""
    names = [column for column in header.names if column]
    unread = [column for column in names if column not in mapping.columns.values()]
    reason = "no column of ours is known for it: it is not read unless a mapping says more"
    found = [Problem(line=header.line, column=column, value=column, reason=reason) for column in unread]
    if "incident_id" not in mapping.columns:
        made = "no column names the rows: their ids are made of what the row says, and change when that does"
        found.append(Problem(line=header.line, reason=made))
    return tuple(found)


def refuse_without_place(mapping: ColumnMapping, header: Header, name: str) -> None:
    """Return if any column says where.

    Raises
    ------
    InvalidTableError
        If none does.
    """
    if not any(meaning in mapping.columns for meaning in _WHERE):
        has = shown(", ".join(column for column in header.names if column))
        reason = "no column is known to say where it happened: say with a mapping which is the place, or lat and lon"
        raise InvalidTableError(name, [Problem(line=header.line, reason=f"{reason} (the header has: {has})")])


def _say(summary: pd.Series, more: Iterable[pd.Series]) -> pd.Series:
    """Return the summary with what could not be understood, as written."""
    for part in more:
        summary = summary.where(part == "", (summary + " [" + part + "]").str.strip())
    return summary
