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
