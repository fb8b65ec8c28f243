"""The same incidents on a cluster and in DuckDB, a million made-up ones and the shipped ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from clustering import Cluster, start_cluster
from serving import ROOT

from benchmarks.synthetic import write_incidents
from geodata.__main__ import main
from geodata.store.engine import Store, open_store
from geodata.store.spark import open_cluster

ROWS = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Twice:
    """One table of incidents, as a DuckDB file and as Parquet that the cluster reads."""

    table: Path
    shared: Path
    duck: Store
    spark: Store


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with start_cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(scope="session")
def million(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Twice:
    table = tmp_path_factory.mktemp("million") / "million.csv"
    write_incidents(table, ROWS)
    return _loaded(cluster, table, table.parent)


@pytest.fixture(scope="session")
def shipped(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Twice:
    return _loaded(cluster, ROOT / "incidents.csv", tmp_path_factory.mktemp("shipped"))


def _loaded(cluster: Cluster, table: Path, folder: Path) -> Twice:
    """Load as docs/cluster.md tells an operator to."""
    cache, shared = folder / "cache", folder / "shared"
    assert main(["load", str(table), "--cache", str(cache), "--to", str(shared)]) == 0
    (file,) = cache.glob("*.duckdb")
    return Twice(table=table, shared=shared, duck=open_store(file), spark=open_cluster(cluster.url, str(shared)))
