"""What a name means that nobody has written down: by its sound, its sort of place, and where it says that it lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.gazetteer.likeness import ACCEPTED
from geodata.gazetteer.measure import distance_m
from geodata.gazetteer.names import name_key
from geodata.gazetteer.reading import Reading, read_name, read_phrase
from geodata.gazetteer.surroundings import find_around, lies_in
from geodata.gazetteer.words import Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from geodata.gazetteer.likeness import Entry
    from geodata.gazetteer.place import Place
    from geodata.gazetteer.places import Gazetteer

_MOST_WORDS = 8
_BESIDE_M = 30_000
_SAME_M = 20_000
_LONGEST_CONTAINED, _SHORTEST_CONTAINED = 4, 4
_CONTAINING = ("country", "province", "region", "city", "district")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """The places that a name means by likeness, and how sure that is; one is meant, several are not told apart.

    Attributes
    ----------
    words
        The name proper by which they were found, without sort and surroundings.
    """

    places: Sequence[Place]
    score: float
    words: str


def find_alike(text: str, gazetteer: Gazetteer, keep: Callable[[Sequence[Place]], Sequence[Place]]) -> Alike | None:
    """Return what a name means of the curated places, if some are as like as can be.

    Parameters
    ----------
    keep
        Those of some places that the context of the row leaves.
    """
    readings = list(dict.fromkeys(read_name(text)))
    named = [reading for reading in readings if not reading.described]
    likeness = gazetteer.likeness
    tries = ((likeness.by_sound, readings), (likeness.by_sound, _cut(text, gazetteer)))
    tries += ((likeness.by_consonants, named), (likeness.by_typo, named))
    for find, tried in tries:
        for reading in tried:
            score, entries = find(reading.head)
            if entries and (places := keep(_meant(reading, entries, gazetteer))):
                return Alike(places=places, score=score, words=" ".join(reading.head.words))
    return None


def _meant(reading: Reading, entries: Sequence[Entry], gazetteer: Gazetteer) -> Sequence[Place]:
    """Return the places of some entries that lie where the name says."""
    named = [entry for entry in entries if entry.described == reading.described] or entries
    places = {entry.place.place_id: entry.place for entry in named}
    if reading.described and not all(entry.described for entry in named):
        places |= {place.place_id: place for place in _of_sort_near(reading, list(places.values()), gazetteer)}
    around = [find_around(part, gazetteer) for part in reading.around]
    return [place for _, place in sorted(places.items()) if all(lies_in(place, part, gazetteer) for part in around)]


def find_described(text: str, gazetteer: Gazetteer) -> Sequence[Place]:
    """Return the places that a description without a name may mean: all bases in Syria for "US base in Syria"."""
    for reading in read_name(text):
        if reading.described:
            around = find_around(" ".join((*reading.head.words, *reading.head.numbers)), gazetteer)
            if around:
                return _of_sort_near(reading, around, gazetteer)
    return ()


def find_towns(
    text: str, gazetteer: Gazetteer, keep: Callable[[Sequence[Place]], Sequence[Place]]
) -> tuple[Sequence[Place], bool]:
    """Return the towns of the second tier that bear the name, and whether the name itself says where they lie."""
    if towns := keep(gazetteer.towns.find(text)):
        return towns, False
    for reading in read_name(text):
        if reading.head.sorts <= {Sort.CITY}:
            around = [find_around(part, gazetteer) for part in reading.around]
            found = keep(gazetteer.towns.find(" ".join((*reading.head.words, *reading.head.numbers))))
            if towns := [town for town in found if all(lies_in(town, part, gazetteer) for part in around)]:
                return towns, bool(around)
    return (), False


def find_contained(text: str, gazetteer: Gazetteer) -> Sequence[Place]:
    """Return the places whose names, as written or in another spelling, are among the words of a text."""
    words = text.split()
    found: dict[str, Place] = {}
    for length in range(min(_LONGEST_CONTAINED, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            part = " ".join(words[start : start + length])
            if len(name_key(part)) < _SHORTEST_CONTAINED:
                continue
            for _, ids in gazetteer.index.find(part):
                found |= {place_id: gazetteer.places[place_id] for place_id in ids}
    return [*found.values()]


def is_same(town: Place, place: Place) -> bool:
    """Return whether a town of the second tier may be a curated place."""
    return distance_m(town.lon, town.lat, place.lon, place.lat) <= max(_SAME_M, place.uncertainty_m)


def _of_sort_near(reading: Reading, around: Iterable[Place], gazetteer: Gazetteer) -> Sequence[Place]:
    wanted = reading.head.sorts - {Sort.AMERICAN}
    around = list(around)
    return [
        place
        for _, place in sorted(gazetteer.places.items())
        if wanted & ACCEPTED.get(place.kind, frozenset())
        and any(_is_beside(place, other, gazetteer) for other in around)
    ]


def _is_beside(place: Place, other: Place, gazetteer: Gazetteer) -> bool:
    if other.kind in _CONTAINING:
        return lies_in(place, [other], gazetteer)
    return distance_m(place.lon, place.lat, other.lon, other.lat) <= _BESIDE_M


def _cut(text: str, gazetteer: Gazetteer) -> Iterator[Reading]:
    """Yield the readings of a name with that of a larger place before or behind it: Camp Victory Baghdad."""
    words = text.split()
    if not 1 < len(words) <= _MOST_WORDS:
        return
    for cut in range(1, len(words)):
        front, back = " ".join(words[:cut]), " ".join(words[cut:])
        for name, around in ((front, back), (back, front)):
            if _is_containing(around, gazetteer) and (head := read_phrase(name)).is_proper:
                yield Reading(head=head, around=(around,))


def _is_containing(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether a name is that of something large enough for others to lie in."""
    found = (gazetteer.places[place_id].kind for _, ids in gazetteer.index.find(name) for place_id in ids)
    return any(kind in _CONTAINING for kind in found)
