"""Loading in a process of its own, so that the memory it takes is given back to whoever only asks afterwards."""

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from geodata.actors.actors import Actors
from geodata.errors import GeodataError
from geodata.gazetteer.places import Gazetteer
from geodata.store.load import is_loaded, load_incidents

LARGE = 20_000_000
"""Bytes of a table; a smaller one takes less memory than another process."""
ROOT = Path(__file__).parents[2]


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
    # Replaced by themselves, they are without what they have looked up so far, which does not travel.
    asked = pickle.dumps((source.resolve(), folder.resolve(), replace(gazetteer), replace(actors), salt))
    # Not by multiprocessing, which runs the main program again first: under Streamlit that is the page.
    command = [sys.executable, "-m", "geodata.store.apart"]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    apart = subprocess.run(  # noqa: S603, our own module
        command, input=asked, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path}, check=False
    )
    if apart.returncode:
        raise GeodataError(f"loading {source.name} was ended half way, perhaps for want of memory: try again")
    told: Path | GeodataError | OSError = pickle.loads(apart.stdout)  # noqa: S301, written by our own process
    if isinstance(told, Exception):
        raise told
    return folder / told.name


def main() -> None:
    """Load what standard input asks for, and tell standard output where it is or why it is not."""
    source, folder, gazetteer, actors, salt = pickle.load(sys.stdin.buffer)  # noqa: S301, written by our own process
    try:
        told: object = load_incidents(source, folder, gazetteer, actors, salt=salt)
    except (GeodataError, OSError) as error:
        told = error
    sys.stdout.buffer.write(pickle.dumps(told))


if __name__ == "__main__":
    main()
