"""Things found by their names, or told apart from what they are not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rapidfuzz import fuzz, process

from geodata.gazetteer.names import name_key

How: TypeAlias = Literal["name", "alias", "spelling"]
_LEAST_SCORE = 60.0


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

    def find(self, text: str) -> Iterator[tuple[How, Sequence[str]]]:
        """Yield the ids of all that bear the name, the safest first: as name, as alias, in another spelling."""
        exact = _exact(text)
        if exact in self._names:
            yield "name", self._names[exact]
        if exact in self._aliases:
            yield "alias", self._aliases[exact]
        if (key := name_key(text)) in self._keys:
            yield "spelling", self._keys[key]

    def find_similar(self, text: str) -> list[tuple[str, float]]:
        """Return the ids with the most similar names and their scores up to 100, best first; for suggestions only."""
        scores: dict[str, float] = {}
        for key, score, _ in process.extract(
            name_key(text), self._keys.keys(), scorer=fuzz.WRatio, limit=None, score_cutoff=_LEAST_SCORE
        ):
            for entry in self._keys[key]:
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
