"""Loading in a process of its own, so that the memory it takes is given back to whoever only asks afterwards."""

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from geodata.actors.actors import Actors
from geodata.errors import GeodataError
from geodata.gazetteer.places import Gazetteer
from geodata.store.load import is_loaded, load_incidents

LARGE = 20_000_000
"""Bytes of a table; a smaller one takes less memory than another process."""


def load_apart(source: Path, folder: Path, gazetteer: Gazetteer, actors: Actors, *, salt: str = "") -> Path:
    """Return what `load_incidents` does; what is large is built in another process.

    Raises
    ------
    InvalidTableError
        As `load_incidents`.
    GeodataError
        If the other process was ended half way; nothing is left of it.
    """
    if source.stat().st_size < LARGE or is_loaded(source, folder, salt=salt):
        return load_incidents(source, folder, gazetteer, actors, salt=salt)
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            return apart.submit(load_incidents, source, folder, gazetteer, actors, salt=salt).result()
    except BrokenProcessPool as error:
        raise GeodataError(
            f"loading {source.name} was ended half way, perhaps for want of memory: try again"
        ) from error
