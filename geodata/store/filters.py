"""The one filter: map, table, counts, link and download all ask with it."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Literal, TypeAlias
from unicodedata import combining, normalize

from geodata.store.engine import Store, Table, Value

End: TypeAlias = Literal["start", "end"]
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFilter:
    """A question asked of the incidents; the default asks for everything.

    Facets are joined by AND, the values inside one by OR, and an empty facet asks nothing.

    Attributes
    ----------
    start, end
        Days, both included; ``None`` leaves that end open. An incident known only to within an interval
        is kept when the interval overlaps (`within=False`) or lies inside (`within=True`).
    undated
        Keep incidents without a date. They match no interval, so this alone decides about them.
    sides, factions
        One facet: an incident is kept when its side is among `sides` or its actor among `factions` (actor ids, or
        the name as written of an actor that is not listed). `members` adds every descendant of a chosen faction,
        `presumed` also keeps an incident whose actor is only presumed to be one of them.
    categories, event_types, attributions, known_to
        Values of the schema's vocabularies.
    countries
        English short names as in the gazetteer; ``""`` stands for incidents without a country.
    denied
        Keep only incidents that somebody denies.
    text
        Words that must all occur in the texts of a row, whatever their case and accents.
    """

    start: date | None = None
    end: date | None = None
    within: bool = False
    undated: bool = True
    sides: frozenset[str] = frozenset()
    factions: frozenset[str] = frozenset()
    members: bool = True
    presumed: bool = False
    categories: frozenset[str] = frozenset()
    event_types: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    attributions: frozenset[str] = frozenset()
    known_to: frozenset[str] = frozenset()
    denied: bool = False
    text: str = ""


EVERYTHING = IncidentFilter()


def fold_text(text: str) -> str:
    """Return `text` in lower case without accents, as the store's `search` column holds it."""
    return "".join(c for c in normalize("NFD", text.lower()) if not combining(c))


def day_number(day: date) -> int:
    """Return the days from 1970-01-01 to `day`, as `first_day` and `last_day` count them."""
    return (day - EPOCH).days


def matching(store: Store, question: IncidentFilter, table: str = "incidents") -> Table:
    """Return the expression of the incidents that `question` keeps, of all or of those in another `table`."""
    incidents = store.table(table)
    conditions = _conditions(store, incidents, question)
    return incidents.filter(reduce(and_, conditions)) if conditions else incidents


def numbers_of(
    store: Store, question: IncidentFilter, end: End | None = None, *, first: int = 0, last: int = 0
) -> Table:
    """Return what `question` keeps as an expression of numbers: of the table of numbers, where no text is asked.

    Parameters
    ----------
    end, first, last
        Only the rows which a move of this end of the dates would leave behind, or meet, at one of these days.
    """
    kept = matching(store, question, "incidents" if question.text else "numbers")
    return kept.filter(_ends(kept, question)[end].between(first, last)) if end else kept


def _conditions(store: Store, incidents: Table, question: IncidentFilter) -> list[Value]:
    facets = {
        "category": question.categories,
        "event_type": question.event_types,
        "attribution": question.attributions,
        "known_to": question.known_to,
        "country": question.countries,
    }
    conditions = [
        incidents[f"{name}_no"].isin(store.numbers(name, values)) for name, values in facets.items() if values
    ]
    if question.sides or question.factions:
        conditions.append(_responsible(store, incidents, question))
    if question.denied:
        conditions.append(incidents.denied)
    conditions += [incidents.search.contains(word) for word in fold_text(question.text).split()]
    return conditions + _dates(incidents, question)


def _responsible(store: Store, incidents: Table, question: IncidentFilter) -> Value:
    factions = question.factions
    if question.members:
        factions = factions.union(*(store.members.get(faction, frozenset()) for faction in factions))
    kept = incidents.side_no.isin(store.numbers("side", question.sides))
    kept |= incidents.actor_no.isin(store.numbers("actor", factions))
    if question.presumed:
        kept |= incidents.presumed_no.isin(store.numbers("presumed", factions))
    return kept


def _ends(incidents: Table, question: IncidentFilter) -> dict[End, Value]:
    """Return the days of an incident that the start and the end of a question are held against."""
    if question.within:
        return {"start": incidents.first_day, "end": incidents.last_day}
    if question.undated:  # it has every day, so that the engine need not look for a date that is missing
        return {"start": incidents.to_day, "end": incidents.from_day}
    return {"start": incidents.last_day, "end": incidents.first_day}


def _dates(incidents: Table, question: IncidentFilter) -> list[Value]:
    ends = _ends(incidents, question)
    bounds: list[Value] = []
    if question.end is not None:
        bounds.append(ends["end"] <= day_number(question.end))
    if question.start is not None:
        bounds.append(ends["start"] >= day_number(question.start))
    if not question.undated:
        return [*bounds, incidents.first_day.notnull()]
    if question.within and bounds:
        return [reduce(and_, bounds) | incidents.first_day.isnull()]
    return bounds
