"""What the reader asked for, and its form in the page's address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import get_args
from urllib.parse import urlencode

from geodata.incidents.schema import Attribution, Category, EventType, Precision, Side
from geodata.store.filters import IncidentFilter
from geodata.store.queries import Order

OPENING = IncidentFilter(categories=frozenset({Category.KINETIC}))
ORDERS: tuple[Order, ...] = get_args(Order)
ANY = "any"
LONGEST_TEXT = 200
LONGEST_VALUE = 2000  # the name of a faction that is not listed is as long as its cell
MOST_VALUES = 1000

_SETS = {
    "side": "sides",
    "faction": "factions",
    "category": "categories",
    "type": "event_types",
    "country": "countries",
    "attribution": "attributions",
    "known_to": "known_to",
}
_WORDS: Mapping[str, frozenset[str]] = {
    "sides": frozenset(Side),
    "categories": frozenset(Category),
    "event_types": frozenset(EventType),
    "attributions": frozenset(Attribution),
    "known_to": frozenset(Precision),
}
_FLAGS = {"within": "within", "undated": "undated", "members": "members", "presumed": "presumed", "denied": "denied"}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that the address restores.

    Attributes
    ----------
    span
        The first and last day that timeline and slider show; None for all.
    incident
        The id of the selected incident, or blank.
    """

    question: IncidentFilter = OPENING
    order: Order = "newest"
    span: tuple[date, date] | None = None
    incident: str = ""


def to_address(view: View) -> dict[str, list[str]]:
    """Return the address parameters that restore `view`; what the page opens with is left out."""
    question, told = view.question, dict[str, list[str]]()
    for name in ("start", "end"):
        day = getattr(question, name)
        if day is not None:
            told[name] = [day.isoformat()]
    for name, field in _FLAGS.items():
        if getattr(question, field) != getattr(OPENING, field):
            told[name] = ["1" if getattr(question, field) else "0"]
    for name, field in _SETS.items():
        values = getattr(question, field)
        if values != getattr(OPENING, field):
            told[name] = sorted(values) or [ANY]
    told |= {"q": [question.text]} if question.text else {}
    told |= {"sort": [view.order]} if view.order != "newest" else {}
    told |= {"span": [day.isoformat() for day in view.span]} if view.span else {}
    return told | ({"incident": [view.incident]} if view.incident else {})


def to_query(question: IncidentFilter, *, table: str = "") -> str:
    """Return `question` as the query string that routes carry; of a reader's own table, with its token."""
    return urlencode(to_address(View(question=question)) | ({"table": [table]} if table else {}), doseq=True)


def from_address(parameters: Mapping[str, Iterable[str]]) -> View:
    """Return the view that an address asks for; whatever can't be understood is as if it were not there."""
    told = {name: [v for v in values if len(v) <= LONGEST_VALUE][:MOST_VALUES] for name, values in parameters.items()}
    first = {name: values[0] for name, values in told.items() if values}
    question = replace(
        OPENING,
        start=_day(first.get("start")),
        end=_day(first.get("end")),
        text=_text(first.get("q", "")),
        **{field: first[name] == "1" for name, field in _FLAGS.items() if first.get(name) in {"0", "1"}},
        **{
            field: values for name, field in _SETS.items() if (values := _values(field, told.get(name, []))) is not None
        },
    )
    order = next((o for o in ORDERS if o == first.get("sort")), "newest")
    return View(question=question, order=order, span=_span(told.get("span", [])), incident=first.get("incident", ""))


def _values(field: str, told: Sequence[str]) -> frozenset[str] | None:
    """Return a set as the address tells it, or None when it tells nothing that can be understood."""
    words = _WORDS.get(field)
    values = frozenset(told) if words is None else words.intersection(told)
    if ANY in told and getattr(OPENING, field):  # only where the page opens with a choice does it stand for none
        return values
    return values or None


def _text(told: str) -> str:
    return told.strip() if len(told) <= LONGEST_TEXT else ""


def _span(days: Sequence[str]) -> tuple[date, date] | None:
    first, last = (_day(day) for day in days) if len(days) == 2 else (None, None)  # noqa: PLR2004
    return (first, last) if first and last and first < last else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def narrowed(question: IncidentFilter) -> list[str]:
    """Return the fields of `question` that ask for less than everything, in the order of the sidebar."""
    everything = IncidentFilter()
    return [f.name for f in fields(question) if getattr(question, f.name) != getattr(everything, f.name)]
