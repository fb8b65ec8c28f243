"""The incidents on a Spark cluster, asked through Spark Connect: for size, not for speed."""

import atexit
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from threading import Lock
from typing import Any, TypeAlias, TypeVar

import ibis
import pyarrow as pa
from ibis.backends.sql.compilers.base import SQLGlotCompiler
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.backends.sql.dialects import PySpark
from sqlglot import ErrorLevel

from geodata.store.engine import TABLES, EngineError, Prepared, Store, Table, Value, is_of_numbers

# Of packages that are an extra, so that their types are not at hand.
Package: TypeAlias = Any
Session: TypeAlias = Any

SETTINGS = {
    # Text from a reader stands in SQL as a literal: it is taken as it is written, and nothing in it is replaced.
    "spark.sql.variable.substitute": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.ansi.doubleQuotedIdentifiers": "false",
    # An integer that overflows is an error, as in DuckDB, and never another number.
    "spark.sql.ansi.enabled": "true",
    # Spark takes a table for as small in memory as it is compressed on disk: by its own 10 MB the server runs out.
    "spark.sql.autoBroadcastJoinThreshold": "1m",
}
MOST_RETRIES = 5
"""With pauses of 50 ms and four times as long each next time: some 17 s, then the reader is told."""
_GONE = ("SESSION_NOT_FOUND", "SESSION_CLOSED", "SESSION_CHANGED", "NO_ACTIVE_SESSION")
_Answer = TypeVar("_Answer")


class _Compiler(PySparkCompiler):
    """Ibis' own, but with OFFSET: the numbered rows that stand in for it, Ibis numbers in any order."""

    __slots__ = ()
    rewrites = SQLGlotCompiler.rewrites


class SparkEngine:
    """The tables as Parquet on storage that the cluster reads, each a view of one session.

    A session that the server has forgotten, because nobody asked for long or the server was started again, is
    opened anew.
    """

    streams = False  # the server holds an answer whole, and an executor all that it adds to one

    def __init__(self, url: str, folder: str) -> None:
        self._url, self._folder = url, folder.rstrip("/")
        self._lock = Lock()
        self._tables: dict[str, Table] = {}
        self._session = self._open()
        _import("ibis.backends.pyspark").Backend.register_options()  # which its compiler looks up

    def table(self, name: str) -> Table:
        """Return the expression of a table."""
        if name not in self._tables:
            schema = self.run(f"SELECT * FROM {name} LIMIT 0").schema
            self._tables[name] = ibis.table(ibis.Schema.from_pyarrow(schema), name=name)
        return self._tables[name]

    def to_sql(self, question: Value) -> str:
        """Return an Ibis expression as SQL of Spark."""
        return str(_Compiler().to_sqlglot(question).sql(dialect=PySpark, unsupported_level=ErrorLevel.RAISE))

    def prepare(self, question: Value, stand_ins: Sequence[int]) -> Prepared:
        """Return an Ibis expression as SQL of Spark, which plans it in a small part of the time that it takes."""
        asked = (self.to_sql(question), tuple(stand_ins))
        return Prepared(asked=asked, places=tuple(range(len(stand_ins))), of_numbers=is_of_numbers(question))

    def run(self, sql: str) -> pa.Table:
        """Return the answer to SQL."""
        return self._ask(lambda session: session.sql(sql).toArrow())

    def run_prepared(self, prepared: Prepared, numbers: Sequence[int]) -> pa.Table:
        """Return the answer to a prepared question, with the numbers written into its SQL."""
        sql, stand_ins = prepared.asked
        for stand_in, number in zip(stand_ins, numbers, strict=True):
            sql = sql.replace(str(stand_in), str(number))
        return self.run(sql)

    def stream(self, sql: str, batch_rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the answer to SQL, all of which has come by then."""
        yield from self.run(sql).to_batches(batch_rows)

    def _ask(self, ask: Callable[[Session], _Answer]) -> _Answer:
        session = self._session
        try:
            return ask(session)
        except _spark_error() as error:
            if not any(word in str(error) for word in _GONE):
                raise EngineError(f"{self._url} did not answer: {_in_short(error)}") from error
        with self._lock:
            if self._session is session:
                self._session = self._open()
        return ask(self._session)

    def _open(self) -> Session:
        try:
            session = _import("pyspark.sql").SparkSession.builder.remote(self._url).create()
            # Which would wait at the end of this process, perhaps for a server that is gone, to tidy up after models.
            atexit.unregister(session.client._on_exit)  # noqa: SLF001
            patience = _import("pyspark.sql.connect.client.retries").DefaultPolicy(max_retries=MOST_RETRIES)
            session.client.set_retry_policies([patience])
            for name, value in SETTINGS.items():
                session.conf.set(name, value)
            for name in TABLES:
                session.read.parquet(f"{self._folder}/{name}").createOrReplaceTempView(name)
        except _spark_error() as error:
            message = f"{self._url} can't open the incidents in {self._folder}: {_in_short(error)}"
            raise EngineError(message) from error
        return session


def open_cluster(url: str, folder: str) -> Store:
    """Open incidents on a Spark cluster.

    Parameters
    ----------
    url
        Of the Spark Connect server, ``sc://host:15002``.
    folder
        What `geodata.store.parquet.write_tables` wrote, as the cluster names it: a path, or an address such as
        ``s3a://bucket/incidents``.

    Raises
    ------
    EngineError
        If `url` is none of Spark Connect, the packages of requirements-cluster.txt are missing, the server can't be
        reached, or there are no incidents.
    """
    if not url.startswith("sc://"):
        raise EngineError(f"INCIDENTS_ENGINE is {url}: it must be the address of a Spark cluster, like sc://host:15002")
    return Store(SparkEngine(url, folder))


def _import(module: str) -> Package:
    """Import a module of the cluster's packages, which are an extra."""
    # pyspark warns of pandas 3, which it never gets (answers come as Arrow), and of a setting that is wanted.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    warnings.filterwarnings("ignore", "The SQL config 'spark.sql.parser.escapedStringLiterals'", UserWarning)
    warnings.filterwarnings("ignore", r"\[RETRIES_EXCEEDED\]", UserWarning)  # the error says so itself
    try:
        return import_module(module)
    except ImportError as error:
        raise EngineError("A cluster needs the packages of requirements-cluster.txt: install them first.") from error


def _spark_error() -> type[Exception]:
    return _import("pyspark.errors").PySparkException


def _in_short(error: Exception) -> str:
    """Return what it says, without the stack of server or transport."""
    details = re.search(r'details = "(.*)"', str(error))
    return details[1] if details else str(error).partition("\n")[0]
