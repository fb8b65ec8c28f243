"""Incidents counted by spot: where a store has few, all signs of a map are made of one answer, whatever it shows."""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np

from geodata.store.asking import ask
from geodata.store.engine import Store, Table, this
from geodata.store.filters import IncidentFilter, numbers_of

Counted: TypeAlias = tuple[Mapping[str, np.ndarray], np.ndarray]
"""What `Store.spots` tells, and for each of them a number of incidents, many 0."""


def count_by_spot(store: Store, question: IncidentFilter) -> Counted | None:
    """Return how many matching incidents each spot has, or None where the store has too many spots."""
    spots = store.spots
    if spots is None:
        return None
    counted = ask(store, _by_spot, question)
    counts = np.zeros(len(spots["spot_no"]), dtype=np.int64)
    counts[counted["spot_no"].to_numpy()] = counted["n"].to_numpy()
    return spots, counts


def _by_spot(store: Store, question: IncidentFilter) -> Table:
    return numbers_of(store, question).group_by("spot_no").aggregate(n=this.count())
