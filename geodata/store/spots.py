"""Incidents counted by spot: where a store has few, all signs of a map are made of one answer, whatever it shows."""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np

from geodata.store.engine import Store, Table, this
from geodata.store.filters import End, IncidentFilter, numbers_of
from geodata.store.moves import add_up

Counted: TypeAlias = tuple[Mapping[str, np.ndarray], np.ndarray]
"""What `Store.spots` tells, and for each of them a number of incidents, many 0."""


def count_by_spot(store: Store, question: IncidentFilter) -> Counted | None:
    """Return how many matching incidents each spot has, or None where the store has too many spots."""
    spots = store.spots
    if spots is None:
        return None
    return spots, add_up(store, _by_spot, question, len(spots["spot_no"]))[:, 0]


def _by_spot(store: Store, question: IncidentFilter, *end: End, **days: int) -> Table:
    return numbers_of(store, question, *end, **days).group_by("spot_no").aggregate(n=this.count())
