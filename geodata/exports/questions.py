"""A filter as JSON."""

from dataclasses import fields
from datetime import date
from typing import Any

from geodata.store.filters import IncidentFilter

_DAYS = ("start", "end")


def question_to_json(question: IncidentFilter) -> dict[str, Any]:
    """Return what a filter asks; what it leaves open is left out."""
    return {
        field.name: _plain(getattr(question, field.name))
        for field in fields(question)
        if getattr(question, field.name) != field.default
    }


def question_from_json(told: dict[str, Any]) -> IncidentFilter:
    """Return the filter that `question_to_json` was given."""
    return IncidentFilter(**{name: _value(name, value) for name, value in told.items()})


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return value.isoformat() if isinstance(value, date) else value


def _value(name: str, value: Any) -> Any:  # noqa: ANN401, whatever JSON holds
    if name in _DAYS:
        return date.fromisoformat(value)
    return frozenset(value) if isinstance(value, list) else value
