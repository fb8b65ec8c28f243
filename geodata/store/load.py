"""Build the store: from a table on disk to a sorted DuckDB file."""

import hashlib
import json
import os
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
from pandas.api.types import is_object_dtype

from geodata.actors.actors import Actors, join_actors
from geodata.errors import Problem
from geodata.gazetteer.locate import locate
from geodata.gazetteer.places import Gazetteer
from geodata.incidents.links import LINKS, check_links, repeated_id
from geodata.incidents.read import read_batches
from geodata.incidents.schema import COLUMNS, GIVEN, Precision
from geodata.store.engine import MEMORY_LIMIT
from geodata.tables.cells import split_list

LAYOUT = "3"  # part of every file's name: a new layout never reads an old file


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


def reference_digest() -> str:
    """Return a hash of our gazetteer and actors, which decide about the contents of a store too."""
    files = sorted(Path(__file__).parents[1].glob("*/data/*.*"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _build(
    connection: duckdb.DuckDBPyConnection, source: Path, gazetteer: Gazetteer, actors: Actors, meta: dict[str, str]
) -> None:
    connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'; SET preserve_insertion_order = false")
    read = 0
    for reading in read_batches(source):
        joined, unknown = join_actors(pd.DataFrame(locate(reading.incidents, gazetteer)), actors)
        _append(connection, "staged", joined.drop(columns="geometry"))
        _append(connection, "rejected", reading.rejected)
        _append(connection, "problems", _to_frame((*reading.problems, *unknown)))
        read += reading.rows
    _reject_repeated_ids(connection)
    _append(connection, "problems", _to_frame(_link_problems(connection)))
    _append_reference(connection, gazetteer, actors)
    connection.execute(Path(__file__).with_name("build.sql").read_text(encoding="utf-8"))
    rejected = connection.sql("SELECT count(*) FROM rejected").fetchall()[0][0]
    meta |= {"rows_read": str(read), "rows_rejected": str(rejected)}
    _append(connection, "meta", pd.DataFrame(meta.items(), columns=["key", "value"]))


def _append_reference(connection: duckdb.DuckDBPyConnection, gazetteer: Gazetteer, actors: Actors) -> None:
    members = [(faction, m) for faction in actors.by_id for m in sorted(actors.members(faction) - {faction})]
    listed = [(a.actor_id, a.name, a.parent, a.side) for a in actors.by_id.values()]
    _append(connection, "members", pd.DataFrame(members, columns=["faction", "actor_id"]))
    _append(connection, "listed", pd.DataFrame(listed, columns=["faction", "name", "parent", "side"]))
    _append(connection, "areas", pd.DataFrame({"place_id": list(gazetteer.areas)}))
    _append(connection, "precisions", pd.DataFrame({"value": list(Precision), "rank": range(len(Precision))}))


def _to_frame(problems: Iterable[Problem]) -> pd.DataFrame:
    rows = [(p.line, p.column, p.value, p.reason) for p in problems]
    return pd.DataFrame(rows, columns=["line", "column", "value", "reason"]).astype({"line": "int64"})


def _append(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    texts = frame.columns[frame.dtypes.map(is_object_dtype)]  # an empty column of text says no more
    connection.register("frame", pa.Table.from_pandas(frame.astype(dict.fromkeys(texts, "str")), preserve_index=False))
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table} AS FROM frame LIMIT 0")
    connection.execute(f"INSERT INTO {table} BY NAME FROM frame")
    connection.unregister("frame")


def _reject_repeated_ids(connection: duckdb.DuckDBPyConnection) -> None:
    """Move every row whose id an earlier line has, accepted or not, from the staged to the rejected ones."""
    repeated = connection.sql("""
        WITH firsts AS (
            SELECT incident_id, min(line) AS first FROM (
                SELECT incident_id, line FROM staged
                UNION ALL SELECT incident_id, line FROM rejected WHERE incident_id <> '')
            GROUP BY incident_id HAVING count(*) > 1)
        SELECT staged.*, first FROM staged JOIN firsts USING (incident_id) WHERE line > first ORDER BY line
    """).df()
    if repeated.empty:
        return
    problems = [
        repeated_id(int(line), own, int(first))
        for line, own, first in repeated[["line", "incident_id", "first"]].itertuples(index=False)
    ]
    written = repeated[[column.name for column in (*COLUMNS, *GIVEN)]].astype("str").fillna("")
    told = {"reason": [p.reason for p in problems], "cells": [json.dumps(row) for row in written.to_dict("records")]}
    _append(connection, "rejected", repeated[["line", "incident_id"]].assign(**told))
    _append(connection, "problems", _to_frame(problems))
    connection.execute("DELETE FROM staged WHERE line IN (SELECT line FROM rejected)")


def _link_problems(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Return the problems of the rows that name others; only those rows are looked at."""
    linked = connection.sql(f"""
        SELECT line, incident_id, {", ".join(LINKS)} FROM staged WHERE concat({", ".join(LINKS)}) <> '' ORDER BY line
    """).df()
    named = {link for column in LINKS for cell in linked[column] for link in split_list(cell)}
    connection.register("named", pa.table({"incident_id": pa.array(sorted(named), pa.string())}))
    known = connection.sql("""
        SELECT incident_id FROM named WHERE incident_id IN (FROM (SELECT incident_id FROM staged))
           OR incident_id IN (FROM (SELECT incident_id FROM rejected))
    """).fetchall()
    connection.unregister("named")
    return check_links(linked, known={row[0] for row in known})
