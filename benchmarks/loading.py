"""From a table on disk to a store that answers, the first time and again; then its questions against NumPy."""

import tempfile
import time
from pathlib import Path

from benchmarks import questions
from geodata.actors.actors import read_actors
from geodata.gazetteer.places import read_gazetteer
from geodata.store.digests import SETTLED_NS
from geodata.store.load import load_incidents


def compare(table: Path, name: str) -> None:
    """Print how long it takes until the first question can be asked, and then what `benchmarks.questions` prints."""
    with tempfile.TemporaryDirectory() as folder:
        time.sleep(SETTLED_NS / 1e9)  # a table that was written just now is not trusted to stay as it is
        first, file = _load(table, Path(folder))
        again, _ = _load(table, Path(folder))
        size = file.stat().st_size / 1e6
        print(f"{name:>12}  table → ready {first:6.1f} s   again {again:5.2f} s   store {size:.0f} MB")
        questions.compare(file)


def _load(table: Path, folder: Path) -> tuple[float, Path]:
    start = time.perf_counter()
    file = load_incidents(table, folder, read_gazetteer(), read_actors())
    return time.perf_counter() - start, file
