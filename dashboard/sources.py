"""Which incidents are open; loads are cached here and nowhere else."""

import hashlib
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
from geodata.store.load import load_incidents

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
    DOCUMENTS
        A folder with the texts of the source documents, named ``<document>.txt``, for showing passages.
    """
    path = Path(os.environ.get("INCIDENTS") or ROOT / "incidents.csv")
    state = path.stat()
    with _lock:
        return _load(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _load(path: Path, _modified: int, _size: int) -> Source:
    gazetteer, actors = read_gazetteer(), read_actors()
    file = load_incidents(path, _cache_folder(), gazetteer, actors, salt=_reference_digest())
    folder = os.environ.get("DOCUMENTS")
    store, documents, tallies = open_store(file), read_documents(), read_tallies()
    cited = list_documents(store)
    about = tallies["sources"].str.split("; ").explode().str.rpartition(":")[0].isin(cited).groupby(level=0).any()
    return Source(
        name=path.name,
        store=store,
        gazetteer=gazetteer,
        actors=actors,
        documents=documents[documents["document"].isin(cited)],
        tallies=tallies[about],
        passages=Path(folder) if folder else None,
    )


def _reference_digest() -> str:
    """Return a hash of gazetteer and actors, which decide about the contents of a store too."""
    files = sorted((ROOT / "geodata").glob("*/data/*.*"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _cache_folder() -> Path:
    folder = Path(os.environ.get("INCIDENTS_CACHE") or ROOT / ".cache")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir()) / "incident-map"
    return folder
