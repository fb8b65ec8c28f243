"""Which incidents are open; loads are cached here and nowhere else."""

import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import pandas as pd

from geodata.actors.actors import Actors, read_actors
from geodata.gazetteer.places import Gazetteer, read_gazetteer
from geodata.incidents.documents import read_documents
from geodata.incidents.tallies import read_tallies
from geodata.store.engine import Store, open_store
from geodata.store.facts import list_documents
from geodata.store.load import load_incidents, reference_digest
from geodata.store.spark import open_cluster

ROOT = Path(__file__).resolve().parent.parent
_lock = Lock()


@dataclass(frozen=True, kw_only=True)
class Source:
    """The open incidents with all that explains them.

    Attributes
    ----------
    name
        The file's name, without its folder.
    documents, tallies
        Those that the incidents cite, and what these report in total.
    passages
        The folder with the texts of the documents, or None: they are not part of this repository.
    """

    name: str
    store: Store
    gazetteer: Gazetteer
    actors: Actors
    documents: pd.DataFrame
    tallies: pd.DataFrame
    passages: Path | None


def open_source() -> Source:
    """Return the incidents that ``INCIDENTS`` names, or the shipped ones, loading them when they have changed.

    Environment
    -----------
    INCIDENTS
        A CSV of incidents; default ``incidents.csv`` beside the packages.
    INCIDENTS_CACHE
        A folder for the engine's files; default ``.cache`` beside the packages, or a temporary one.
    INCIDENTS_ENGINE
        ``sc://host:15002`` of a Spark cluster; ``INCIDENTS`` is then the folder that ``python -m geodata load``
        wrote, as the cluster names it.
    DOCUMENTS
        A folder with the texts of the source documents, named ``<document>.txt``, for showing passages.
    """
    incidents, engine = os.environ.get("INCIDENTS"), os.environ.get("INCIDENTS_ENGINE")
    if engine:
        with _lock:
            return _open_cluster(engine, incidents or "")
    path = Path(incidents or ROOT / "incidents.csv")
    state = path.stat()
    with _lock:
        return _load(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _load(path: Path, _modified: int, _size: int) -> Source:
    gazetteer, actors = read_gazetteer(), read_actors()
    file = load_incidents(path, _cache_folder(), gazetteer, actors, salt=reference_digest())
    return _explained(open_store(file), path.name, gazetteer, actors)


@lru_cache(maxsize=2)
def _open_cluster(engine: str, folder: str) -> Source:
    store = open_cluster(engine, folder)
    return _explained(store, store.meta["source"], read_gazetteer(), read_actors())


def _explained(store: Store, name: str, gazetteer: Gazetteer, actors: Actors) -> Source:
    folder = os.environ.get("DOCUMENTS")
    documents, tallies = read_documents(), read_tallies()
    cited = list_documents(store)
    about = tallies["sources"].str.split("; ").explode().str.rpartition(":")[0].isin(cited).groupby(level=0).any()
    return Source(
        name=name,
        store=store,
        gazetteer=gazetteer,
        actors=actors,
        documents=documents[documents["document"].isin(cited)],
        tallies=tallies[about],
        passages=Path(folder) if folder else None,
    )


def _cache_folder() -> Path:
    folder = Path(os.environ.get("INCIDENTS_CACHE") or ROOT / ".cache")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir()) / "incident-map"
    return folder
