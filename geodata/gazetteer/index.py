"""Things found by their names, or told apart from what they are not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from rapidfuzz import fuzz, process

from geodata.gazetteer.names import name_key

How: TypeAlias = Literal["name", "alias", "spelling"]
# Words may stand in another order. Ten times as fast as rapidfuzz's WRatio, which finds "uk" in "Kirkuk".
_SCORER = fuzz.token_sort_ratio
_LEAST_SCORE = 60.0
_REMEMBERED = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something with an id, a name and other names."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


class NameIndex:
    """Named things, found by name; their order makes no difference to any answer."""

    def __init__(self, entries: Iterable[Named]) -> None:
        entries = tuple(entries)
        self._names = _group((_exact(entry.name), entry.id) for entry in entries)
        self._aliases = _group((_exact(alias), entry.id) for entry in entries for alias in entry.aliases)
        self._keys = _group((name_key(name), entry.id) for entry in entries for name in (entry.name, *entry.aliases))
        # The same unknown names come with every batch of a long table.
        self._similar = lru_cache(maxsize=_REMEMBERED)(self._score)

    def find(self, text: str) -> Iterator[tuple[How, Sequence[str]]]:
        """Yield the ids of all that bear the name, the safest first: as name, as alias, in another spelling."""
        exact = _exact(text)
        if exact in self._names:
            yield "name", self._names[exact]
        if exact in self._aliases:
            yield "alias", self._aliases[exact]
        if (key := name_key(text)) in self._keys:
            yield "spelling", self._keys[key]

    def find_similar(self, text: str) -> Sequence[tuple[str, float]]:
        """Return the ids with the most similar names and their scores up to 100, best first; for suggestions only."""
        return self._similar(name_key(text))

    def _score(self, key: str) -> Sequence[tuple[str, float]]:
        scores: dict[str, float] = {}
        found = process.extract(key, self._keys.keys(), scorer=_SCORER, limit=None, score_cutoff=_LEAST_SCORE)
        for similar, score, _ in found:
            for entry in self._keys[similar]:
                scores.setdefault(entry, round(score, 1))
        return sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))


def _exact(text: str) -> str:
    """Return the name without regard to case and spaces only."""
    return " ".join(text.split()).casefold()


def _group(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for name, entry in pairs:
        if name:
            groups[name].add(entry)
    return {name: sorted(entries) for name, entries in groups.items()}
