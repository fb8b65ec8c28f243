"""The one place that a name certainly means, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from geodata.gazetteer.alike import Alike, find_alike, find_contained, find_described, find_towns, is_same
from geodata.gazetteer.index import How
from geodata.gazetteer.likeness import BY_SOUND, BY_WORDS
from geodata.gazetteer.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.gazetteer.place import Place
    from geodata.gazetteer.places import Gazetteer

MatchedBy: TypeAlias = How | Literal["likeness", "town"]

MOST_CANDIDATES = 3
CERTAIN = 100.0
_TOWN_SCORE, _SOUNDING_SCORE, _CONTAINED_SCORE, _DESCRIBED_SCORE = 90.0, 85.0, 80.0, 70.0
_LONGEST_NAME = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The place that a name means, and by what it was found; the score, up to 100, says how sure that is."""

    place: Place
    how: MatchedBy
    score: float = CERTAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name might mean; the score, up to 100, says how similar the names are."""

    place_id: str
    name: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A name that does not certainly mean one place, with those that it might mean, likeliest first.

    Attributes
    ----------
    reason
        "town" if only a town of the second tier bears the name, and nothing says in which country.
    """

    reason: Literal["unknown", "ambiguous", "town", "blank"]
    candidates: tuple[Candidate, ...] = ()


def match_place(name: str, gazetteer: Gazetteer, *, country: str = "", admin1: str = "") -> Match | Refusal:
    """Return the place that the name means, if it is certainly one.

    A name beats an alias, and both as written beat another spelling of either (`name_key`). Where nobody bears the
    name, what sounds like it and says the same sort of place and surroundings is meant if it is one alone
    (`find_alike`). Then the second tier is asked, `gazetteer.towns`: its towns are meant only if the row or the name
    itself says in which country or province they lie. A name that means several places is refused, whatever their
    order; any other similarity only suggests.

    Parameters
    ----------
    country
        A place in another country is not meant.
    admin1
        Tells places of one name apart; it excludes nothing by itself, as provinces are named too variously.
    """
    if not name.strip():
        return Refusal(reason="blank")

    def keep(places: Sequence[Place]) -> Sequence[Place]:
        return _in_admin1(_in_country(places, country, gazetteer), admin1, gazetteer)

    for how, ids in gazetteer.index.find(name):
        if places := keep([gazetteer.places[place_id] for place_id in ids]):
            return _decide(places, how, CERTAIN)
    if len(name) > _LONGEST_NAME or not name_key(name):
        return Refusal(reason="unknown")
    towns, told = find_towns(name, gazetteer, keep)
    if alike := find_alike(name, gazetteer, keep):
        return _match_alike(alike, towns, gazetteer)
    if len(towns) == 1 and (told or country.strip() or _is_in_admin1(towns[0], admin1, gazetteer)):
        return Match(place=towns[0], how="town", score=_TOWN_SCORE)
    return _refuse(name, gazetteer, towns)


def _match_alike(alike: Alike, towns: Sequence[Place], gazetteer: Gazetteer) -> Match | Refusal:
    """Return what is alike, unless a town elsewhere is as good: bears the very name, or sounds more like it."""
    if alike.score >= BY_WORDS:
        return _decide(alike.places, "likeness", alike.score)
    tier = gazetteer.towns
    rivals = towns or (tier.find if alike.score >= BY_SOUND else tier.find_sounding)(alike.words)
    others = [town for town in rivals if not any(is_same(town, place) for place in alike.places)]
    if others and len(others) == len(rivals):
        return _refuse_ambiguous([*alike.places, *others], alike.score)
    return _decide(alike.places, "likeness", alike.score)


def _decide(places: Sequence[Place], how: MatchedBy, score: float) -> Match | Refusal:
    if len(places) == 1:
        return Match(place=places[0], how=how, score=score)
    return _refuse_ambiguous(places, score)


def _refuse_ambiguous(places: Sequence[Place], score: float) -> Refusal:
    return Refusal(reason="ambiguous", candidates=tuple(_candidate(place, score) for place in places))


def _refuse(name: str, gazetteer: Gazetteer, towns: Sequence[Place]) -> Refusal:
    """Return a refusal with the towns that bear the name, or what a description fits, or the names most like it."""
    if towns:
        candidates = tuple(_candidate(town, _TOWN_SCORE) for town in towns[:MOST_CANDIDATES])
        return Refusal(reason="ambiguous" if len(towns) > 1 else "town", candidates=candidates)
    if described := find_described(name, gazetteer):
        return _refuse_ambiguous(described[:MOST_CANDIDATES], _DESCRIBED_SCORE)
    scored = {town.place_id: (_SOUNDING_SCORE, town) for town in gazetteer.towns.find_sounding(name)}
    scored |= {place.place_id: (_CONTAINED_SCORE, place) for place in find_contained(name, gazetteer)}
    for place, score in gazetteer.likeness.suggest(name):
        scored[place.place_id] = max(score, scored.get(place.place_id, (0.0,))[0]), place
    ranked = sorted(scored.values(), key=lambda found: (-found[0], found[1].place_id))[:MOST_CANDIDATES]
    return Refusal(reason="unknown", candidates=tuple(_candidate(place, score) for score, place in ranked))


def _candidate(place: Place, score: float) -> Candidate:
    return Candidate(place_id=place.place_id, name=place.name, score=score)


def _in_country(places: Sequence[Place], country: str, gazetteer: Gazetteer) -> Sequence[Place]:
    if not country.strip():
        return places
    keys = _keys_of(country, gazetteer, kinds=("country",))
    return [place for place in places if not place.country or name_key(place.country) in keys]


def _in_admin1(places: Sequence[Place], admin1: str, gazetteer: Gazetteer) -> Sequence[Place]:
    """Return the only place in the province if there is one, and otherwise all."""
    inside = [place for place in places if _is_in_admin1(place, admin1, gazetteer)]
    return inside if len(inside) == 1 else places


def _is_in_admin1(place: Place, admin1: str, gazetteer: Gazetteer) -> bool:
    keys = _keys_of(admin1, gazetteer, kinds=("province", "region"))
    return bool(place.admin1) and name_key(place.admin1) in keys


def _keys_of(name: str, gazetteer: Gazetteer, *, kinds: Iterable[str]) -> set[str]:
    """Return the keys of a name and of the areas of some kinds that bear it."""
    bearers = [gazetteer.places[place_id] for _, ids in gazetteer.index.find(name) for place_id in ids]
    named = [part for place in bearers if place.kind in kinds for part in (place.name, place.admin1)]
    return {name_key(name), *map(name_key, filter(None, named))}
