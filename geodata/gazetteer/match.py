"""The one place that a name certainly means, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geodata.gazetteer.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.gazetteer.index import How
    from geodata.gazetteer.places import Gazetteer, Place

MOST_CANDIDATES = 3
CERTAIN = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The place that a name means, and by what it was found; the score, up to 100, says how sure that is."""

    place: Place
    how: How
    score: float = CERTAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name might mean; the score, up to 100, says how similar the names are."""

    place_id: str
    name: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A name that does not mean exactly one place, with those that it might mean, likeliest first."""

    reason: Literal["unknown", "ambiguous", "blank"]
    candidates: tuple[Candidate, ...] = ()


def match_place(name: str, gazetteer: Gazetteer, *, country: str = "", admin1: str = "") -> Match | Refusal:
    """Return the place that bears the name, if it is exactly one.

    A name beats an alias, and both as written beat another spelling of either (`name_key`). A name that several
    places bear is refused, whatever their order; a similarity score only suggests.

    Parameters
    ----------
    country
        A place in another country is not meant.
    admin1
        Tells places of one name apart; it excludes nothing by itself, as provinces are named too variously.
    """
    if not name.strip():
        return Refusal(reason="blank")
    for how, ids in gazetteer.index.find(name):
        bearers = [gazetteer.places[place_id] for place_id in ids]
        places = _in_admin1(_in_country(bearers, country, gazetteer), admin1, gazetteer)
        if len(places) == 1:
            return Match(place=places[0], how=how)
        if places:
            return Refusal(reason="ambiguous", candidates=tuple(_candidate(place, CERTAIN) for place in places))
    similar = gazetteer.index.find_similar(name)[:MOST_CANDIDATES]
    return Refusal(reason="unknown", candidates=tuple(_candidate(gazetteer.places[i], score) for i, score in similar))


def _candidate(place: Place, score: float) -> Candidate:
    return Candidate(place_id=place.place_id, name=place.name, score=score)


def _in_country(places: Sequence[Place], country: str, gazetteer: Gazetteer) -> Sequence[Place]:
    if not country.strip():
        return places
    keys = _keys_of(country, gazetteer, kinds=("country",))
    return [place for place in places if not place.country or name_key(place.country) in keys]


def _in_admin1(places: Sequence[Place], admin1: str, gazetteer: Gazetteer) -> Sequence[Place]:
    """Return the only place in the province if there is one, and otherwise all."""
    keys = _keys_of(admin1, gazetteer, kinds=("province", "region"))
    inside = [place for place in places if place.admin1 and name_key(place.admin1) in keys]
    return inside if len(inside) == 1 else places


def _keys_of(name: str, gazetteer: Gazetteer, *, kinds: Iterable[str]) -> set[str]:
    """Return the keys of a name and of the areas of some kinds that bear it."""
    bearers = [gazetteer.places[place_id] for _, ids in gazetteer.index.find(name) for place_id in ids]
    return {name_key(name), *(name_key(place.name) for place in bearers if place.kind in kinds)}
