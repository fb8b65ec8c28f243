"""The rows of a listing as the standalone map wants them: plain values, each said once."""

from collections.abc import Iterator
from typing import Any

from geodata.exports.columns import EXPORTED
from geodata.exports.listing import Listing
from geodata.incidents.dates import describe_interval
from geodata.tables.cells import split_list

_PLACE = ("name", "kind", "precision", "country", "admin1", "uncertainty_m", "source", "check", "note")


def map_rows(listing: Listing) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return the rows in their order, and the places that they are at by key."""
    places: dict[str, dict[str, Any]] = {}
    rows = [_row(row, places, listing) for batch in listing.batches() for row in _rows_of(batch)]
    return rows, places


def _rows_of(batch: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401, of Arrow's stubs
    yield from batch.select([*EXPORTED, "as_area"]).to_pylist()


def _row(row: dict[str, Any], places: dict[str, dict[str, Any]], listing: Listing) -> dict[str, Any]:
    earliest, latest = row["date_earliest"], row["date_latest"]
    return {
        "id": row["incident_id"],
        "at": _place_key(row, places, listing),
        "area": bool(row["as_area"]),
        "first": earliest and earliest.isoformat(),
        "last": latest and latest.isoformat(),
        "date": describe_interval(earliest, latest, row["date_precision"]),
        "event": (row["event_type"] or row["category"]).replace("_", " ").capitalize(),
        "killed": people(row, "killed"),
        "injured": people(row, "injured"),
        "answers": split_list(row["retaliates_for"]),
        "sources": split_list(row["sources"]),
        "actor": row["actor_name"] or "actor unknown",
    } | {name: row[name] for name in _TOLD}


_TOLD = (
    *("category", "side", "attribution", "attributed_by", "denied_by", "presumed_actor_name", "target", "summary"),
    *("known_to", "uncertainty_m", "location", "reason", "place", "country", "admin1", "flag", "flag_reason"),
)


def _place_key(row: dict[str, Any], places: dict[str, dict[str, Any]], listing: Listing) -> str:
    """Return the key of the row's place, its id or its own point, or blank; and keep the place."""
    if row["lon"] is None:
        return ""
    known = listing.gazetteer.places.get(row["place_id"])
    here = (round(row["lon"], 5), round(row["lat"], 5))
    at_place = known is not None and here == (round(known.lon, 5), round(known.lat, 5))
    key = row["place_id"] if at_place else f"{here[0]},{here[1]}"
    if key not in places:
        told = {name: getattr(known, name) for name in _PLACE} if known and at_place else None
        name = row["place_name"] or row["place"]
        places[key] = {"name": name, "kind": row["place_kind"], "lon": here[0], "lat": here[1], "told": told}
    return key


def people(row: dict[str, Any], what: str) -> str:
    """Return a number of people in words, blank when nothing is told; silence is not zero."""
    low, best, high = (row[f"{what}_{bound}"] for bound in ("low", "best", "high"))
    told = [number for number in (low, best, high) if number is not None]
    if not told:
        return ""
    if len(told) == 1 and best is None:
        return f"{'at least' if high is None else 'at most'} {told[0]}"
    return str(told[0]) if min(told) == max(told) else f"{min(told)}–{max(told)}"
