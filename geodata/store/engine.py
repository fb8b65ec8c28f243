"""The engine that holds the incidents: connecting to it and asking it."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, TypeAlias

import duckdb
import ibis
import numpy as np
import pyarrow as pa

from geodata.errors import GeodataError
from geodata.store.answers import Answers
from geodata.store.flat import flatten
from geodata.store.overdue import broken_off_after

# Ibis annotates its expressions as if columns had no arithmetic; what they can do is known only when they run.
Table: TypeAlias = Any
Value: TypeAlias = Any
this: Value = ibis._
"""The table that an expression stands on."""

MEMORY_LIMIT = "208MB"
MEMORY_TO_STREAM = "2GB"
"""While a list is put in order and taken, or written: all its columns at once take more than any answer."""
MOST_SECONDS = 30
MOST_SPOTS = 20_000
"""So many are one small answer; events with coordinates of their own have far more."""
CONFIG: dict[str, Any] = {"perfect_ht_threshold": "16"}
"""DuckDB counts by numbers of 16 bits together in an array; from 12, its default, on it would look each up."""
TABLES = (
    *("incidents", "numbers", "places", "spots", "codes", "members", "factions"),
    *("citings", "links", "related", "rejected", "problems", "decisions", "meta"),
)
DIMENSIONS = (
    "side",
    "actor",
    "presumed",
    "category",
    "event_type",
    "attribution",
    "known_to",
    "location",
    "country",
)


class EngineError(GeodataError):
    """The engine can't be reached, or holds no incidents."""


class TooLongError(EngineError):
    """A question that was broken off, so that others are answered."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """A question that an engine has read once; it keeps no engine open.

    Attributes
    ----------
    asked
        As the engine understands it.
    places
        Which of the stand-ins it has, by their place in order.
    of_numbers
        The answer holds whole numbers and truth values alone, which may come by a shorter way.
    """

    asked: Any
    places: tuple[int, ...]
    of_numbers: bool


class Engine(Protocol):
    """What holds the tables of a store; safe to share between threads.

    Attributes
    ----------
    streams
        Whether `stream` holds one batch at a time, however long the answer is.
    """

    streams: bool

    def table(self, name: str) -> Table:
        """Return the expression of a table."""
        ...

    def to_sql(self, question: Value) -> str:
        """Return an Ibis expression as SQL of this engine."""
        ...

    def prepare(self, question: Value, stand_ins: Sequence[int]) -> Prepared:
        """Return an Ibis expression that will be asked again and again, with other numbers instead of `stand_ins`."""
        ...

    def run(self, sql: str) -> pa.Table:
        """Return the answer to SQL that `to_sql` wrote."""
        ...

    def run_prepared(self, prepared: Prepared, numbers: Sequence[int]) -> pa.Table:
        """Return the answer to what `prepare` prepared, with `numbers` in the order of the stand-ins."""
        ...

    def stream(self, sql: str, batch_rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the answer in batches of about so many rows."""
        ...


class Store:
    """One open set of incidents; every question about them is an Ibis expression run by `ask`.

    Safe to share between threads.

    Attributes
    ----------
    incidents
        One row per accepted incident, columns of the schema with the located and joined ones, and for
        each of `DIMENSIONS` a small integer ``<dimension>_no`` that `codes` translates.
        `first_day` and `last_day` count days since 1970-01-01 and are null when undated; `from_day` and `to_day` are
        the same, but an undated row has every day between its two; `mx` and `my` are
        Web Mercator integers at level 28, null for what is not a point. The rows are in the order of `first_day`, as
        are those of the table `numbers`, which has their numbers alone.
    places
        One row per distinct place on the map, keyed by `place_no`, with its `mx` and `my`.
    answers
        Those given lately: a store never changes.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine, self.answers = engine, Answers()
        self.incidents: Table = engine.table("incidents")
        self.places: Table = engine.table("places")

    def table(self, name: str) -> Table:
        """Return one of the smaller tables: spots, links, related, citings, rejected, problems, decisions."""
        return self.engine.table(name)

    def ask(self, question: Value) -> pa.Table:
        """Return the answer to an Ibis expression as an Arrow table."""
        return self.run(self.to_sql(question))

    def ask_one(self, question: Table) -> dict[str, Any]:
        """Return the single row of an answer as a dict."""
        return self.ask(question).to_pylist()[0]

    def stream(self, question: Table, batch_rows: int = 50_000) -> Iterator[pa.RecordBatch]:
        """Yield the answer in batches, so that a download never stands in memory whole."""
        return self.engine.stream(self.to_sql(question), batch_rows)

    def to_sql(self, question: Value) -> str:
        """Return an Ibis expression as SQL of this engine."""
        return self.engine.to_sql(question)

    def run(self, sql: str) -> pa.Table:
        """Return the answer to SQL that `to_sql` wrote."""
        return self.engine.run(sql)

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, ...]]:
        """For each of `DIMENSIONS` its values; a value's index is its number in `incidents`."""
        rows = self.ask(self.table("codes").order_by("dimension", "no")).to_pylist()
        return {name: tuple(r["value"] for r in rows if r["dimension"] == name) for name in DIMENSIONS}

    @cached_property
    def members(self) -> Mapping[str, frozenset[str]]:
        """For each faction that has them, all its descendants."""
        rows = self.ask(self.table("members")).to_pylist()
        return {
            faction: frozenset(r["actor_id"] for r in rows if r["faction"] == faction)
            for faction in {r["faction"] for r in rows}
        }

    @cached_property
    def spots(self) -> Mapping[str, np.ndarray] | None:
        """The columns of `spots`, in the order of `spot_no`, or None when there are more than `MOST_SPOTS` rows.

        They are in the order of `place_no`, `side_no` and `attribution_no`. What is missing is -1: `place_no` of rows
        off the map, `mx` and `my` of what is no point, `uncertainty_m` of what has none.
        """
        told = (
            self.table("spots").drop("spot_key").fill_null(dict.fromkeys(("place_no", "mx", "my", "uncertainty_m"), -1))
        )
        spots = self.ask(told.order_by("spot_no").limit(MOST_SPOTS + 1))
        return {name: spots[name].to_numpy() for name in spots.column_names} if spots.num_rows <= MOST_SPOTS else None

    @cached_property
    def place_rows(self) -> Sequence[dict[str, Any]]:
        """The rows of `places` in the order of `place_no`: not for a store with more than `MOST_SPOTS`."""
        return self.ask(self.places.order_by("place_no")).to_pylist()

    @cached_property
    def meta(self) -> Mapping[str, str]:
        """What was loaded: `source` (its name), `sha256`, `rows_read`, `rows_rejected`, `loaded_with`.

        With decisions of the reader also `decisions_sha256`, the hash of their file; of a table in no known format also
        `mapping`, which its columns were read by, as text.
        """
        return {r["key"]: r["value"] for r in self.ask(self.table("meta")).to_pylist()}

    @cached_property
    def version(self) -> str:
        """What differs between stores of other rows, and of the same ones read by another mapping or decisions."""
        return hashlib.sha256(repr(sorted(self.meta.items())).encode()).hexdigest()

    @cached_property
    def parents(self) -> Mapping[int, int]:
        """The row that each part is a part of; rows that are parts of each other are parts of none."""
        parts = self.table("links").filter(this.relation == "part_of")
        parents = {r["row"]: r["target"] for r in self.ask(parts.order_by("row", "target")).to_pylist()}
        return {row: above for row, above in parents.items() if not _comes_back(row, parents)}

    @cached_property
    def citings(self) -> Mapping[int, tuple[str, ...]]:
        """The documents behind each `citing_no` of `incidents`."""
        told: dict[int, list[str]] = {}
        for row in self.ask(self.table("citings").order_by("citing_no", "document")).to_pylist():
            told.setdefault(row["citing_no"], []).append(row["document"])
        return {no: tuple(documents) for no, documents in told.items()}

    def numbers(self, dimension: str, values: frozenset[str]) -> list[int]:
        """Return the numbers of those `values` that occur; a value that never occurs has none."""
        return [no for no, value in enumerate(self.codes[dimension]) if value in values]


def _comes_back(row: int, parents: Mapping[int, int]) -> bool:
    above, seen = parents.get(row), set[int]()
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return row in seen


class DuckEngine:
    """The tables in a DuckDB database, on disk or in memory; each question runs on a cursor of its own."""

    streams = True

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, limit: str = "") -> None:
        self._limit, self._streaming, self._lock = limit, 0, Lock()
        self._backend = ibis.duckdb.from_connection(connection)
        # Now, as Ibis looks a table up on the one connection that all threads share.
        self._tables = {name: self._backend.table(name) for name in TABLES}

    def table(self, name: str) -> Table:
        """Return the expression of a table."""
        return self._tables[name]

    def to_sql(self, question: Value) -> str:
        """Return an Ibis expression as SQL of DuckDB."""
        return str(ibis.to_sql(question, dialect="duckdb"))

    def prepare(self, question: Value, stand_ins: Sequence[int]) -> Prepared:
        """Return an Ibis expression as SQL that is planned fast, parsed, with parameters instead of `stand_ins`."""
        columns = {name: table.columns for name, table in self._tables.items()}
        sql = flatten(self.to_sql(question), columns, "duckdb")
        places = tuple(place for place, number in enumerate(stand_ins) if str(number) in sql)
        for parameter, place in enumerate(places, start=1):
            sql = sql.replace(str(stand_ins[place]), f"${parameter}")
        (asked,) = self._backend.con.extract_statements(sql)
        return Prepared(asked=asked, places=places, of_numbers=is_of_numbers(question))

    def run(self, sql: str) -> pa.Table:
        """Return the answer to SQL; what takes longer than `MOST_SECONDS` is broken off."""
        return self._answer(lambda cursor: cursor.sql(sql).to_arrow_table())

    def run_prepared(self, prepared: Prepared, numbers: Sequence[int]) -> pa.Table:
        """Return the answer to a prepared question; what takes longer than `MOST_SECONDS` is broken off."""
        given = [numbers[place] for place in prepared.places]

        def answer(cursor: duckdb.DuckDBPyConnection) -> pa.Table:
            if prepared.of_numbers:
                return _in_arrow(cursor.execute(prepared.asked, given).fetchnumpy())
            return cursor.sql(prepared.asked, params=given).to_arrow_table()

        return self._answer(answer)

    def _answer(self, answer: Callable[[duckdb.DuckDBPyConnection], pa.Table]) -> pa.Table:
        cursor = self._cursor()
        try:
            with broken_off_after(MOST_SECONDS, cursor.interrupt):
                return answer(cursor)
        except duckdb.InterruptException as error:
            raise TooLongError(f"the answer took longer than {MOST_SECONDS} s: ask for fewer incidents") from error

    def stream(self, sql: str, batch_rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the answer to SQL in batches of so many rows."""
        cursor = self._cursor()
        self._count_streaming(1)
        try:
            yield from cursor.sql(sql).to_arrow_reader(batch_rows)
        finally:
            cursor.close()
            self._count_streaming(-1)

    def _count_streaming(self, more: int) -> None:
        """Give the database more memory from the first list to the last one that is taken at the same time."""
        with self._lock:
            self._streaming += more
            if self._limit and self._streaming in {0, 1}:
                limit = MEMORY_TO_STREAM if self._streaming else self._limit
                self._cursor().execute(f"SET memory_limit = '{limit}'")

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        return self._backend.con.cursor()


def is_of_numbers(question: Value) -> bool:
    """Return whether the answer to an Ibis expression holds whole numbers and truth values alone."""
    return all(kind.is_integer() or kind.is_boolean() for kind in question.schema().types)


def _in_arrow(columns: Mapping[str, Any]) -> pa.Table:
    """Return an answer of whole numbers; DuckDB adds up in 128 bits, which NumPy gets as doubles, exact up to 2^53."""
    whole = {name: told.astype("int64") if told.dtype == "float64" else told for name, told in columns.items()}
    return pa.Table.from_pydict(whole)


def open_store(path: Path) -> Store:
    """Open a DuckDB file made by `geodata.store.load` for reading.

    Raises
    ------
    EngineError
        If `path` is no such file.
    """
    try:
        connection = duckdb.connect(path, read_only=True, config=CONFIG | {"memory_limit": MEMORY_LIMIT})
        return Store(DuckEngine(connection, limit=MEMORY_LIMIT))
    except (duckdb.Error, ibis.common.exceptions.IbisError) as error:
        message = f"{path.name} can't be opened as a store of incidents: {error}"
        raise EngineError(message) from error
