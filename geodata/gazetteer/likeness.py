"""Places found by how their names sound and what sort of place they say, where no spelling of theirs is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from geodata.gazetteer.measure import distance_m
from geodata.gazetteer.reading import Phrase, read_name
from geodata.gazetteer.words import Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geodata.gazetteer.place import Place

    Found: TypeAlias = tuple[float, Sequence["Entry"]]

# A base, airport or crossing bears its town's name up to so far from it.
NAMESAKE_M = 60_000
BY_WORDS, BY_SOUND, BY_CONSONANTS, BY_TYPO = 99.0, 97.0, 94.0, 92.0
_SHORTEST_SOUND, _LONGEST_CODE = 2, 5
_FEWEST_CONSONANTS = 4
_FEWEST_FOREIGN_CONSONANTS = 5
_SHORTEST_TYPO, _SHORTEST_TWO_TYPOS = 6, 11
_LEAST_SCORE = 60.0
_OTHER_SORT, _OTHER_NUMBERS = 0.93, 0.8
_MOST_ALIKE = 30
_REMEMBERED = 1 << 16
_POPULATED = ("town", "city", "port", "neighbourhood")
# Not camp: that of a town is most often one of refugees, unless a base has it in its own name.
_BASE = frozenset({Sort.BASE, Sort.AIR, Sort.AIRFIELD})
_FIELD = frozenset({Sort.FIELD, Sort.PLANT})
_RARE = frozenset(Sort) - {Sort.CITY, Sort.SUBDISTRICT, Sort.QUARTER, Sort.COUNTRYSIDE, Sort.DISTRICT, Sort.DESERT}
_TOWN = frozenset({Sort.CITY, Sort.SUBDISTRICT, Sort.QUARTER})
ACCEPTED: Mapping[str, frozenset[Sort]] = {
    "base": _BASE,
    "airfield": _BASE | {Sort.AIRPORT},
    "airport": frozenset({Sort.AIRPORT, Sort.AIRFIELD}),
    "oil_field": _FIELD,
    "gas_field": _FIELD,
    "crossing": frozenset({Sort.CROSSING}),
    "site": frozenset({Sort.STATION, Sort.CAMP, Sort.REFUGEE}),
    "town": _TOWN,
    "city": _TOWN,
    "port": _TOWN | {Sort.PORT},
    "neighbourhood": _TOWN,
    "province": frozenset({Sort.PROVINCE}),
    "district": frozenset({Sort.DISTRICT}),
    "desert": frozenset({Sort.DESERT}),
    "country": frozenset({Sort.STATE}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One name of a place, read.

    Attributes
    ----------
    described
        It is like "US base in Erbil".
    code
        It is like ORAA or BDSC, of which every letter counts.
    """

    place: Place
    phrase: Phrase
    described: bool = False
    code: bool = False


class LikenessIndex:
    """The names of places, by their sound and their sorts; their order makes no difference to any answer."""

    def __init__(self, places: Iterable[Place]) -> None:
        own, codes = _split_codes(entry for place in places for entry in _entries(place))
        entries = [*own, *_inherited(own)]
        self._sounding = _group((_sound_key(entry.phrase), entry) for entry in entries if entry.phrase.is_proper)
        self._turned = _group((_turned_key(entry.phrase), entry) for entry in entries if entry.phrase.is_proper)
        self._codes = _group((" ".join(entry.phrase.words), entry) for entry in codes)
        self._consonants = _group((entry.phrase.consonants, entry) for entry in entries if entry.phrase.words)
        self._sounds = _group((entry.phrase.sounded, entry) for entry in entries if entry.phrase.words)
        self._sorted = _group((_sorted_text(entry.phrase), entry) for entry in entries)
        self.suggest = lru_cache(maxsize=_REMEMBERED)(self._suggest)

    def by_sound(self, phrase: Phrase) -> Found:
        """Return the entries that sound alike, safer if they are spelled alike too, and say no other sort."""
        if len(phrase.sounded) < _SHORTEST_SOUND and not phrase.numbers:
            return BY_SOUND, ()
        same = self._sounding.get(_sound_key(phrase), ()) or self._turned.get(_turned_key(phrase), ())
        same = same or self._codes.get(" ".join(phrase.words), ())
        fitting = _fitting(phrase, same)
        fitting = [entry for entry in fitting if len(entry.phrase.words) == len(phrase.words)] or fitting
        worded = [entry for entry in fitting if entry.phrase.words == phrase.words]
        return (BY_WORDS, worded) if worded else (BY_SOUND, fitting)

    def by_consonants(self, phrase: Phrase) -> Found:
        """Return the entries that have the same consonants, if these are many, and say no other sort."""
        return BY_CONSONANTS, _fitting(phrase, self._with_consonants(phrase))

    def by_typo(self, phrase: Phrase) -> Found:
        """Return the entries that differ by a slip of the pen, and say no other sort."""
        return BY_TYPO, _fitting(phrase, self._with_typos(phrase))

    def _with_consonants(self, phrase: Phrase) -> Sequence[Entry]:
        found = self._consonants.get(phrase.consonants, ())
        return [entry for entry in found if entry.phrase.numbers == phrase.numbers and _is_enough(phrase, entry.phrase)]

    def _with_typos(self, phrase: Phrase) -> Sequence[Entry]:
        sounded = phrase.sounded
        if len(sounded) < _shortest_typo(phrase):
            return ()
        most = 2 if len(sounded) >= _SHORTEST_TWO_TYPOS else 1
        near = process.extract(sounded, self._sounds.keys(), scorer=OSA.distance, score_cutoff=most, limit=None)
        found = [entry for name, _, _ in near if name[0] == sounded[0] for entry in self._sounds[name]]
        return [entry for entry in found if entry.phrase.numbers == phrase.numbers and _is_typo(phrase, entry.phrase)]

    def _suggest(self, text: str) -> Sequence[tuple[Place, float]]:
        scores: dict[str, tuple[float, Place]] = {}
        for phrase in dict.fromkeys(reading.head for reading in read_name(text)):
            for place, score in self._score(phrase):
                if score > scores.get(place.place_id, (0.0, place))[0]:
                    scores[place.place_id] = score, place
        ranked = sorted(scores.values(), key=lambda scored: (-scored[0], scored[1].place_id))
        return [(place, round(score, 1)) for score, place in ranked]

    def _score(self, phrase: Phrase) -> Iterator[tuple[Place, float]]:
        """Yield places with a like name; less like if it has other numbers, or says another sort."""
        text = _sorted_text(phrase)
        # Sorted before, so that the plain ratio, which is far faster, does not mind the order of words.
        for name, score, _ in process.extract(
            text, self._sorted.keys(), scorer=fuzz.ratio, score_cutoff=_LEAST_SCORE, limit=_MOST_ALIKE
        ):
            for entry in self._sorted[name]:
                sorts = 1.0 if _plain(entry.phrase.sorts) == _plain(phrase.sorts) else _OTHER_SORT
                numbers = 1.0 if entry.phrase.numbers == phrase.numbers else _OTHER_NUMBERS
                if (weighed := score * sorts * numbers) >= _LEAST_SCORE:
                    yield entry.place, weighed


def _entries(place: Place) -> Iterator[Entry]:
    for name in dict.fromkeys((place.name, *(alias.alias for alias in place.aliases))):
        code = name.isascii() and name.isalpha() and name.isupper() and len(name) <= _LONGEST_CODE
        for number, reading in enumerate(read_name(name)):
            if number == 0 or (reading.described and not reading.around):
                yield Entry(place=place, phrase=reading.head, described=reading.described, code=code)


def _split_codes(entries: Iterable[Entry]) -> tuple[Sequence[Entry], Sequence[Entry]]:
    listed = list(entries)
    return [entry for entry in listed if not entry.code], [entry for entry in listed if entry.code]


def _inherited(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the other spellings of a place with each sort that one is said with.

    A site, crossing or province that is called after a town inherits the town's spellings.
    """
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    spellings: defaultdict[str, dict[Phrase, None]] = defaultdict(dict)
    places = {entry.place.place_id: entry.place for entry in entries}
    for entry in entries:
        if not entry.described and entry.phrase.sorts <= ACCEPTED.get(entry.place.kind, frozenset()):
            bearers[_sound_key(entry.phrase)].add(entry.place.place_id)
            plain = Phrase(sorts=frozenset(), words=entry.phrase.words, numbers=entry.phrase.numbers)
            spellings[entry.place.place_id][plain] = None
    for entry in entries:
        for bearer in bearers.get(_sound_key(entry.phrase), ()) if entry.phrase.sorts else ():
            if _is_namesake(entry.place, places[bearer]):
                for phrase in spellings[bearer]:
                    inherited = Phrase(sorts=entry.phrase.sorts, words=phrase.words, numbers=phrase.numbers)
                    yield Entry(place=entry.place, phrase=inherited, described=entry.described)


def _is_namesake(place: Place, town: Place) -> bool:
    if place.place_id == town.place_id or town.kind not in _POPULATED or place.country != town.country:
        return place.place_id == town.place_id
    near = distance_m(place.lon, place.lat, town.lon, town.lat) <= NAMESAKE_M
    return near or (place.kind == "province" and place.admin1 == town.admin1)


def _fitting(phrase: Phrase, entries: Iterable[Entry]) -> Sequence[Entry]:
    """Return those that say the same sort, or if there are none, those whose place is of the sort that is asked for."""
    listed = list(entries)
    same = [entry for entry in listed if _plain(entry.phrase.sorts) == _plain(phrase.sorts)]
    if same or not phrase.sorts:
        return same
    said: defaultdict[str, set[Sort]] = defaultdict(set)
    for entry in listed:
        said[entry.place.place_id] |= entry.phrase.sorts | ACCEPTED.get(entry.place.kind, frozenset())
        if Sort.AIR in entry.phrase.sorts:
            said[entry.place.place_id] |= {Sort.AIRPORT, Sort.AIRFIELD}
    return [entry for entry in listed if _plain(phrase.sorts) <= said[entry.place.place_id]]


@cache
def _plain(sorts: frozenset[Sort]) -> frozenset[Sort]:
    """Return the sorts without what another of them says already: an air base is a base."""
    implied = {Sort.AIR} if Sort.BASE in sorts else set[Sort]()
    return sorts - implied - ({Sort.CAMP} if Sort.REFUGEE in sorts else set())


def _is_enough(phrase: Phrase, other: Phrase) -> bool:
    """Return whether equal consonants are so many, or the vowels so like, that the names are one."""
    if len(phrase.sounds) != len(other.sounds) and min(len(phrase.sounds), len(other.sounds)) > 1:
        return False
    if _is_of_a_person(phrase) != _is_of_a_person(other):
        return False
    foreign = phrase.sounded.isascii() != other.sounded.isascii()
    if len(phrase.consonants) < (_FEWEST_FOREIGN_CONSONANTS if foreign else _FEWEST_CONSONANTS):
        return False
    return foreign or fuzz.ratio(phrase.sounded, other.sounded) >= 70  # noqa: PLR2004


def _is_of_a_person(phrase: Phrase) -> bool:
    """Return whether the name ends as that of somebody from there does: Tikriti, تكريتي."""
    return phrase.sounded.endswith(("i", "ي"))


def _shortest_typo(phrase: Phrase) -> int:
    """Return the letters that a name needs to be known with one of them wrong; few places have a base or an airport."""
    return _SHORTEST_TYPO - 1 if phrase.sorts & _RARE else _SHORTEST_TYPO


def _is_typo(phrase: Phrase, other: Phrase) -> bool:
    """Return whether a wrong letter leaves no doubt: in a long word, and of the few consonants of a short one, none."""
    if _is_of_a_person(phrase) != _is_of_a_person(other):
        return False
    if len(phrase.sounds) != len(other.sounds):
        return phrase.consonants == other.consonants
    shortest = _shortest_typo(phrase)
    most = 1 if min(len(phrase.consonants), len(other.consonants)) >= shortest - 1 else 0
    swapped = sorted(phrase.consonants) == sorted(other.consonants)
    if not swapped and OSA.distance(phrase.consonants, other.consonants) > most:
        return False
    return all(
        one == two or (min(len(one), len(two)) >= shortest - 1 and OSA.distance(one, two) <= 1)
        for one, two in zip(phrase.sounds, other.sounds, strict=True)
    )


def _sound_key(phrase: Phrase) -> str:
    return f"{phrase.sounded} {' '.join(phrase.numbers)}"


def _sorted_text(phrase: Phrase) -> str:
    return " ".join(sorted((*phrase.sounds, *phrase.numbers)))


def _turned_key(phrase: Phrase) -> str:
    return " ".join((*sorted(phrase.sounds), *sorted(phrase.numbers)))


def _group(pairs: Iterable[tuple[str, Entry]]) -> Mapping[str, Sequence[Entry]]:
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for name, entry in pairs:
        groups[name].append(entry)
    return dict(sorted(groups.items()))
