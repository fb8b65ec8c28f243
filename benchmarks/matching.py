"""`python -m benchmarks.matching [tune]`: how well names are matched, beside a plain join and a fuzzy one.

`matching.csv` holds spellings of curated places in the languages of the reports, with typos, shorthand and
descriptions; descriptions that fit several places (blank `place_id`, perhaps with all that they `may_be`); names of
persons, groups, channels, buildings, waters and other places of the region (blank `place_id`); and towns of the second
tier with their country. All were written from knowledge of the region before the matcher was, without looking at its
answers; ids of second-tier towns were looked up afterwards. A checksum of the name puts each into one of two parts: of
`tune` every mistake was looked at while matcher and alias table grew, of `report` only the sums were. Writer and maker
of the alias table being one, expect a little less of a stranger's names.
"""

import argparse
import csv
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from geodata.gazetteer.match import Match, match_place
from geodata.gazetteer.places import Gazetteer, read_gazetteer

NAMES = Path(__file__).with_suffix(".csv")
PARTS = ("tune", "report")
FIRST = 3
# Below it, WRatio places names of nobody; above, it misses what it could find.
WRATIO_CUTOFF = 85


@dataclass(frozen=True, kw_only=True)
class Named:
    """A name of the list, and what it should lead to."""

    name: str
    country: str
    place_id: str
    may_be: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The place that a matcher gives to a name, blank for none, and those that it thinks likeliest."""

    place_id: str = ""
    first: Sequence[str] = ()


def main() -> None:
    """Print the measures of one part for each way to match."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, default="report")
    part = parser.parse_args().part
    names, gazetteer = [named for named in read_names() if part_of(named.name) == part], read_gazetteer()
    match_place("a name that nobody knows", gazetteer)  # reads the second tier
    told = sum(bool(named.place_id) for named in names)
    print(f"{part}: {told} spellings of places, {len(names) - told} names of nothing, of others or of several")
    ways = {"matched": match, "exact join": join, f"WRatio ≥ {WRATIO_CUTOFF}": match_fuzzily}
    for title, way in ways.items():
        start = time.perf_counter()
        answers = way(names, gazetteer)
        print(
            f"{title:12} {measure(names, answers)}  {1000 * (time.perf_counter() - start) / len(names):6.3f} ms a name"
        )


def read_names() -> Sequence[Named]:
    """Return the list."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        return [Named(**row) for row in csv.DictReader(file)]


def part_of(name: str) -> str:
    """Return the part that a name belongs to."""
    return PARTS[zlib.crc32(name.encode()) % len(PARTS)]


def match(names: Sequence[Named], gazetteer: Gazetteer) -> Sequence[Answer]:
    """Return what the product says."""
    return [_answer(match_place(named.name, gazetteer, country=named.country)) for named in names]


def _answer(found: object) -> Answer:
    if isinstance(found, Match):
        return Answer(place_id=found.place.place_id, first=[found.place.place_id])
    return Answer(first=[candidate.place_id for candidate in found.candidates][:FIRST])


def join(names: Sequence[Named], gazetteer: Gazetteer) -> Sequence[Answer]:
    """Return the places that bear the very name or alias, the first in the file where several do."""
    ids = _ids(gazetteer)
    found = [ids.get(named.name, "") for named in names]
    return [Answer(place_id=place_id, first=[place_id] if place_id else []) for place_id in found]


def match_fuzzily(names: Sequence[Named], gazetteer: Gazetteer) -> Sequence[Answer]:
    """Return the place of the likest name by rapidfuzz's default scorer."""
    ids = _ids(gazetteer)
    answers = []
    for named in names:
        near = process.extract(named.name, ids.keys(), scorer=fuzz.WRatio, limit=4 * FIRST)
        first = list(dict.fromkeys(ids[name] for name, _, _ in near))[:FIRST]
        placed = near and near[0][1] >= WRATIO_CUTOFF
        answers.append(Answer(place_id=first[0] if placed else "", first=first))
    return answers


def _ids(gazetteer: Gazetteer) -> dict[str, str]:
    ids: dict[str, str] = {}
    for place in gazetteer.places.values():
        for name in (place.name, *(alias.alias for alias in place.aliases)):
            ids.setdefault(name, place.place_id)
    return ids


def measure(names: Sequence[Named], answers: Sequence[Answer]) -> str:
    """Return precision and recall on names of places, how many others were placed, and how good the candidates are."""
    pairs = list(zip(names, answers, strict=True))
    known = [(named, answer) for named, answer in pairs if named.place_id]
    placed = [(named, answer) for named, answer in known if answer.place_id]
    right = sum(named.place_id == answer.place_id for named, answer in placed)
    among = sum(named.place_id in answer.first for named, answer in known)

    def share(total: int, kept: Callable[[Named], bool]) -> str:
        chosen = [answer for named, answer in pairs if not named.place_id and kept(named)]
        return f"{sum(bool(answer.place_id) for answer in chosen) / max(len(chosen), total):.3f}"

    return (
        f"precision {right / max(len(placed), 1):.3f}  recall {right / len(known):.3f}"
        f"  others placed {share(1, lambda named: named.kind != 'ambiguous')}"
        f"  ambiguous placed {share(1, lambda named: named.kind == 'ambiguous')}"
        f"  among first {FIRST} {among / len(known):.3f}"
    )


if __name__ == "__main__":
    main()
