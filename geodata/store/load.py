"""Build the store: from a table on disk to a sorted DuckDB file."""

import hashlib
import os
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import duckdb
import pandas as pd
from pandas.api.types import is_object_dtype

from geodata.actors.actors import Actors, join_actors
from geodata.gazetteer.locate import locate
from geodata.gazetteer.places import Gazetteer
from geodata.incidents.read import Reading, read_incidents
from geodata.incidents.schema import Precision

LAYOUT = "2"  # part of every file's name: a new layout never reads an old file


def load_incidents(source: Path, folder: Path, gazetteer: Gazetteer, actors: Actors, *, salt: str = "") -> Path:
    """Return the DuckDB file that holds `source`, building it in `folder` unless it is there already.

    The name bears the hash of the contents, so a changed source is another file, and a reader of the old
    one is never disturbed. The file appears whole or not at all, whatever happens half way.

    Parameters
    ----------
    salt
        What else decides about the contents, such as the hash of gazetteer and actors.

    Raises
    ------
    InvalidTableError
        If `source` is no table of incidents at all; faults of single rows are stored, not raised.
    """
    digest = file_digest(source)
    key = hashlib.sha256(f"{LAYOUT} {duckdb.__version__} {digest} {salt}".encode()).hexdigest()[:16]
    target = folder / f"incidents-{key}.duckdb"
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    building = folder / f"{target.name}.{os.getpid()}.building"
    building.unlink(missing_ok=True)
    try:
        with duckdb.connect(building) as connection:
            meta = {"source": source.name, "sha256": digest, "loaded_with": f"duckdb {version('duckdb')}"}
            _build(connection, source, gazetteer, actors, meta)
        building.replace(target)
    finally:
        building.unlink(missing_ok=True)
    return target


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _build(
    connection: duckdb.DuckDBPyConnection, source: Path, gazetteer: Gazetteer, actors: Actors, meta: dict[str, str]
) -> None:
    rows = rejected = 0
    for reading in _readings(source):
        joined, unknown = join_actors(
            pd.DataFrame(locate(reading.incidents, gazetteer).drop(columns="geometry")), actors
        )
        problems = [(p.line, p.column, p.value, p.reason) for p in (*reading.problems, *unknown)]
        _append(connection, "staged", joined)
        _append(connection, "rejected", reading.rejected)
        _append(connection, "problems", pd.DataFrame(problems, columns=["line", "column", "value", "reason"]))
        rows, rejected = rows + reading.rows, rejected + len(reading.rejected)
    members = [(faction, m) for faction in actors.by_id for m in sorted(actors.members(faction) - {faction})]
    meta |= {"rows_read": str(rows), "rows_rejected": str(rejected)}
    _append(connection, "meta", pd.DataFrame(meta.items(), columns=["key", "value"]))
    _append(connection, "members", pd.DataFrame(members, columns=["faction", "actor_id"], dtype="str"))
    listed = [(a.actor_id, a.name, a.parent, a.side) for a in actors.by_id.values()]
    _append(connection, "listed", pd.DataFrame(listed, columns=["faction", "name", "parent", "side"], dtype="str"))
    _append(connection, "areas", pd.DataFrame({"place_id": list(gazetteer.areas)}, dtype="str"))
    _append(connection, "precisions", pd.DataFrame({"value": list(Precision), "rank": range(len(Precision))}))
    connection.execute(Path(__file__).with_name("build.sql").read_text(encoding="utf-8"))


def _readings(source: Path) -> Iterator[Reading]:
    yield read_incidents(source)


def _append(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    texts = frame.columns[frame.dtypes.map(is_object_dtype)]  # an empty column of text says no more
    frame = frame.astype(dict.fromkeys(texts, "str"))
    connection.register("frame", frame)
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table} AS FROM frame LIMIT 0")
    connection.execute(f"INSERT INTO {table} BY NAME FROM frame")
    connection.unregister("frame")
