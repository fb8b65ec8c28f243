"""The tables of a store, out of readings: located, joined to their actors and sorted."""

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
from pandas.api.types import is_object_dtype

from geodata.actors.actors import Actors, join_actors
from geodata.errors import GeodataError, Problem
from geodata.gazetteer.locate import locate_flat
from geodata.gazetteer.places import Gazetteer
from geodata.incidents.links import GIVE_EACH_ITS_OWN, LINKS, check_links, repeated_id
from geodata.incidents.read import Reading
from geodata.incidents.schema import COLUMNS, GIVEN, Precision
from geodata.review.decisions import NOTHING_DECIDED, Decisions
from geodata.review.file import COLUMNS as DECIDED
from geodata.review.reach import Reach
from geodata.review.same import ids_of_same, link_same
from geodata.tables.cells import split_list

_SORTED = "-- SORTED --"


class LoadingStoppedError(GeodataError):
    """Whoever watched the loading has stopped it; nothing is left of it."""


def build_tables(  # noqa: PLR0913, all that decides about a store
    connection: duckdb.DuckDBPyConnection,
    readings: Iterable[Reading],
    gazetteer: Gazetteer,
    actors: Actors,
    meta: dict[str, str],
    *,
    decisions: Decisions = NOTHING_DECIDED,
    repair: str = GIVE_EACH_ITS_OWN,
    on_rows: Callable[[int], bool] | None = None,
    sorted_rows: int = 1_000_000,
) -> None:
    """Make the tables that `Store` names in an empty database.

    Parameters
    ----------
    meta
        What is told of the table beside the sums of its rows.
    repair
        What the reader is told of a row that bears an earlier row's id.
    on_rows
        Is told after each reading how many rows there are so far, and answers whether to go on.
    sorted_rows
        About how many are put in order at a time; fewer need less memory.

    Raises
    ------
    LoadingStoppedError
        When `on_rows` answers no.
    """
    connection.execute("SET preserve_insertion_order = false; SET enable_progress_bar = false")
    read, reach, ahead = 0, Reach(decisions), iter(readings)
    with ThreadPoolExecutor(2) as threads:  # while a reading is located, the next one is read and the last one written
        reading_next = threads.submit(next, ahead, None)
        writing = threads.submit(lambda: None)
        while reading := reading_next.result():
            reading_next = threads.submit(next, ahead, None)
            located = locate_flat(reading.incidents, gazetteer, decisions)
            joined, unknown = join_actors(located, actors, decisions)
            reach.see(joined)
            writing.result()
            writing = threads.submit(_append_reading, connection, reading, joined, unknown)
            read += reading.rows
            if on_rows and not on_rows(read):
                raise LoadingStoppedError(f"stopped after {read} rows: nothing is kept of them")
        writing.result()
    connection.execute("CHECKPOINT")  # which makes room where all is in memory
    _reject_repeated_ids(connection, repair)
    _link_same(connection, decisions)
    _append(connection, "decisions", _decided(reach, gazetteer, actors))
    _append(connection, "problems", _to_frame(_link_problems(connection)))
    _append_reference(connection, gazetteer, actors)
    before, after = Path(__file__).with_name("build.sql").read_text(encoding="utf-8").split(_SORTED)
    connection.execute(before)
    _insert_sorted(connection, sorted_rows)
    connection.execute(after)
    rejected = connection.sql("SELECT count(*) FROM rejected").fetchall()[0][0]
    told = meta | {"rows_read": str(read), "rows_rejected": str(rejected)}
    _append(connection, "meta", pd.DataFrame(told.items(), columns=["key", "value"]))


def _insert_sorted(connection: duckdb.DuckDBPyConnection, most: int) -> None:
    """Put the incidents in order, so many at a time: all columns of all rows do not fit into memory."""
    days = connection.sql(
        """
        SELECT day FROM (SELECT date_earliest AS day, sum(count(*)) OVER (ORDER BY date_earliest) AS rows
                         FROM staged WHERE date_earliest IS NOT NULL GROUP BY date_earliest)
        QUALIFY rows // $most > lag(rows // $most, 1, 0) OVER (ORDER BY day) ORDER BY day
    """,
        params={"most": most},
    ).fetchall()
    ends = [day.isoformat() for (day,) in days]
    for after, until in pairwise(["-infinity", *ends, "infinity"]):
        connection.execute(f"""
            INSERT INTO incidents FROM ordered WHERE date_earliest > '{after}' AND date_earliest <= '{until}'
        """)
        connection.execute("CHECKPOINT")
    connection.execute("INSERT INTO incidents FROM ordered WHERE date_earliest IS NULL")


def _append_reading(
    connection: duckdb.DuckDBPyConnection, reading: Reading, joined: pd.DataFrame, unknown: Iterable[Problem]
) -> None:
    _append(connection, "staged", joined)
    _append(connection, "rejected", reading.rejected)
    _append(connection, "problems", _to_frame((*reading.problems, *unknown)))


def _decided(reach: Reach, gazetteer: Gazetteer, actors: Actors) -> pd.DataFrame:
    """Return the decisions, each with the number of rows that it names, and the reason if it changes nothing."""
    rows: list[tuple[object, ...]] = []
    for decision in reach.decisions:
        idle = reach.explain_idle(decision, find_place=gazetteer.get, find_actor=actors.by_id.get)
        written = [getattr(decision, column.name) for column in DECIDED]
        rows.append((*written, reach.count(decision), *(idle or ("", ""))))
    names = [*(column.name for column in DECIDED), "rows", "problem_column", "problem"]
    frame = pd.DataFrame(rows, columns=names)
    numbers = {"lon": "float64", "lat": "float64", "uncertainty_m": "Int64", "rows": "int64"}
    return frame.astype({name: numbers.get(name, "str") for name in frame.columns})


def _link_same(connection: duckdb.DuckDBPyConnection, decisions: Decisions) -> None:
    """Note on the first of two incidents that they may be the same."""
    wanted = sorted(ids_of_same(decisions))
    named = "SELECT incident_id, possible_duplicate_of FROM staged WHERE list_contains(?, incident_id)"
    told = dict(connection.execute(named, [wanted]).fetchall() if wanted else [])
    for own, links in link_same(decisions, told).items():
        connection.execute("UPDATE staged SET possible_duplicate_of = ? WHERE incident_id = ?", [links, own])


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
    rows = pa.Table.from_pandas(frame.astype(dict.fromkeys(texts, "str")), preserve_index=False)
    # Days, and not their first seconds: DuckDB then knows without a look at them which rows lie between two days.
    fields = [field.with_type(pa.date32()) if pa.types.is_timestamp(field.type) else field for field in rows.schema]
    connection.register("frame", rows.cast(pa.schema(fields)))
    kind = "TEMP TABLE" if table == "staged" else "TABLE"  # what is dropped in the end needs no log
    connection.execute(f"CREATE {kind} IF NOT EXISTS {table} AS FROM frame LIMIT 0")
    connection.execute(f"INSERT INTO {table} BY NAME FROM frame")
    connection.unregister("frame")


def _reject_repeated_ids(connection: duckdb.DuckDBPyConnection, repair: str) -> None:
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
        repeated_id(int(line), own, int(first), repair)
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
