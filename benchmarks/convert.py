"""`python -m benchmarks.convert [ROWS]`: how long made-up rows under ACLED's header take to become ours.

Each step runs in a process of its own, so that its memory is its own; the same file is also merely read by pyarrow,
with all columns as text, which is the measure.
"""

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stderr
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from geodata.__main__ import main as geodata
from geodata.formats.acled_codes import SUB_EVENTS
from geodata.gazetteer.places import read_gazetteer

LIMIT_S, MOST_MB = 20, 1024
BATCH = 200_000
PLACES, ACTORS, SKEW = 3_000, 400, 1.1
FIRST_DAY, DAYS = np.datetime64("2016-01-01"), 3_650
STEPS = ("read", "csv", "parquet")
_INTERS = np.array(["State forces", "Rebel group", "Political militia", "Civilians", "Protesters"])
_OUTLETS = np.array(["Made-up News", "Made-up News; Another Outlet", "Local partner", "An Agency; Local partner"])


def write_acled(path: Path, rows: int, *, seed: int = 7) -> None:
    """Write made-up rows under the header that ACLED's exports have had since 2023; the same ones for the same seed."""
    random = np.random.default_rng(seed)
    known = [place for place in read_gazetteer().places.values() if place.country in {"Iraq", "Syria", "Yemen"}]
    places = random.choice(len(known), PLACES)
    near = random.normal(0, 0.2, (2, PLACES))
    with path.open("wb") as file:
        for start in range(0, rows, BATCH):
            numbers = np.arange(start, min(start + BATCH, rows))
            where = _zipf(random, PLACES, len(numbers))
            spots = [known[number] for number in places[where]]
            frame = _batch(random, numbers) | {
                "location": [spot.name if n % 3 else f"Village {n}" for n, spot in zip(where, spots, strict=True)],
                "country": [spot.country for spot in spots],
                "admin1": [spot.admin1 for spot in spots],
                "latitude": np.round([spot.lat for spot in spots] + near[0][where], 4),
                "longitude": np.round([spot.lon for spot in spots] + near[1][where], 4),
            }
            table = pa.Table.from_pandas(pd.DataFrame(frame)[list(_HEADER)], preserve_index=False)
            options = pyarrow.csv.WriteOptions(include_header=start == 0)
            pyarrow.csv.write_csv(table, file, options)


_HEADER = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)


def _batch(random: np.random.Generator, numbers: np.ndarray) -> dict[str, object]:
    rows = len(numbers)
    day = FIRST_DAY + random.integers(0, DAYS, rows).astype("timedelta64[D]")
    actors = np.array([f"Made-up Group {number}" for number in range(ACTORS)])
    subs = np.array([name.capitalize() for name in SUB_EVENTS])
    told = {
        "event_id_cnty": [f"SYR{number}" for number in numbers],
        "event_date": day.astype(str),
        "year": day.astype("datetime64[Y]").astype(str),
        "time_precision": random.choice(["1", "2", "3"], rows, p=(0.85, 0.12, 0.03)),
        "disorder_type": np.full(rows, "Political violence"),
        "event_type": np.full(rows, "Battles"),
        "sub_event_type": subs[_zipf(random, len(subs), rows)],
        "actor1": actors[_zipf(random, ACTORS, rows)],
        "inter1": _INTERS[random.integers(0, 3, rows)],
        "actor2": actors[_zipf(random, ACTORS, rows)],
        "inter2": _INTERS[random.integers(0, len(_INTERS), rows)],
        "interaction": np.full(rows, "State forces-Rebel group"),
        "iso": np.full(rows, "760"),
        "region": np.full(rows, "Middle East"),
        "admin2": np.full(rows, "A district"),
        "geo_precision": random.choice(["1", "2", "3"], rows, p=(0.6, 0.3, 0.1)),
        "source": _OUTLETS[random.integers(0, len(_OUTLETS), rows)],
        "source_scale": np.full(rows, "National"),
        "notes": [
            f"On a made-up day, made-up group {number} and others fought near a village, {number % 17} reported."
            for number in numbers
        ],
        "fatalities": random.poisson(1.2, rows).astype(str),
        "timestamp": np.full(rows, "1700000000"),
    }
    return dict.fromkeys(_HEADER, "") | told


def _zipf(random: np.random.Generator, size: int, rows: int) -> np.ndarray:
    weight = 1 / np.arange(1, size + 1) ** SKEW
    return random.choice(size, rows, p=weight / weight.sum())


def measure(table: str, step: str) -> None:
    """Print seconds, the peak of memory in MB and the size of the result in MB, of one step as JSON."""
    out = Path(table).with_suffix(f".out.{step}")
    start = time.perf_counter()
    if step == "read":
        columns = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(_HEADER, pa.string()))
        pyarrow.csv.read_csv(table, convert_options=columns)
    else:
        with redirect_stderr(io.StringIO()):
            geodata(["convert", table, "-o", str(out), "--format", step])
    size = out.stat().st_size if out.exists() else 0
    print(json.dumps([time.perf_counter() - start, _peak_mb(), size / 1e6]))


def _peak_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def main() -> None:
    """Measure each step on the same made-up rows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.convert", description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "acled.csv"
        write_acled(table, rows)
        size = table.stat().st_size / 1e6
        told = {step: _measure_apart(table, step) for step in STEPS}
    print(f"{rows:,} rows, {size:.0f} MB under ACLED's header; limits for a million: {LIMIT_S} s, {MOST_MB} MB")
    for step, (seconds, peak_mb, size_mb) in told.items():
        ratio = seconds / told["read"][0]
        print(f"{step:8} {seconds:6.2f} s  {ratio:6.2f} × reading  {peak_mb:5.0f} MB at most  {size_mb:6.1f} MB file")


def _measure_apart(table: Path, step: str) -> tuple[float, float, float]:
    command = [sys.executable, "-c", f"from benchmarks.convert import measure; measure({str(table)!r}, {step!r})"]
    return tuple(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


if __name__ == "__main__":
    main()
