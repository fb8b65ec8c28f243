"""Incidents that are part of others: an umbrella and its parts are never counted twice."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.store.asking import ask
from geodata.store.engine import Store, Table, this
from geodata.store.filters import IncidentFilter, matching
from geodata.store.remembered import remembered


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
        How many rows there are of which a part matches too; they hold incidents together and are none of their own.
    umbrellas_claimed
        How many of them their actor claims.
    killed, injured
        Over all matching umbrellas and parts. An umbrella's number stands for its parts' numbers; where these
        add up to more than its highest, they raise the highest.
    killed_stated, injured_stated
        How many of all of them tell a number.
    """

    umbrellas: int
    umbrellas_claimed: int
    killed: Bounds
    injured: Bounds
    killed_stated: int = 0
    injured_stated: int = 0


NONE = Families(umbrellas=0, umbrellas_claimed=0, killed=Bounds(0, 0, 0), injured=Bounds(0, 0, 0))


def count_families(store: Store, question: IncidentFilter) -> Families:
    """Count the umbrellas and parts that `question` keeps."""
    if not store.parents:
        return NONE
    told = ask(store, _members, question).sort_by("row")
    above = _find_nearest(store, told["row"].to_numpy())
    umbrellas, claimed = np.unique(above[above >= 0]), store.numbers("attribution", frozenset({"claimed"}))
    killed, killed_stated = _add_up(_bounds(told, "killed"), above)
    injured, injured_stated = _add_up(_bounds(told, "injured"), above)
    return Families(
        umbrellas=len(umbrellas),
        umbrellas_claimed=int(np.isin(told["attribution_no"].to_numpy()[umbrellas], claimed).sum()),
        killed=killed,
        injured=injured,
        killed_stated=killed_stated,
        injured_stated=injured_stated,
    )


def _members(store: Store, question: IncidentFilter) -> Table:
    numbers = [f"{what}_{bound}" for what in ("killed", "injured") for bound in Bounds._fields]
    return matching(store, question, "related").filter(this.in_family).select("row", "attribution_no", *numbers)


@remembered
def _parents(store: Store) -> tuple[np.ndarray, np.ndarray]:
    """Return the parts and what each is a part of, by their rows in ascending order."""
    parts = sorted(store.parents.items())
    return np.array([row for row, _ in parts]), np.array([above for _, above in parts])


def _find_nearest(store: Store, rows: np.ndarray) -> np.ndarray:
    """Return for each of these rows, in ascending order, where among them its nearest umbrella is; -1 for none."""
    parts, parents = _parents(store)
    above = _look_up(rows, parts, parents)
    at = _look_up(above, rows, np.arange(len(rows)))
    while (missing := (above >= 0) & (at < 0)).any():
        above[missing] = _look_up(above[missing], parts, parents)
        at[missing] = _look_up(above[missing], rows, np.arange(len(rows)))
    return at


def _look_up(wanted: np.ndarray, keys: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the values of keys, which are in ascending order; -1 for one that is not among them."""
    if not len(keys):
        return np.full(len(wanted), -1)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], -1)


def _bounds(told: pa.Table, what: str) -> np.ndarray:
    """Return a row of low, best and high for each incident, what is missing taken from what is told; else -1."""
    low, best, high = (told[f"{what}_{bound}"] for bound in Bounds._fields)
    ends = pc.min_element_wise(low, best, high), pc.coalesce(best, low, high), pc.max_element_wise(low, best, high)
    return np.stack([pc.fill_null(end, -1).to_numpy() for end in ends], axis=1)


def _add_up(people: np.ndarray, above: np.ndarray) -> tuple[Bounds, int]:
    """Return what incidents come to, parts by way of their umbrellas; and how many of them tell a number."""
    stated = people[:, :1] >= 0
    totals, parts = np.where(stated, people, 0), np.zeros_like(people)
    depth = _find_depth(above)
    for level in range(depth.max(initial=0), -1, -1):
        here = np.flatnonzero(depth == level)
        own, added = totals[here], parts[here]
        own[:, 2] = np.maximum(own[:, 2], added[:, 2])
        totals[here] = np.where(stated[here], own, added)
        if level:
            np.add.at(parts, above[here], totals[here])
    return Bounds(*totals[depth == 0].sum(axis=0).tolist()), int(stated.sum())


def _find_depth(above: np.ndarray) -> np.ndarray:
    """Return how many umbrellas each stands under."""
    depth, at = np.zeros_like(above), above.copy()
    while (under := at >= 0).any():
        depth[under] += 1
        at[under] = above[at[under]]
    return depth
