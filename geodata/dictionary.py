"""The data dictionary: every table, every column, and the words that it may hold."""

from collections.abc import Iterable, Iterator, Sequence

from geodata.actors import actors
from geodata.gazetteer import places
from geodata.incidents import documents, tallies
from geodata.incidents.schema import COLUMNS, DERIVED, EVENT_TYPES, GIVEN
from geodata.review.file import COLUMNS as DECIDED
from geodata.tables.column import Column, Kind

_KINDS: dict[Kind, str] = {
    "text": "text",
    "id": "id",
    "ids": "ids joined by “; ”",
    "sources": "sources joined by “; ”",
    "enum": "word",
    "date": "date, YYYY-MM-DD",
    "count": "whole number",
    "number": "number",
}
# More words than this are listed in a section of their own.
_MOST_WORDS = 20
_INTRODUCTION = """\
# Data dictionary

Written by `python -m geodata dictionary`; a test keeps it equal to the schema.

All tables are CSV in UTF-8 with commas. Several values in a cell are joined by “; ”.
A blank cell means unknown, never zero."""
_SECTIONS: Sequence[tuple[str, str, Sequence[Column]]] = (
    (
        "incidents.csv",
        "One row per event at one place. The bold columns must be there; without another, every row is unknown in it.",
        COLUMNS,
    ),
    (
        "Columns that a table from elsewhere may add",
        "Without a column `place_id`, the names `lon`, `lat`, `country` and `admin1` mean these.",
        GIVEN,
    ),
    (
        "Columns that are derived",
        "Exports have them. They are worked out anew when an export is read, which a column `place_id` tells.",
        DERIVED,
    ),
    ("geodata/incidents/data/documents.csv", "The documents that the incidents are taken from.", documents.COLUMNS),
    (
        "geodata/incidents/data/tallies.csv",
        "Totals that somebody reported; they overlap, and are never plotted or added up.",
        tallies.COLUMNS,
    ),
    ("geodata/gazetteer/data/places.csv", "Where places are.", places.PLACE_COLUMNS),
    ("geodata/gazetteer/data/aliases.csv", "Other names of places.", places.ALIAS_COLUMNS),
    ("geodata/actors/data/actors.csv", "Who acts.", actors.ACTOR_COLUMNS),
    ("geodata/actors/data/aliases.csv", "Other names of actors.", actors.ALIAS_COLUMNS),
    ("A file of decisions", "What a reader has decided about names and duplicates; see `docs/review.md`.", DECIDED),
)


def data_dictionary() -> str:
    """Return docs/data.md."""
    parts = [_INTRODUCTION, *(_section(*section) for section in _SECTIONS), _event_types()]
    return "\n\n".join(parts) + "\n"


def _section(title: str, note: str, columns: Iterable[Column]) -> str:
    return "\n".join([f"## {title}", "", note, "", "| column | holds | meaning |", "|---|---|---|", *_rows(columns)])


def _rows(columns: Iterable[Column]) -> Iterator[str]:
    for column in columns:
        name = f"**`{column.name}`**" if column.required else f"`{column.name}`"
        words = (
            f": {', '.join(f'`{word}`' for word in column.words)}"
            if len(column.words) <= _MOST_WORDS
            else ", see below"
        )
        holds = _KINDS[column.kind] + (words if column.kind == "enum" else "")
        yield f"| {name} | {holds} | {column.meaning}{' Never blank.' if column.filled else ''} |"


def _event_types() -> str:
    lines = [f"- `{category}`: {', '.join(f'`{word}`' for word in types)}" for category, types in EVENT_TYPES.items()]
    return "\n".join(["## Event types by category", "", *lines])
