from datetime import date, timedelta
from itertools import pairwise, product
from random import Random

import pytest
from storing import make_store

from geodata.store import facts, moves
from geodata.store.answers import Answers
from geodata.store.counts import count_rows
from geodata.store.filters import IncidentFilter
from geodata.store.spots import count_by_spot

FIRST = date(2024, 2, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(6)]
ROWS = [
    {"date_earliest": first.isoformat(), "date_latest": last.isoformat()}
    for first, last in product(DAYS, DAYS)
    if first <= last
] + [{"date_earliest": "", "date_latest": ""}]
ENDS = [None, FIRST - timedelta(days=1), *DAYS, DAYS[-1] + timedelta(days=1)]


@pytest.mark.parametrize(("within", "undated"), list(product([True, False], repeat=2)))
def test_from_any_dates_to_any_others_a_move_counts_every_row_once(monkeypatch, within, undated):
    monkeypatch.setattr(facts, "PACE", 1)
    monkeypatch.setattr(moves, "LEAST_ROWS", 0)
    monkeypatch.setattr(moves, "MOST_CROSSED", 1e9)
    store = make_store(*ROWS)
    dates = list(product(ENDS, ENDS))
    Random(7).shuffle(dates)  # noqa: S311, nothing is secret about it
    for moved in pairwise(dates):
        store.answers = Answers()
        for start, end in moved:
            question = IncidentFilter(start=start, end=end, within=within, undated=undated)
            counted = count_by_spot(store, question)
            assert counted is not None
            assert counted[1].sum() == count_rows(store, question), moved
