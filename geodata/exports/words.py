"""A filter in words."""

from collections.abc import Iterable

from geodata.exports.listing import Listing
from geodata.incidents.dates import describe_interval
from geodata.incidents.schema import Location
from geodata.store.filters import IncidentFilter

_ORDERS = {
    "newest": "newest first",
    "oldest": "oldest first",
    "place": "by place",
    "actor": "by actor",
    "killed": "most killed first",
}


def describe_question(question: IncidentFilter) -> str:
    """Return what a filter asks for, in one line; everything that is not named is not narrowed."""
    told = [
        *_dates(question),
        *_who(question),
        *_any("category", question.categories),
        *_any("event type", question.event_types),
        *_any("country", question.countries),
        *_any("attribution", question.attributions),
        *_any("place known to", question.known_to),
        *(["denied by somebody"] if question.denied else []),
        *([f"with the words “{question.text}”"] if question.text else []),
    ]
    return "; ".join(told) or "all incidents"


def describe_order(listing: Listing) -> str:
    """Return the order of the rows in words."""
    return _ORDERS[listing.order]


def describe_listing(listing: Listing) -> list[tuple[str, str]]:
    """Return pairs of a subject and what is to be known of this list; its rows have been counted."""
    counts = [(location, listing.counts[location]) for location in Location]
    sums = " + ".join(f"{count} {location}" for location, count in counts)
    told = [
        ("Filter", describe_question(listing.question)),
        ("Order", describe_order(listing)),
        ("Rows", f"{listing.counts.total()} = {sums}"),
        ("Made", listing.made),
        ("Link", listing.link),
        ("Held back", describe_held(listing)),
        ("Made vaguer", f"to {listing.coarsening}; names are left as they are" if listing.coarsening else ""),
    ]
    return [(subject, words) for subject, words in told if words]


def describe_held(listing: Listing) -> str:
    """Return how many rows have been held back and why, blank when none."""
    return "; ".join(f"{count} {reason}" for reason, count in sorted(listing.held.items()))


def _dates(question: IncidentFilter) -> Iterable[str]:
    start, end = question.start, question.end
    if start and end:
        span = describe_interval(start, end, "day" if start == end else "range")
    elif start:
        span = f"from {describe_interval(start, start, 'day')}"
    else:
        span = f"until {describe_interval(end, end, 'day')}" if end else ""
    if span:
        yield f"{span}, {'surely within' if question.within else 'as far as known'}"
    if not question.undated:
        yield "without the undated"


def _who(question: IncidentFilter) -> Iterable[str]:
    named = [*sorted(question.sides), *sorted(question.factions)]
    if named:
        members = "" if question.members or not question.factions else " without members"
        yield f"by {' or '.join(named)}{members}{', also where presumed' if question.presumed else ''}"


def _any(called: str, values: frozenset[str]) -> Iterable[str]:
    if values:
        yield f"{called}: {' or '.join(value or 'none' for value in sorted(values))}"
