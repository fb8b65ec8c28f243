"""The factions that occur, as a tree by side and umbrella."""

from collections.abc import Iterator
from dataclasses import dataclass

from geodata.store.engine import Store
from geodata.store.remembered import remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Faction:
    """One faction of the tree.

    Attributes
    ----------
    faction
        What `IncidentFilter.factions` holds for it: an actor id, or the name as written of an actor that is not listed.
    depth
        0 for one right under its side.
    count
        Rows of itself and of its descendants.
    """

    faction: str
    name: str
    side: str
    depth: int
    count: int


def list_factions(store: Store, counts: dict[str, int]) -> list[Faction]:
    """Return the factions that any incident names, with their umbrellas, each umbrella before its members.

    Parameters
    ----------
    counts
        Rows by faction, as `count_facet` gives them for ``actor``; those missing count 0.
    """
    listed, children = _tree(store)

    def total(faction: str) -> int:
        return counts.get(faction, 0) + sum(map(total, children.get(faction, ())))

    def walk(under: str, depth: int) -> Iterator[Faction]:
        for faction in sorted(children.get(under, ()), key=lambda f: (-total(f), listed[f]["name"])):
            row = listed[faction]
            yield Faction(faction=faction, name=row["name"], side=row["side"], depth=depth, count=total(faction))
            yield from walk(faction, depth + 1)

    return list(walk("", 0))


@remembered
def faction_ids(store: Store) -> tuple[str, ...]:
    """Return what `IncidentFilter.factions` may hold, in no order that means anything."""
    return tuple(_tree(store)[0])


@remembered
def _tree(store: Store) -> tuple[dict[str, dict[str, str]], dict[str, list[str]]]:
    """Return the factions by id, and the ids right under each; those right under their side are under ""."""
    listed = {row["faction"]: row for row in store.ask(store.table("factions").order_by("side", "name")).to_pylist()}
    children: dict[str, list[str]] = {}
    for faction, row in listed.items():
        parent = listed.get(row["parent"])
        under = row["parent"] if parent and parent["side"] == row["side"] else ""
        children.setdefault(under, []).append(faction)
    return listed, children
