"""Which incidents are open: the server's, and those of readers; loads are cached here and nowhere else."""

import logging
import os
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

import pandas as pd

from geodata.actors.actors import Actors, read_actors
from geodata.errors import GeodataError, by_line, report
from geodata.formats.mapping import ColumnMapping
from geodata.formats.opening import OpenTable, open_table
from geodata.gazetteer.places import Gazetteer, read_gazetteer
from geodata.incidents.documents import read_documents
from geodata.incidents.tallies import read_tallies
from geodata.review.decisions import NOTHING_DECIDED, Decisions
from geodata.review.file import read_decisions
from geodata.store.apart import load_apart
from geodata.store.decided import find_idle
from geodata.store.engine import Store, open_store
from geodata.store.facts import list_documents
from geodata.store.load import load_in_memory, reference_digest
from geodata.store.spark import open_cluster

ROOT = Path(__file__).resolve().parent.parent
_lock = Lock()
_log = logging.getLogger(__name__)


class TableGoneError(GeodataError):
    """A reader's own table that nobody has open any more."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """The open incidents with all that explains them.

    Attributes
    ----------
    name
        The file's name, without its folder.
    documents, tallies
        Those that the incidents cite, and what these report in total, the latest first.
    passages
        The folder with the texts of the documents, or None: they are not part of this repository.
    token
        An unguessable word by which routes find a reader's own table; blank for the server's.
    table
        The file, which can be read again; None on a cluster.
    decisions
        What the reader had decided when it was read.
    """

    name: str
    store: Store
    gazetteer: Gazetteer
    actors: Actors
    documents: pd.DataFrame
    tallies: pd.DataFrame
    passages: Path | None
    token: str = ""
    table: OpenTable | None = None
    decisions: Decisions = NOTHING_DECIDED


# Only the sessions of their readers hold them.
_own: WeakValueDictionary[str, Source] = WeakValueDictionary()


def open_source() -> Source:
    """Return the incidents that ``INCIDENTS`` names, or the shipped ones, loading them when they have changed.

    Environment
    -----------
    INCIDENTS
        A table of incidents, of any kind that opens; default ``incidents.csv`` beside the packages.
    MAPPING
        A file that says what the columns of that table mean; guessed by default.
    DECISIONS
        A file of what has been decided about its names and duplicates. Lines of it that change nothing go to the log.
    INCIDENTS_CACHE
        A folder for the engine's files; default ``.cache`` beside the packages, or a temporary one.
    INCIDENTS_ENGINE
        ``sc://host:15002`` of a Spark cluster; ``INCIDENTS`` is then the folder that ``python -m geodata load``
        wrote, as the cluster names it; that command took mapping and decisions.
    DOCUMENTS
        A folder with the texts of the source documents, named ``<document>.txt``, for showing passages.

    Raises
    ------
    GeodataError
        If one of the files is not what it must be.
    OSError
        If one of them cannot be opened.
    """
    incidents, engine = os.environ.get("INCIDENTS"), os.environ.get("INCIDENTS_ENGINE")
    if engine:
        with _lock:
            return _open_cluster(engine, incidents or "")
    path, mapping, decisions = Path(incidents or ROOT / "incidents.csv"), _named("MAPPING"), _named("DECISIONS")
    states = [file.stat() for file in (path, mapping, decisions) if file]
    with _lock:
        return _load(path, mapping, decisions, tuple((state.st_mtime_ns, state.st_size) for state in states))


def load_own(
    table: OpenTable, *, decisions: Decisions = NOTHING_DECIDED, on_rows: Callable[[int], bool] | None = None
) -> Source:
    """Return a table for one reader: it stays in memory, and goes with whoever holds what is returned here.

    Parameters
    ----------
    on_rows
        As in `load_in_memory`: is told how many rows have been read, and answers whether to go on.

    Raises
    ------
    GeodataError
        As `load_in_memory`.
    """
    gazetteer, actors = _reference()
    store = load_in_memory(table, gazetteer, actors, name=table.name, decisions=decisions, on_rows=on_rows)
    source = _explained(store, table.name, table, token=secrets.token_urlsafe(16), decisions=decisions)
    _own[source.token] = source
    return source


def find_source(token: str) -> Source:
    """Return the reader's own table with that token, or the server's when it is blank.

    Raises
    ------
    TableGoneError
        If no such table is open.
    """
    if not token:
        return open_source()
    source = _own.get(token)
    if source is None:
        raise TableGoneError("this table is no longer open: open it again")
    return source


@lru_cache(maxsize=1)
def _reference() -> tuple[Gazetteer, Actors]:
    return read_gazetteer(), read_actors()


def _named(variable: str) -> Path | None:
    return Path(told) if (told := os.environ.get(variable)) else None


@lru_cache(maxsize=2)
def _load(path: Path, mapped: Path | None, decided: Path | None, _states: tuple[tuple[int, int], ...]) -> Source:
    mapping = ColumnMapping.from_bytes(mapped.read_bytes(), mapped.name) if mapped else None
    decisions, faults = read_decisions(decided, name=decided.name) if decided else (NOTHING_DECIDED, ())
    told: dict[str, Any] = {"mapping": mapping, "decisions": decisions, "salt": reference_digest()}
    store = open_store(load_apart(path, _cache_folder(), *_reference(), **told))
    if decided and (problems := by_line([*faults, *find_idle(store, decisions)])):
        _log.warning("%s", report(decided.name, problems))
    return _explained(store, path.name, open_table(path, mapping=mapping), decisions=decisions)


@lru_cache(maxsize=2)
def _open_cluster(engine: str, folder: str) -> Source:
    store = open_cluster(engine, folder)
    return _explained(store, store.meta["source"], None)


def _explained(
    store: Store, name: str, table: OpenTable | None, *, token: str = "", decisions: Decisions = NOTHING_DECIDED
) -> Source:
    (gazetteer, actors), folder = _reference(), os.environ.get("DOCUMENTS")
    documents, tallies = read_documents(), read_tallies()
    cited = list_documents(store)
    about = tallies["sources"].str.split("; ").explode().str.rpartition(":")[0].isin(cited).groupby(level=0).any()
    return Source(
        name=name,
        store=store,
        gazetteer=gazetteer,
        actors=actors,
        documents=documents[documents["document"].isin(cited)],
        tallies=tallies[about].sort_values(["period_end", "line"], ascending=[False, True]),
        passages=Path(folder) if folder else None,
        token=token,
        table=table,
        decisions=decisions,
    )


def _cache_folder() -> Path:
    folder = Path(os.environ.get("INCIDENTS_CACHE") or ROOT / ".cache")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir()) / "incident-map"
    return folder
