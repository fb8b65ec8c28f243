from concurrent.futures import ThreadPoolExecutor

import pytest
from storing import made_up_store

from geodata.store import engine
from geodata.store.engine import TooLongError
from geodata.store.queries import find_related

READERS = 8


def test_many_readers_ask_at_once():
    store = made_up_store(7)
    rows = list(range(20)) * 5
    with ThreadPoolExecutor(READERS) as readers:
        answers = list(readers.map(lambda row: find_related(store, row), rows))
    assert answers == [find_related(store, row) for row in rows]


def test_a_question_that_takes_too_long_is_broken_off_and_the_next_one_answered(monkeypatch):
    store = made_up_store(3)
    monkeypatch.setattr(engine, "MOST_SECONDS", 0.05)
    with pytest.raises(TooLongError, match="took longer"):
        store.run("SELECT sum(a.range * b.range % 7) FROM range(1000000) a, range(1000000) b")
    monkeypatch.undo()
    assert store.run("SELECT 1 AS one")["one"].to_pylist() == [1]


def test_a_list_has_more_memory_while_it_is_taken_and_gives_it_back():
    store = made_up_store(3)
    lists = [store.stream(store.incidents.order_by("place_name"), 5) for _ in range(2)]
    before = _limit(store)
    assert [next(rows).num_rows for rows in lists] == [5, 5]
    assert _limit(store) > before
    lists[0].close()
    assert _limit(store) > before
    assert sum(batch.num_rows for batch in lists[1]) > 0
    assert _limit(store) == before


def _limit(store):
    told = store.run("SELECT value FROM duckdb_settings() WHERE name = 'memory_limit'")["value"][0].as_py()
    return {"MiB": 1, "GiB": 1024}[told.split()[1]] * float(told.split()[0])
