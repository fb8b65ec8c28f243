"""Every sentence and label of the review."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard import text
from geodata.actors.actors import Actor
from geodata.gazetteer.place import Place
from geodata.incidents.dates import describe_interval
from geodata.review.decisions import Decision
from geodata.store.doubtful import DoubtfulName, Doubts, Suggestion
from geodata.store.duplicates import Pair

WHY_REVIEW = (
    "Names that mean no place or actor for certain, and incidents that may be told twice. You decide; what you decide "
    "is a file that you can keep and hand in again."
)


def doubts(counted: Doubts, shown: int) -> str:
    """Return how many names are in doubt, and how many of them are listed."""
    told = f"{text.plural(counted.names, 'name')} in doubt, in {text.plural(counted.rows, 'row')}"
    return told if shown >= counted.names else f"{told}; {text.number(shown)} to decide about, most frequent first"


def doubtful_name(name: DoubtfulName) -> str:
    """Return a name in doubt as Markdown of a line in a list."""
    where = ", ".join(filter(None, (name.admin1, name.country)))
    told = f"{text.plain(name.name)} :gray[{text.plain(where)}]" if where else text.plain(name.name)
    return f"{told} :gray[{text.number(name.rows)}]"


def doubt(name: DoubtfulName) -> str:
    """Return what is in doubt about a name, as HTML."""
    return f'<b dir="auto">{escape(name.name)}</b><div class="quiet">{escape(name.reason)}</div>'


def candidate(position: int, suggestion: Suggestion, place: Place | None) -> str:
    """Return a place that a name may mean, as Markdown of a button."""
    where = place_choice(place) if place else suggestion.name
    return f"**{position}** {text.plain(where)} :gray[{suggestion.score:.0f} % alike]"


def place_choice(place: Place) -> str:
    """Return a place as it is told apart from others of its name."""
    where = ", ".join(filter(None, (text.words(place.kind).lower(), place.admin1, place.country)))
    return f"{place.name} ({where})"


def actor_candidate(suggestion: Suggestion, actor: Actor | None) -> str:
    """Return an actor that a name may mean, as Markdown of a button."""
    side = f" :gray[{text.SIDES[actor.side]}]" if actor else ""
    return f"{text.plain(suggestion.name)}{side} :gray[{suggestion.score:.0f} % alike]"


def decision(decided: Decision, targets: Sequence[str]) -> str:
    """Return what the reader has decided, as HTML."""
    target = ", ".join(targets) or decided.target
    told = {
        "accept": f"means {target}",
        "point": f"is at {decided.lat}, {decided.lon}, known to the {decided.precision}",
        "leave": "is left as it is",
        "same": f"{decided.target}: may be the same event",
        "distinct": f"{decided.target}: two events",
    }[decided.decision]
    where = ", ".join(filter(None, (decided.admin1, decided.country)))
    name = f"<b>{escape(decided.name)}</b> " if decided.name else ""
    note = f" · {escape(decided.note)}" if decided.note else ""
    return f'{name}<span class="quiet">{escape(where)}</span> {escape(told)}{note}'


def waiting(decided: int, waiting: int) -> str:
    """Return how many decisions there are that the map does not follow yet."""
    if waiting:
        return f"{text.plural(waiting, 'decision')} to apply"
    return f"The map follows {text.plural(decided, 'decision')}." if decided else ""


def pairs(count: int, shown: int) -> str:
    """Return how many pairs may be told twice, and how many of them are listed."""
    told = f"{text.plural(count, 'pair')} of incidents that may be one event. Nothing is removed: both stay and count."
    return told if shown >= count else f"{told} The {text.number(shown)} likeliest:"


def pair(found: Pair, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return two incidents that may be one, and why, as HTML."""
    told = "".join(
        f"<div><b>{escape(row['incident_id'])}</b> "
        f"{escape(describe_interval(row['date_earliest'], row['date_latest'], row['date_precision']))} · "
        f"{escape(row['place_name'] or row['place'])} · {escape(row['summary'])}</div>"
        for row in rows
    )
    return f'{told}<div class="quiet">{escape(", ".join(found.reasons))}</div>'
