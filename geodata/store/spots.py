"""Incidents counted by spot: where a store has few, all signs of a map are made of one answer, whatever it shows."""

import pyarrow as pa

from geodata.store.asking import ask
from geodata.store.engine import Store, Table, this
from geodata.store.filters import IncidentFilter, matching


def count_by_spot(store: Store, question: IncidentFilter) -> pa.Table | None:
    """Return the matching rows of each spot by side and attribution, or None where the store has too many spots.

    Returns
    -------
    pyarrow.Table
        `side_no`, `attribution_no`, the number of rows as `n`, and what `Store.spots` tells, which is missing for the
        rows that are not on the map.
    """
    spots = store.spots
    if spots is None:
        return None
    counted = ask(store, _by_spot, question)
    return pa.Table.from_pydict(
        {name: counted[name] for name in ("side_no", "attribution_no", "n")}
        | {name: spots[name].take(counted["spot_no"]) for name in spots.column_names[1:]}
    )


def _by_spot(store: Store, question: IncidentFilter) -> Table:
    return matching(store, question).group_by("spot_no", "side_no", "attribution_no").aggregate(n=this.count())
