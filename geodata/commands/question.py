"""The filter of the dashboard as arguments of the command line."""

import argparse
import difflib
from collections.abc import Callable, Iterable
from datetime import date
from typing import get_args

from geodata.actors.actors import ActorMatch, Actors
from geodata.errors import GeodataError, shown
from geodata.gazetteer.index import Named, NameIndex
from geodata.gazetteer.places import Gazetteer, PlaceKind
from geodata.incidents.schema import Attribution, Category, EventType, Precision, Side
from geodata.store.engine import Store
from geodata.store.filters import IncidentFilter
from geodata.store.queries import Order

ORDERS: tuple[Order, ...] = get_args(Order)
_SUGGESTED = 3


def add_question(parser: argparse.ArgumentParser) -> None:
    """Add all that the dashboard's filter can ask; without any, everything is asked for."""
    asked = parser.add_argument_group("filter", "Options of different names narrow; one given several times widens.")
    asked.add_argument("--start", type=_day, metavar="DAY", help="first day, like 2024-02-02")
    asked.add_argument("--end", type=_day, metavar="DAY", help="last day, included")
    asked.add_argument("--within", action="store_true", help="only what surely lies between the two days")
    asked.add_argument("--no-undated", dest="undated", action="store_false", help="leave out what has no date")
    asked.add_argument("--faction", action="append", default=[], metavar="NAME", help="an actor's id, name or alias")
    asked.add_argument("--no-members", dest="members", action="store_false", help="not those under its umbrella")
    asked.add_argument("--presumed", action="store_true", help="also where the faction is only presumed")
    asked.add_argument("--denied", action="store_true", help="only what somebody denies")
    asked.add_argument("--country", action="append", default=[], metavar="NAME", help='a country; "" for in none')
    for option, words in (
        ("--side", Side),
        ("--category", Category),
        ("--event-type", EventType),
        ("--attribution", Attribution),
        ("--known-to", Precision),
    ):
        told = f"one of {', '.join(words)}"
        asked.add_argument(option, action="append", default=[], type=_word(words), metavar="WORD", help=told)
    asked.add_argument("--text", default="", metavar="WORDS", help="words that must all occur in the row")
    asked.add_argument("--order", choices=ORDERS, default="newest", help="order of the rows; default: newest")


def to_question(arguments: argparse.Namespace, *, store: Store, gazetteer: Gazetteer, actors: Actors) -> IncidentFilter:
    """Return the filter that the arguments ask for.

    Raises
    ------
    GeodataError
        If a faction or country is not known, naming those with the most similar names; or the days are the wrong
        way round.
    """
    if arguments.start and arguments.end and arguments.start > arguments.end:
        raise GeodataError(f"--start {arguments.start} is after --end {arguments.end}: exchange them")
    countries = _countries(gazetteer, store.codes["country"])
    return IncidentFilter(
        start=arguments.start,
        end=arguments.end,
        within=arguments.within,
        undated=arguments.undated,
        sides=frozenset(arguments.side),
        factions=frozenset(find_faction(name, actors, _named(store)) for name in arguments.faction),
        members=arguments.members,
        presumed=arguments.presumed,
        categories=frozenset(arguments.category),
        event_types=frozenset(arguments.event_type),
        countries=frozenset(_find(name, countries, "country") if name.strip() else "" for name in arguments.country),
        attributions=frozenset(arguments.attribution),
        known_to=frozenset(arguments.known_to),
        denied=arguments.denied,
        text=arguments.text.strip(),
    )


def find_faction(name: str, actors: Actors, named: Iterable[str]) -> str:
    """Return what `IncidentFilter.factions` holds for a faction.

    Parameters
    ----------
    name
        Its id, name or alias, in any case; or the name of an unlisted actor as a row writes it.
    named
        The factions that rows name.

    Raises
    ------
    GeodataError
        If there is no such faction, or several.
    """
    folded = name.strip().casefold()
    own = {known.casefold(): known for known in (*named, *actors.by_id) if known}
    if folded in own:
        return own[folded]
    found = actors.match(name)
    if isinstance(found, ActorMatch):
        return found.actor.actor_id
    near = [candidate.actor_id for candidate in found.candidates]
    raise GeodataError(_refusal("faction", name, near or _similar(folded, own), ambiguous=found.reason == "ambiguous"))


def _named(store: Store) -> tuple[str, ...]:
    return (*store.codes["actor"], *store.codes["presumed"])


def _countries(gazetteer: Gazetteer, written: Iterable[str]) -> NameIndex:
    listed = [place for place in gazetteer.places.values() if place.kind == PlaceKind.COUNTRY]
    known = {place.name: (place.place_id, *(alias.alias for alias in place.aliases)) for place in listed}
    return NameIndex(Named(id=name, name=name, aliases=known.get(name, ())) for name in {*written, *known} if name)


def _find(name: str, index: NameIndex, called: str) -> str:
    for _, found in index.find(name):
        if len(found) == 1:
            return found[0]
        raise GeodataError(_refusal(called, name, found, ambiguous=True))
    near = [found for found, _ in index.find_similar(name)[:_SUGGESTED]]
    raise GeodataError(_refusal(called, name, near, ambiguous=False))


def _refusal(called: str, name: str, near: Iterable[str], *, ambiguous: bool) -> str:
    candidates = ", ".join(near)
    if ambiguous:
        return f"'{shown(name)}' may be any of {candidates}: say which"
    return f"no {called} is called '{shown(name)}'" + (f": perhaps {candidates}" if candidates else "")


def _similar(folded: str, own: dict[str, str]) -> list[str]:
    return [own[near] for near in difflib.get_close_matches(folded, own, n=_SUGGESTED)]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{shown(text)}' must be a date like 2024-05-31") from None


def _word(words: Iterable[str]) -> Callable[[str], str]:
    """Return a reader of one of the words, in any case and with any of space, hyphen and underscore."""
    known = {_plain(word): word for word in words}

    def read(text: str) -> str:
        if (word := known.get(_plain(text))) is not None:
            return str(word)
        near = _similar(_plain(text), known)
        hint = f" (perhaps {near[0]})" if near else ""
        raise argparse.ArgumentTypeError(f"'{shown(text)}' must be one of {', '.join(known.values())}{hint}")

    return read


def _plain(word: str) -> str:
    return word.strip().casefold().replace("-", "_").replace(" ", "_")
