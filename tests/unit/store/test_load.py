import gc
import hashlib
import io
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from builders import csv_of
from foreign import ACLED_ROW, ACLED_SINCE_2023, text_of
from serving import ROOT
from storing import ACTORS, GAZETTEER

from geodata.errors import GeodataError, InvalidTableError
from geodata.formats.format import CANONICAL
from geodata.formats.opening import open_table
from geodata.store import load
from geodata.store.build import LoadingStoppedError
from geodata.store.counts import count_rows
from geodata.store.engine import TABLES, Store, open_store
from geodata.store.factions import list_factions
from geodata.store.facts import find_span, find_years, list_documents
from geodata.store.filters import IncidentFilter
from geodata.store.load import load_in_memory, load_incidents

EXCERPT = Path(__file__).parents[1] / "formats" / "ucdp-ged-19.1-excerpt.csv"


def table(folder: Path, content: bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content)
    return path


def loaded(folder: Path, content: bytes, **more: str) -> Path:
    return load_incidents(table(folder, content), folder / "cache", GAZETTEER, ACTORS, **more)


def test_the_same_contents_are_loaded_once(tmp_path, monkeypatch):
    first = loaded(tmp_path, csv_of({}))
    monkeypatch.setattr(load, "build_tables", lambda *_: pytest.fail("it was built again"))
    assert loaded(tmp_path, csv_of({})) == first


def test_other_contents_are_another_file_and_the_old_one_stays(tmp_path):
    first = loaded(tmp_path, csv_of({}))
    store = open_store(first)
    second = loaded(tmp_path, csv_of({}, {}))
    assert first != second
    assert (store.meta["rows_read"], open_store(second).meta["rows_read"]) == ("1", "2")


def test_another_gazetteer_is_another_file(tmp_path):
    assert loaded(tmp_path, csv_of({}), salt="a") != loaded(tmp_path, csv_of({}), salt="b")


def test_a_load_that_fails_leaves_nothing_behind(tmp_path):
    with pytest.raises(InvalidTableError):
        loaded(tmp_path, b"no,table\n")
    assert list((tmp_path / "cache").glob("*.[bd]u*")) == []


def test_faults_of_rows_are_stored_and_nothing_is_dropped(tmp_path):
    rows = {"category": "odd"}, {}, {"incident_id": "INC-2"}, {"date_earliest": "2024-02-30"}
    store = open_store(loaded(tmp_path, csv_of(*rows)))
    rejected = store.ask(store.table("rejected").order_by("line")).to_pylist()
    assert [row["line"] for row in rejected] == [2, 4, 5]
    assert (store.meta["rows_read"], store.meta["rows_rejected"], store.meta["source"]) == ("4", "3", "table.csv")


def test_a_file_that_is_no_store_is_told_so(tmp_path):
    path = tmp_path / "it.duckdb"
    path.write_bytes(b"no store at all")
    with pytest.raises(GeodataError, match=r"it\.duckdb can't be opened"):
        open_store(path)


def held(content: bytes, on_rows: Callable[[int], bool] | None = None) -> Store:
    return load_in_memory(io.BytesIO(content), GAZETTEER, ACTORS, name="mine.csv", on_rows=on_rows)


def test_in_memory_is_what_is_on_disk(tmp_path):
    content = csv_of({}, {"place": "Nowhere"}, {"category": "odd"}, {"part_of": "INC-1"}, {"actor": "Nobody"})
    stores = held(content), open_store(loaded(tmp_path, content))
    for name in set(TABLES) - {"meta"}:
        first, second = (store.ask(store.table(name)).to_pylist() for store in stores)
        assert sorted(first, key=str) == sorted(second, key=str), name


def test_in_memory_it_is_called_as_told_and_known_by_its_bytes():
    content = csv_of({}, {"category": "odd"})
    assert dict(held(content).meta) == {
        "source": "mine.csv",
        "sha256": hashlib.sha256(content).hexdigest(),
        "rows_read": "2",
        "rows_rejected": "1",
        "loaded_with": held(content).meta["loaded_with"],
        **CANONICAL.as_meta(),
    }


def test_in_memory_nothing_can_reach_the_disk():
    store = held(csv_of({}))
    assert store.run("SELECT current_setting('temp_directory') AS folder").to_pylist() == [{"folder": ""}]
    assert not [row for row in store.run("SELECT path FROM duckdb_databases()").to_pylist() if row["path"]]


def test_a_file_can_be_held_in_memory_too(tmp_path):
    path = table(tmp_path, csv_of({}, {}))
    assert load_in_memory(path, GAZETTEER, ACTORS, name="mine.csv").meta["rows_read"] == "2"
    assert list(tmp_path.iterdir()) == [path]


def test_several_threads_ask_what_is_in_memory():
    store = held(csv_of({}, {}, {}))
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(lambda _: count_rows(store, IncidentFilter()), range(20))) == {3}


def test_what_is_in_memory_is_gone_when_nobody_holds_it_though_it_was_asked():
    store = held(csv_of({}))
    count_rows(store, IncidentFilter())
    list_factions(store, {})
    for fact in (find_span, find_years, list_documents):
        assert fact(store) is fact(store)
    gone = weakref.ref(store.engine)
    del store
    gc.collect()
    assert gone() is None


def test_loading_tells_how_far_it_is():
    told: list[int] = []
    held(csv_of({}, {"category": "odd"}, {}), lambda rows: told.append(rows) or True)
    assert told[-1] == 3


def test_loading_can_be_stopped():
    with pytest.raises(LoadingStoppedError, match="stopped after 2 rows"):
        held(csv_of({}, {}), lambda _: False)


def test_what_is_too_large_for_memory_is_told_so(monkeypatch):
    monkeypatch.setattr(load, "LIMIT_IN_MEMORY", "1MB")
    with pytest.raises(GeodataError, match=r"mine\.csv is too large to be held in memory"):
        held(csv_of({}))


def test_what_is_no_table_is_not_held_in_memory():
    with pytest.raises(InvalidTableError, match=r"mine\.csv"):
        held(b"no,table\n")


def test_a_store_remembers_under_whose_terms_its_rows_are(tmp_path):
    store = open_store(load_incidents(EXCERPT, tmp_path, GAZETTEER, ACTORS))
    assert (store.meta["rows_read"], store.meta["rows_rejected"]) == ("19", "0")
    assert (store.meta["format"], store.meta["format_redistributable"]) == ("ucdp", "yes")
    assert "CC BY 4.0" in store.meta["format_licence"]
    assert store.meta["format_credit"].startswith("Uppsala Conflict Data Program")


def test_in_memory_a_table_that_is_open_already_is_taken_as_it_is():
    table = open_table(io.BytesIO(csv_of({}, {})), name="theirs.csv")
    assert load_in_memory(table, GAZETTEER, ACTORS, name="mine.csv").meta["source"] == "theirs.csv"


def load_by_command(folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "geodata", "load", str(folder / "table.csv"), "--cache", str(folder / "cache")]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603


def test_processes_that_load_the_same_table_at_once_get_the_same_store(tmp_path):
    table(tmp_path, csv_of(*({"summary": f"number {n}"} for n in range(5000))))
    loading = [load_by_command(tmp_path) for _ in range(3)]
    told = {process.communicate()[0] for process in loading}
    assert [process.returncode for process in loading] == [0, 0, 0]
    (file,) = (tmp_path / "cache").glob("*.duckdb")
    assert told == {f"{file}\n"}
    assert open_store(file).meta["rows_read"] == "5000"


KILLED_HALF_WAY = """
import os, signal, sys
from pathlib import Path
from geodata.actors.actors import read_actors
from geodata.gazetteer.places import read_gazetteer
from geodata.store import build, load

build._append_reference = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
load.load_incidents(Path(sys.argv[1]), Path(sys.argv[2]), read_gazetteer(), read_actors(), salt=load.reference_digest())
"""


def test_a_process_that_is_killed_half_way_is_as_if_it_had_never_begun(tmp_path):
    arguments = [str(table(tmp_path, csv_of({}, {}))), str(tmp_path / "cache")]
    killed = subprocess.run([sys.executable, "-c", KILLED_HALF_WAY, *arguments], cwd=ROOT, check=False)  # noqa: S603
    assert killed.returncode == -signal.SIGKILL
    assert list((tmp_path / "cache").glob("*.building*")) != []
    assert list((tmp_path / "cache").glob("*.duckdb")) == []
    assert load_by_command(tmp_path).communicate()[0]
    (file,) = (tmp_path / "cache").glob("*.duckdb")
    assert open_store(file).meta["rows_read"] == "2"
    assert list((tmp_path / "cache").glob("*.building*")) == []


def test_in_memory_rows_are_compressed():
    store = held(csv_of(*[{"summary": "the same long words in every row, again and again"}] * 3000))
    told = store.run("SELECT compression FROM pragma_storage_info('incidents') WHERE column_name = 'summary'")
    assert "Uncompressed" not in told["compression"].to_pylist()


def test_a_repeated_event_of_acled_is_told_as_what_it_is():
    rows = [ACLED_ROW, ACLED_ROW | {"timestamp": "1675900001", "fatalities": "4"}]
    store = held(text_of(ACLED_SINCE_2023, rows).encode())
    assert store.ask(store.table("rejected"))["reason"].to_pylist() == [
        (
            "line 2 has this id already: it is the same event, told for another actor or in another version "
            "(see timestamp); the first one counts"
        )
    ]
