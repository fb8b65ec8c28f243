import sys

import pytest

from geodata.store.engine import EngineError
from geodata.store.spark import open_cluster


@pytest.mark.parametrize("url", ["postgres://host", "host:15002", "true"])
def test_an_engine_that_is_none_is_told_so(url):
    with pytest.raises(EngineError, match="must be the address of a Spark cluster, like sc://host:15002"):
        open_cluster(url, "incidents")


def test_without_its_packages_a_cluster_says_which_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(EngineError, match=r"requirements-cluster\.txt"):
        open_cluster("sc://127.0.0.1:15002", "incidents")
