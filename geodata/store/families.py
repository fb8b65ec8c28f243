"""Incidents that are part of others: an umbrella and its parts are never counted twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from geodata.store.asking import ask
from geodata.store.engine import Store, Table, this
from geodata.store.filters import IncidentFilter, matching


class Bounds(NamedTuple):
    """A number of people as told: ``low <= best <= high``."""

    low: int
    best: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Families:
    """What the matching umbrellas and parts come to.

    Attributes
    ----------
    umbrellas
        Rows of which a part matches too; they hold incidents together and are none of their own.
    umbrellas_claimed
        How many of them their actor claims.
    killed, injured
        Over all matching umbrellas and parts. An umbrella's number stands for its parts' numbers; where these
        add up to more than its highest, they raise the highest.
    killed_stated, injured_stated
        How many of all of them tell a number.
    """

    umbrellas: frozenset[int]
    umbrellas_claimed: int
    killed: Bounds
    injured: Bounds
    killed_stated: int = 0
    injured_stated: int = 0


NONE = Families(umbrellas=frozenset(), umbrellas_claimed=0, killed=Bounds(0, 0, 0), injured=Bounds(0, 0, 0))


def count_families(store: Store, question: IncidentFilter) -> Families:
    """Count the umbrellas and parts that `question` keeps."""
    parents = store.parents
    if not parents:
        return NONE
    told = ask(store, _members, question).to_pydict()
    matching = set(told["row"])
    children: dict[int, list[int]] = {}
    for row in matching:
        above = _nearest(row, parents, matching)
        if above is not None:
            children.setdefault(above, []).append(row)
    roots = matching.difference(*children.values())
    people = {
        what: dict(zip(told["row"], map(bounds, *(told[f"{what}_{bound}"] for bound in Bounds._fields)), strict=True))
        for what in ("killed", "injured")
    }
    claimed = {row for row, by in zip(told["row"], told["attribution"], strict=True) if by == "claimed"}
    return Families(
        umbrellas=frozenset(children),
        umbrellas_claimed=len(claimed.intersection(children)),
        killed=_add(_total(root, children, people["killed"]) for root in roots),
        injured=_add(_total(root, children, people["injured"]) for root in roots),
        killed_stated=sum(map(bool, people["killed"].values())),
        injured_stated=sum(map(bool, people["injured"].values())),
    )


def _members(store: Store, question: IncidentFilter) -> Table:
    numbers = [f"{what}_{bound}" for what in ("killed", "injured") for bound in Bounds._fields]
    return matching(store, question, "related").filter(this.in_family).select("row", "attribution", *numbers)


@lru_cache(maxsize=4096)  # few numbers are told again and again
def bounds(low: int | None, best: int | None, high: int | None) -> Bounds | None:
    """Return the bounds of one row's number, what is missing taken from what is told; None when nothing is."""
    told = [n for n in (low, best, high) if n is not None]
    if not told:
        return None
    middle = best if best is not None else told[0]
    return Bounds(min(told), middle, max(told))


def _nearest(row: int, parents: Mapping[int, int], matching: set[int]) -> int | None:
    above = parents.get(row)
    while above is not None and above not in matching:
        above = parents.get(above)
    return above


def _total(row: int, children: Mapping[int, list[int]], told: Mapping[int, Bounds | None]) -> Bounds | None:
    own = told[row]
    if row not in children:
        return own
    parts = [total for part in children[row] if (total := _total(part, children, told))]
    if own and parts:
        return own._replace(high=max(own.high, _add(parts).high))
    return own or (_add(parts) if parts else None)


def _add(numbers: Iterable[Bounds | None]) -> Bounds:
    told = [number for number in numbers if number]
    return Bounds(*(sum(column) for column in zip(*told, strict=True))) if told else Bounds(0, 0, 0)
