"""Loading in a process of its own, so that the memory it takes is given back to whoever only asks afterwards."""

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from geodata.actors.actors import Actors
from geodata.errors import GeodataError
from geodata.formats.mapping import ColumnMapping
from geodata.gazetteer.places import Gazetteer
from geodata.review.decisions import NOTHING_DECIDED, Decisions
from geodata.store.load import is_loaded, load_incidents

LARGE = 20_000_000
"""Bytes of a table; a smaller one takes less memory than another process."""
ROOT = Path(__file__).parents[2]


def load_apart(  # noqa: PLR0913, as `load_incidents`
    source: Path,
    folder: Path,
    gazetteer: Gazetteer,
    actors: Actors,
    *,
    mapping: ColumnMapping | None = None,
    decisions: Decisions = NOTHING_DECIDED,
    salt: str = "",
) -> Path:
    """Return what `load_incidents` does; what is large is built in another process.

    Raises
    ------
    InvalidTableError
        As `load_incidents`.
    GeodataError
        As `load_incidents`; or if the other process was ended half way: nothing is left of it.
    """
    told: dict[str, Any] = {"mapping": mapping, "decisions": decisions, "salt": salt}
    if source.stat().st_size < LARGE or is_loaded(source, folder, **told):
        return load_incidents(source, folder, gazetteer, actors, **told)
    # Replaced by themselves, they are without what they have looked up so far, which does not travel.
    asked = pickle.dumps((source.resolve(), folder.resolve(), replace(gazetteer), replace(actors), told))
    # Not by multiprocessing, which runs the main program again first: under Streamlit that is the page.
    command = [sys.executable, "-m", "geodata.store.apart"]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    apart = subprocess.run(  # noqa: S603, our own module
        command, input=asked, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path}, check=False
    )
    if apart.returncode:
        raise GeodataError(f"loading {source.name} was ended half way, perhaps for want of memory: try again")
    answer: Path | GeodataError | OSError = pickle.loads(apart.stdout)  # noqa: S301, written by our own process
    if isinstance(answer, Exception):
        raise answer
    return folder / answer.name


def main() -> None:
    """Load what standard input asks for, and tell standard output where it is or why it is not."""
    *asked, told = pickle.load(sys.stdin.buffer)  # noqa: S301, written by our own process
    try:
        answer: object = load_incidents(*asked, **told)
    except (GeodataError, OSError) as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    main()
