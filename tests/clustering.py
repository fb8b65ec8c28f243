"""A Spark cluster of several processes on this machine: a master, two workers, a Connect server."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

SPARK = Path(__file__).resolve().parent.parent / ".venv" / "spark" / "pyspark"
WITHIN = 120
WORKERS = 2
QUICK = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
"""For processes that live for minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A running cluster.

    Attributes
    ----------
    url
        What INCIDENTS_ENGINE is told.
    status
        Where the master tells how it is, as JSON.
    workers
        Each with the executor that it has started, as a group of processes.
    """

    url: str
    status: str
    workers: tuple[subprocess.Popen[bytes], ...]

    def count_workers(self) -> int:
        """Return how many workers the master counts on."""
        with urlopen(self.status) as answer:  # noqa: S310
            return int(json.load(answer)["aliveworkers"])

    def kill_worker(self) -> None:
        """End a worker and its executor at once, as a machine that loses its power."""
        os.killpg(self.workers[0].pid, signal.SIGKILL)


@contextmanager
def start_cluster(folder: Path) -> Iterator[Cluster]:
    """Run a cluster whose files and logs go into `folder` until the block is left; nothing outlives it."""
    master, page, connect = _free_ports(3)
    address, status = f"spark://127.0.0.1:{master}", f"http://127.0.0.1:{page}/json/"
    deploy = "org.apache.spark.deploy"
    with ExitStack() as running:

        def start(name: str, *command: str) -> subprocess.Popen[bytes]:
            return running.enter_context(_process(folder / f"{name}.log", *command))

        start(
            "master",
            *("spark-class", f"{deploy}.master.Master", "--host", "127.0.0.1"),
            *("--port", str(master), "--webui-port", str(page)),
        )
        workers = tuple(
            start(
                f"worker-{number}",
                *("spark-class", f"{deploy}.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g"),
                *("--webui-port", "0", "--work-dir", str(folder / f"work-{number}"), address),
            )
            for number in range(WORKERS)
        )
        settings = {
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.connect.grpc.binding.port": str(connect),
            "spark.driver.host": "127.0.0.1",
            "spark.driver.extraJavaOptions": QUICK,
            "spark.executor.extraJavaOptions": QUICK,
            "spark.executor.memory": "900m",
            "spark.sql.shuffle.partitions": "2",
            "spark.ui.enabled": "false",
        }
        start(
            "connect",
            *("spark-submit", "--master", address, "--driver-memory", "1g"),
            *(word for name, value in settings.items() for word in ("--conf", f"{name}={value}")),
            *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"),
        )
        cluster = Cluster(url=f"sc://127.0.0.1:{connect}", status=status, workers=workers)
        _wait_until(lambda: cluster.count_workers() == WORKERS, folder)
        _wait_until(lambda: socket.create_connection(("127.0.0.1", connect)).close() is None, folder)
        yield cluster


@contextmanager
def _process(log: Path, program: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program of Spark until the block is left, and then end it with all that it has started."""
    own = {"SPARK_HOME": str(SPARK), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_JAVA_OPTS": QUICK}
    own |= {} if program == "spark-submit" else {"SPARK_DAEMON_MEMORY": "256m"}
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603
            [SPARK / "bin" / program, *arguments],
            cwd=log.parent,
            env=os.environ | own,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_ports(number: int) -> list[int]:
    with ExitStack() as taken:
        found = [taken.enter_context(socket.socket()) for _ in range(number)]
        for free in found:
            free.bind(("127.0.0.1", 0))
        return [free.getsockname()[1] for free in found]


def _wait_until(is_so: Callable[[], bool], folder: Path) -> None:
    for _ in range(WITHIN * 10):
        try:
            if is_so():
                return
        except OSError:
            pass
        time.sleep(0.1)  # there is nothing to wait on but the ports themselves
    logs = "\n".join(f"{log.name}:\n{log.read_text(errors='replace')[-2000:]}" for log in sorted(folder.glob("*.log")))
    raise RuntimeError(f"the cluster did not start:\n{logs}")
