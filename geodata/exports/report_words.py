"""A row and a list in the words of a report."""

from typing import Any

from geodata.exports.listing import Listing
from geodata.exports.map_rows import people
from geodata.exports.overview import MOST_LISTED, Overview, Times
from geodata.exports.statements import sources_of
from geodata.exports.words import describe_listing
from geodata.incidents.dates import describe_interval

HEADER = ("Date", "Place", "What happened", "Who, and who says so", "Killed", "Sources")
NOT_TOLD = "–"
_WHERE = {
    "district": "around",
    "province": "somewhere in",
    "region": "somewhere in",
    "country": "somewhere in",
}


def to_cells(row: dict[str, Any]) -> tuple[str, ...]:
    """Return a row under `HEADER`; the paragraphs of a cell are parted by line breaks."""
    event = str(row["event_type"] or row["category"]).replace("_", " ").capitalize()
    return (
        describe_interval(row["date_earliest"], row["date_latest"], row["date_precision"]),
        _place(row),
        f"{event}\n{row['summary']}".strip(),
        _who(row),
        people(row, "killed") or NOT_TOLD,
        _sources(row),
    )


def describe_made(listing: Listing) -> str:
    """Return in a line what was counted, left out and changed, and when."""
    told = dict(describe_listing(listing))
    parts = [
        ("Rows", ""),
        ("Order", ""),
        ("Held back", "held back: "),
        ("Made vaguer", "made vaguer: "),
        ("Made", "made "),
    ]
    return " · ".join(before + told[name] for name, before in parts if name in told)


def _place(row: dict[str, Any]) -> str:
    if row["location"] == "unplaced":
        return f"“{row['place']}”, not on the map: {row['reason']}"
    where = _WHERE.get(row["known_to"], "")
    return f"{where} {row['place_name'] or row['place']}".strip()


def _who(row: dict[str, Any]) -> str:
    said = f"{row['attribution']}{' by ' + row['attributed_by'] if row['attributed_by'] else ''}"
    told = [f"{row['actor_name']}: {said}" if row["actor_name"] else "nobody named"]
    told += [f"presumed: {row['presumed_actor_name']}"] if row["presumed_actor_name"] else []
    told += [f"denied by {row['denied_by']}"] if row["denied_by"] else []
    return "; ".join(told)


def _sources(row: dict[str, Any]) -> str:
    """Return the sources, each document once: ``document:3, 7; other``."""
    lines: dict[str, list[str]] = {}
    for _, source, document, line in sources_of(row):
        lines.setdefault(document or source, []).extend([line] if document else [])
    return "; ".join(f"{document}:{', '.join(told)}" if told else document for document, told in lines.items())


def describe_list(overview: Overview) -> str:
    """Return how much of the list is told."""
    return f"the first {MOST_LISTED} of {overview.total:,}" if overview.total > MOST_LISTED else f"{overview.total:,}"


def describe_times(times: Times) -> str:
    """Return what bars don't show, blank when they show all."""
    told = [f"{times.beside:,} known to more than a {times.step} only"] if times.beside else []
    told += [f"{times.undated:,} undated"] if times.undated else []
    return f"Not drawn: {' and '.join(told)}." if told else ""
