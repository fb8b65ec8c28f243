import numpy as np
import pyarrow as pa
import pytest
from storing import made_up_store

from geodata.store import rows
from geodata.store.rows import stream_numbered


@pytest.fixture
def store(monkeypatch):
    monkeypatch.setattr(rows, "BATCH_ROWS", 5)
    monkeypatch.setattr(rows, "SCATTERED_ROWS", 2)
    return made_up_store(7)


def ids(store, numbers):
    batches = list(stream_numbered(store, np.array(numbers), ["incident_id"]))
    return pa.Table.from_batches(batches)["incident_id"].to_pylist(), [len(batch) for batch in batches]


@pytest.mark.parametrize(
    ("numbers", "sizes"),
    [
        ([9, 8, 7, 6, 5, 4], [5, 1]),
        ([0, 30, 1, 25, 2], [2, 2, 1]),
        ([0, 30, 10, 11, 12, 13, 14], [2, 5]),
        ([3], [1]),
    ],
    ids=["neighbours are read at one go", "others in smaller batches", "one after the other", "one"],
)
def test_rows_come_in_the_order_of_their_numbers(store, numbers, sizes):
    by_number = {row["row"]: row["incident_id"] for row in store.ask(store.incidents).to_pylist()}
    assert ids(store, numbers) == ([by_number[number] for number in numbers], sizes)


def test_far_rows_are_read_without_those_between(store, monkeypatch):
    asked = []
    run = store.run
    monkeypatch.setattr(store, "run", lambda sql: asked.append(run(sql)) or asked[-1])
    ids(store, [0, 30])
    assert [table.num_rows for table in asked] == [2]


def test_who_needs_the_first_batch_only_has_no_other_one_read(store, monkeypatch):
    asked = []
    run = store.run
    monkeypatch.setattr(store, "run", lambda sql: asked.append(sql) or run(sql))
    batches = stream_numbered(store, np.arange(20), ["incident_id"])
    next(batches)
    batches.close()
    assert len(asked) == 1
