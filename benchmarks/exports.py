"""`python -m benchmarks.exports [ROWS]`: how long each export takes, as a multiple of merely reading the rows.

Each format runs in a process of its own, so that its memory is its own: the peak beyond that of opening the store and
counting its rows.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.synthetic import write_incidents
from geodata.actors.actors import read_actors
from geodata.exports.formats import FORMATS
from geodata.exports.listing import Listing
from geodata.gazetteer.places import read_gazetteer
from geodata.store.counts import count_rows
from geodata.store.engine import open_store
from geodata.store.filters import IncidentFilter
from geodata.store.load import load_incidents

LIMITS_S = {"csv": 3, "parquet": 3, "geojson": 12}
MOST_MB = 300
READING = "rows"
MEASURED = (READING, "csv", "parquet", "geojson", "png")


def main() -> None:
    """Measure the formats that large lists are taken in, on made-up incidents."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exports", description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "made-up.csv"
        write_incidents(table, rows)
        store = load_incidents(table, Path(folder), read_gazetteer(), read_actors())
        told = {name: _measure_apart(store, name) for name in MEASURED}
    print(f"{rows:,} rows; limits for a million: {LIMITS_S} s, {MOST_MB} MB")
    for name, (seconds, peak_mb, size_mb) in told.items():
        ratio = seconds / told[READING][0]
        print(
            f"{name:8} {seconds:6.2f} s  {ratio:5.2f} × reading  {peak_mb:5.0f} MB more at most  {size_mb:7.1f} MB file"
        )


def _measure_apart(store: Path, name: str) -> tuple[float, float, float]:
    command = [sys.executable, "-c", f"from benchmarks.exports import measure; measure({str(store)!r}, {name!r})"]
    return tuple(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def measure(store: str, name: str) -> None:
    """Print seconds, megabytes of memory more, and megabytes of file, of one export as JSON."""
    listing = Listing(store=open_store(Path(store)), gazetteer=read_gazetteer())
    count_rows(listing.store, IncidentFilter())
    before, start = _peak_mb(), time.perf_counter()
    content = (b"" for _ in listing.batches()) if name == READING else FORMATS[name].write(listing)
    size = sum(map(len, content))
    print(json.dumps([time.perf_counter() - start, _peak_mb() - before, size / 1e6]))


def _peak_mb() -> float:
    """Return the peak of this process alone; `getrusage` would count in what its parent had when it was forked."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


if __name__ == "__main__":
    main()
