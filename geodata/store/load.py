"""A store from a table: kept as a sorted DuckDB file, or in memory only."""

import hashlib
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
from filelock import FileLock

from geodata.actors.actors import Actors
from geodata.errors import GeodataError
from geodata.formats.mapping import ColumnMapping
from geodata.formats.opening import OpenTable, open_table
from geodata.gazetteer.places import Gazetteer
from geodata.review.decisions import NOTHING_DECIDED, Decisions
from geodata.review.file import digest_decisions
from geodata.store.build import build_tables
from geodata.store.digests import digest_of, remembered_digest
from geodata.store.engine import CONFIG, DuckEngine, Store

LAYOUT = "9"  # part of every file's name: a new layout never reads an old file
# Checkpoints are made where rows are finished: one of its own would compress those that are dropped in the end.
TO_BUILD: dict[str, Any] = {"memory_limit": "2GB", "checkpoint_threshold": "1TB"}
LIMIT_IN_MEMORY = "2GB"
SORTED_IN_MEMORY = 100_000
_ON_DISK = "let a server show it (INCIDENTS=file), which keeps it on its disk"


def load_incidents(  # noqa: PLR0913, all that decides about a store
    source: Path,
    folder: Path,
    gazetteer: Gazetteer,
    actors: Actors,
    *,
    mapping: ColumnMapping | None = None,
    decisions: Decisions = NOTHING_DECIDED,
    salt: str = "",
) -> Path:
    """Return the DuckDB file that holds `source`, building it in `folder` unless it is there already.

    The name bears the hash of the contents, so a changed source is another file, and a reader of the old
    one is never disturbed. The file appears whole or not at all, whatever happens half way.

    Parameters
    ----------
    source
        A file of any kind that `open_table` knows.
    mapping
        How to read a table that is in no known format; guessed by default.
    decisions
        What the reader has decided about names and duplicates.
    salt
        What else decides about the contents, such as the hash of gazetteer and actors.

    Raises
    ------
    InvalidTableError
        If `source` is no table of incidents at all; faults of single rows are stored, not raised.
    GeodataError
        If it needs no mapping, and is given one.
    """
    digest = remembered_digest(source, folder)
    target = _target(folder, digest, decisions, salt, mapping)
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    table = open_table(source, mapping=mapping)
    building = target.with_suffix(".building")
    with FileLock(target.with_suffix(".lock")):  # another process may be building it: then it is there in the end
        if target.exists():
            return target
        _remove(building)  # what a process has left that was killed half way
        try:
            with duckdb.connect(building, config=TO_BUILD) as connection:
                meta = _meta(table, digest, decisions)
                repair = table.format.repeated
                rows = table.batches()
                build_tables(connection, rows, gazetteer, actors, meta, decisions=decisions, repair=repair)
            building.replace(target)
        finally:
            _remove(building)
    return target


def is_loaded(
    source: Path,
    folder: Path,
    *,
    mapping: ColumnMapping | None = None,
    decisions: Decisions = NOTHING_DECIDED,
    salt: str = "",
) -> bool:
    """Return whether `load_incidents` would find what it is to build."""
    return _target(folder, remembered_digest(source, folder), decisions, salt, mapping).exists()


def _target(folder: Path, digest: str, decisions: Decisions, salt: str, mapping: ColumnMapping | None) -> Path:
    decided = digest_decisions(decisions) if decisions else ""
    told = f"{LAYOUT} {duckdb.__version__} {digest} {salt} {decided}{mapping.to_text() if mapping else ''}"
    key = hashlib.sha256(told.encode()).hexdigest()[:16]
    return folder / f"incidents-{key}.duckdb"


def _remove(building: Path) -> None:
    """Remove a database with its log and what was too large for memory, as far as they are there."""
    for file in (building, building.with_name(f"{building.name}.wal")):
        file.unlink(missing_ok=True)
    shutil.rmtree(building.with_name(f"{building.name}.tmp"), ignore_errors=True)


def load_in_memory(  # noqa: PLR0913, all that decides about a store
    source: BinaryIO | Path | OpenTable,
    gazetteer: Gazetteer,
    actors: Actors,
    *,
    name: str,
    decisions: Decisions = NOTHING_DECIDED,
    on_rows: Callable[[int], bool] | None = None,
) -> Store:
    """Return a store of `source` that is nowhere on disk, and gone when nobody holds it any more.

    Parameters
    ----------
    source
        A file, or its bytes: anything that can be read from its beginning twice; or such a one open as a table,
        with the mapping that the reader has corrected.
    name
        What messages and exports call it.
    decisions
        What the reader has decided about names and duplicates.
    on_rows
        Is told after each batch how many rows have been read, and answers whether to go on.

    Raises
    ------
    InvalidTableError
        If `source` is no table of incidents at all; faults of single rows are stored, not raised.
    LoadingStoppedError
        When `on_rows` answers no.
    GeodataError
        If it is too large to be held in memory.
    """
    table = source if isinstance(source, OpenTable) else open_table(source, name=name)
    with _opened(table.source) as file:
        meta = _meta(table, digest_of(file), decisions)
        # Without a folder for what does not fit, DuckDB refuses instead of writing a reader's rows to disk.
        connection = duckdb.connect(":memory:", config=CONFIG | {"temp_directory": "", "memory_limit": LIMIT_IN_MEMORY})
        try:
            readings = table.batches()
            build_tables(
                connection,
                readings,
                gazetteer,
                actors,
                meta,
                decisions=decisions,
                repair=table.format.repeated,
                on_rows=on_rows,
                sorted_rows=SORTED_IN_MEMORY,
            )
            connection.execute("CHECKPOINT")  # which compresses, in memory too
            return Store(DuckEngine(connection))
        except duckdb.OutOfMemoryException as error:
            connection.close()
            raise GeodataError(f"{name} is too large to be held in memory: {_ON_DISK}") from error
        except BaseException:
            connection.close()
            raise


def reference_digest() -> str:
    """Return a hash of our gazetteer and actors, which decide about the contents of a store too."""
    files = sorted(Path(__file__).parents[1].glob("*/data/*.*"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _meta(table: OpenTable, digest: str, decisions: Decisions) -> dict[str, str]:
    told = {"source": table.name, "sha256": digest, "loaded_with": f"duckdb {version('duckdb')}"}
    told |= {"decisions_sha256": digest_decisions(decisions)} if decisions else {}
    told |= {"mapping": table.mapping.to_text()} if table.mapping else {}
    return told | table.format.as_meta()


@contextmanager
def _opened(source: BinaryIO | Path) -> Generator[BinaryIO]:
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield file
    else:
        source.seek(0)
        yield source
