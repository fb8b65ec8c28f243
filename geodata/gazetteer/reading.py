"""What the words of a name say: the name proper, the sort of place, and where it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geodata.gazetteer.names import name_key
from geodata.gazetteer.skeleton import consonants, sound
from geodata.gazetteer.words import (
    BESIDE,
    BORDERING,
    CONNECTING,
    DEMONYMS,
    NUMBERS,
    OFTEN_MISSPELT,
    PHRASES,
    QUALIFIERS,
    SORTS,
    WITHIN,
    Sort,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ELIDED = re.compile(r"\b[dl]['’](?=\w)", re.IGNORECASE)
OWNER = re.compile(r"['’]s\b", re.IGNORECASE)
_DISTANCE = r"(?:\d+ ?(?:km|kilomet\w+|mi|miles?|كم) )?(?:(?:to the |just ))?"
_DIRECTION = re.compile(
    rf"(?<=\w)[\s,]+{_DISTANCE}(?:(?:(?:north|south|east|west)[\s-]?)+ of"
    r"|(?:au |à )?(?:nord|sud|est|ouest)(?:[\s-](?:est|ouest))? (?:de|du)|(?:nörd|süd|öst|west)lich von"
    r"|(?:شمال|جنوب|شرق|غرب)ي?(?: (?:شرق|غرب)ي?)?)\s+(?=\w{3})",
    re.IGNORECASE,
)
# "In" and "at" are often joined to an Arabic name.
_JOINED_IN = re.compile(r"^[بل](?=ال\w{3}|[أإ]\w{3})|^ب(?=ب\w{3}|ريف|محافظ|مدين|قضاء|ناحي|منطق|بادي)")
_TURKISH_J = re.compile(r"c(?![hk])")
_PARTS = re.compile(r"[,;:()\[\]/،؛|]|\s[-–—]\s|\sعلى\s(?=ال)")
_LONGEST_PHRASE = 3
_SHORTEST_MISSPELT = 6
_REMEMBERED = 1 << 14


@dataclass(frozen=True, slots=False, kw_only=True)
class Phrase:
    """A name, or the part of one up to the next "in" or comma.

    Attributes
    ----------
    sorts
        What its sort words say.
    words
        The name proper, in the order written, without numbers.
    numbers
        The numbers in it, which another spelling has to agree with exactly.
    """

    sorts: frozenset[Sort]
    words: tuple[str, ...]
    numbers: tuple[str, ...] = ()

    @cached_property
    def sounds(self) -> tuple[str, ...]:
        """Return the words as they sound."""
        return tuple(map(sound, self.words))

    @cached_property
    def sounded(self) -> str:
        """Return them as one word: writers put spaces and hyphens as they like."""
        return "".join(self.sounds)

    @cached_property
    def consonants(self) -> str:
        """Return the consonants of that."""
        return consonants(self.sounded)

    @property
    def is_proper(self) -> bool:
        """Return whether there is a name beside the words for sorts."""
        return bool(self.words or self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to understand a name.

    Attributes
    ----------
    head
        What is named.
    around
        In, at or near what, as written.
    described
        There is no name in the head: "US base in Erbil" is read as the base of Erbil, and may be another one there.
    """

    head: Phrase
    around: tuple[str, ...] = ()
    described: bool = False


def read_phrase(text: str) -> Phrase:
    """Return what a text without "in" and commas says."""
    sorts: set[Sort] = set()
    words: list[str] = []
    numbers: list[str] = []
    qualifiers: list[str] = []
    for written in _join_phrases(name_key(_ELIDED.sub("", text)).split()):
        word = _as_meant(written)
        if word.isdecimal():
            numbers.append(word.lstrip("0") or "0")
        elif word in SORTS and word not in QUALIFIERS:
            sorts |= SORTS[word]
        elif word in QUALIFIERS:
            qualifiers.append(word)
        elif word in NUMBERS and (words or numbers or sorts):
            numbers.append(str(NUMBERS[word]))
        elif word not in CONNECTING:
            words.append(word)
    if not sorts:
        words += qualifiers
    elif sorts & {Sort.EMBASSY, Sort.CONSULATE} and any(Sort.AMERICAN in SORTS.get(word, ()) for word in qualifiers):
        sorts.add(Sort.AMERICAN)
    return Phrase(sorts=frozenset(sorts), words=tuple(dict.fromkeys(words)), numbers=tuple(_add_spoken(numbers)))


def read_name(text: str) -> Iterator[Reading]:
    """Yield the ways to understand a name, the plainest first."""
    text = _ELIDED.sub("", text)
    whole = read_phrase(OWNER.sub(" ", text))
    yield Reading(head=whole)
    first, *rest = _split(text)
    head = read_phrase(first)
    around = tuple(part for part in rest if not (first and (_abbreviates(part, first) or _tells_little(part))))
    if not around:
        yield Reading(head=head)
    elif not head.is_proper and head.sorts:
        place = read_phrase(OWNER.sub(" ", around[0]))
        joined = Phrase(sorts=head.sorts | place.sorts, words=place.words, numbers=place.numbers)
        yield Reading(head=joined, around=around[1:], described=True)
    elif head.is_proper:
        inner = read_phrase(around[0])
        if not inner.is_proper and inner.sorts:
            yield Reading(head=Phrase(sorts=head.sorts | inner.sorts, words=head.words, numbers=head.numbers))
        yield Reading(head=head, around=around)
    else:
        yield Reading(head=read_phrase(around[0]), around=around[1:])
    if any(map(_TURKISH_J.search, whole.words)):
        words = tuple(_TURKISH_J.sub("j", word) for word in whole.words)
        yield Reading(head=Phrase(sorts=whole.sorts, words=words, numbers=whole.numbers))
    owner, owns, owned = _owned(text)
    if owns:
        yield Reading(head=read_phrase(owned), around=(owner,))


def _owned(text: str) -> tuple[str, bool, str]:
    """Return the country in front of a name: Iraq's K1 base, Syrian T4 airbase."""
    parts = OWNER.split(text, maxsplit=1)
    if len(parts) == 2 and len(_split(parts[0])) == 1 and not read_phrase(parts[0]).sorts:  # noqa: PLR2004
        return parts[0].strip(), True, parts[1]
    first, _, rest = text.strip().partition(" ")
    country = DEMONYMS.get(name_key(first), "")
    return country, bool(country and rest), rest


def _split(text: str) -> Sequence[str]:
    """Return the texts between commas, brackets and words such as "in" and "near", the first maybe blank."""
    found: list[str] = []
    for part in _PARTS.split(_DIRECTION.sub(", ", text)):
        words: list[str] = []
        for word in part.split():
            name = _JOINED_IN.sub("", word)
            if name_key(word) in WITHIN or name_key(word) in BESIDE or name != word:
                found.append(" ".join(words))
                words = [name] if name != word else []
            else:
                words.append(word)
        found.append(" ".join(words))
    return [found[0], *(part for part in found[1:] if name_key(part) and set(name_key(part).split()) - CONNECTING)]


@lru_cache(maxsize=_REMEMBERED)
def _as_meant(word: str) -> str:
    """Return the word for a sort of which this long one is a misspelling, or the word itself."""
    if len(word) < _SHORTEST_MISSPELT or word in QUALIFIERS or word in SORTS:
        return word
    near = process.extractOne(word, OFTEN_MISSPELT, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near else word


def _abbreviates(part: str, name: str) -> bool:
    """Return whether a part is made of first letters of the name: Besmaya Range Complex (BRC)."""
    initials = iter("".join(word[0] for word in name.split()).upper())
    return part.isupper() and part.isalpha() and len(part) > 1 and all(letter in initials for letter in part)


def _tells_little(part: str) -> bool:
    """Return whether a part says only near which border a place lies."""
    return bool(set(name_key(part).split()) & BORDERING)


def _join_phrases(words: Sequence[str]) -> Iterator[str]:
    position = 0
    while position < len(words):
        for length in range(_LONGEST_PHRASE, 0, -1):
            joined = PHRASES.get(tuple(words[position : position + length]))
            if joined:
                yield joined
                position += length
                break
        else:
            yield words[position]
            position += 1


def _add_spoken(numbers: Sequence[str]) -> Iterator[str]:
    """Yield twenty and two as 22."""
    tens = ""
    for number in numbers:
        if tens and len(number) == 1:
            yield str(int(tens) + int(number))
            tens = ""
            continue
        if tens:
            yield tens
        tens = number if number in {"20", "30", "40", "50"} else ""
        if not tens:
            yield number
    if tens:
        yield tens
