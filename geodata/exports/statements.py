"""What a row says in several parts, each part on its own: its sources, and who says what."""

from collections.abc import Iterator
from typing import Any

from geodata.tables.cells import split_list

SOURCE = ("incident_id", "source", "document", "line")
STATED = (
    *("incident_id", "sources", "actor", "actor_name", "presumed_actor_name"),
    *("attribution", "attributed_by", "denied_by"),
    *(f"{what}_{told}" for what in ("killed", "injured") for told in ("low", "best", "high", "said_by")),
)
"""The columns that this is told of."""
CLAIM = ("incident_id", "what", "said_by", "says")


def sources_of(row: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield one tuple of `SOURCE` for each source of a row."""
    for source in split_list(row["sources"]):
        document, _, line = source.rpartition(":")
        located = bool(document) and line.isascii() and line.isdigit()
        yield (row["incident_id"], source, document if located else "", line if located else "")


def claims_of(row: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield one tuple of `CLAIM` for each statement of a row by each who makes it: who did it, or not, at what cost."""
    own = row["incident_id"]
    actor = row["actor_name"] or "actor unknown"
    if row["attributed_by"] or row["actor"]:
        for sayer in split_list(row["attributed_by"]) or [""]:
            yield (own, row["attribution"], sayer, actor)
    if row["presumed_actor_name"]:
        yield (own, "presumed", "", row["presumed_actor_name"])
    for sayer in split_list(row["denied_by"]):
        yield (own, "denied", sayer, actor)
    for what in ("killed", "injured"):
        told = [row[f"{what}_{bound}"] for bound in ("low", "best", "high")]
        if any(number is not None for number in told):
            yield (own, what, row[f"{what}_said_by"], " / ".join("–" if n is None else str(n) for n in told))
