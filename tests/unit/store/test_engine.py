from concurrent.futures import ThreadPoolExecutor

from storing import made_up_store

from geodata.store.queries import find_related

READERS = 8


def test_many_readers_ask_at_once():
    store = made_up_store(7)
    rows = list(range(20)) * 5
    with ThreadPoolExecutor(READERS) as readers:
        answers = list(readers.map(lambda row: find_related(store, row), rows))
    assert answers == [find_related(store, row) for row in rows]
