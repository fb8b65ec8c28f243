"""Which column of a table means what: guessed, corrected by the reader, and remembered as a small file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_args

from geodata.errors import GeodataError, shown
from geodata.incidents.schema import Category

DateOrder: TypeAlias = Literal["", "day first", "month first"]

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "incident_id": "names the row for ever",
        "date": "the day, or days, or month, or year",
        "date_earliest": "the first day on which it may have happened",
        "date_latest": "the last day on which it may have happened",
        "year": "the year",
        "month": "the month, a number or name",
        "day": "the day of the month",
        "place": "the name of the place",
        "place_precision": "how finely the place is known",
        "lat": "latitude in degrees",
        "lon": "longitude in degrees",
        "coordinates": "latitude and longitude in one cell",
        "country": "the country",
        "admin1": "the province",
        "actor": "who did it",
        "presumed_actor": "who is presumed to have done it",
        "attribution": "claimed, attributed, alleged or unknown",
        "attributed_by": "who says so",
        "denied_by": "who denies it",
        "target": "what was attacked",
        "category": "kinetic, deployment, political or threat",
        "event_type": "what happened",
        "weapon": "by what means",
        "killed": "the number killed",
        "killed_low": "at least so many killed",
        "killed_high": "at most so many killed",
        "injured": "the number injured",
        "injured_low": "at least so many injured",
        "injured_high": "at most so many injured",
        "summary": "what happened, a sentence",
        "sources": "where it is told",
    }
)
"""What a column may mean, and what that is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """How a table of unknown make is read.

    Attributes
    ----------
    columns
        The name of the table's column by what it means, one of `FIELDS`.
    date_order
        What 03/04/2024 means; blank: such a date is not guessed.
    category
        That of rows that don't say theirs.
    """

    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    date_order: DateOrder = ""
    category: Category = Category.KINETIC

    def to_text(self) -> str:
        """Return the mapping as it is kept in a file."""
        told = {"columns": dict(self.columns), "date_order": self.date_order, "category": self.category}
        return json.dumps(told, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_bytes(cls, content: bytes, name: str) -> "ColumnMapping":
        """Return the mapping that a file of these bytes holds; a mark at its beginning is passed over.

        Raises
        ------
        GeodataError
            As `from_text`.
        """
        return cls.from_text(content.decode("utf-8-sig", "replace"), name)

    @classmethod
    def from_text(cls, text: str, name: str = "mapping") -> "ColumnMapping":
        """Return the mapping that a file holds.

        Raises
        ------
        GeodataError
            If it holds none, with the first thing that is wrong.
        """
        try:
            told = json.loads(text)
        except ValueError as error:
            raise GeodataError(f"{name}: is no mapping, which is written in JSON: {error}") from error
        if not isinstance(told, dict):
            raise GeodataError(f"{name}: is no mapping: it must be a JSON object with `columns`")
        return _checked(cls(), told, name)  # pyright: ignore[reportUnknownArgumentType]

    def with_column(self, meaning: str, column: str) -> "ColumnMapping":
        """Return the mapping with one column corrected; a blank one is not read."""
        rest = {known: name for known, name in self.columns.items() if known != meaning}
        return replace(self, columns=rest | ({meaning: column} if column else {}))


def _checked(mapping: ColumnMapping, told: Mapping[str, Any], name: str) -> ColumnMapping:
    for key, words in (("date_order", get_args(DateOrder)), ("category", tuple(Category))):
        if told.get(key, words[0]) not in words:
            raise GeodataError(f"{name}: {key} must be one of {', '.join(repr(str(w)) for w in words)}")
    unknown = sorted(told.keys() - {"columns", "date_order", "category"})
    columns: Any = told.get("columns", {})
    if not isinstance(columns, dict):
        raise GeodataError(f"{name}: `columns` must be a JSON object")
    unknown += sorted(columns.keys() - FIELDS.keys())
    if unknown:
        raise GeodataError(f"{name}: nothing is called '{shown(unknown[0])}': it must be one of {', '.join(FIELDS)}")
    return replace(
        mapping,
        columns={str(key): str(column) for key, column in columns.items() if column},
        date_order=told.get("date_order", ""),
        category=Category(told.get("category", Category.KINETIC)),
    )
