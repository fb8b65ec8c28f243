"""Realistic skewed incidents in any number: of 500 places and 60 actors, a few hold most."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from geodata.actors.actors import read_actors
from geodata.gazetteer.places import read_gazetteer
from geodata.incidents.schema import COLUMNS, EVENT_TYPES, Attribution

FIRST_DAY, LAST_DAY = np.datetime64("2015-01-01"), np.datetime64("2024-12-31")
PLACES, ACTORS = 500, 60
OWN_POINT = 0.4  # the share of places that rows give by their own coordinates
SKEW = 1.1
LINKED = {"retaliates_for": 0.002, "part_of": 0.001}
"""The shares of rows that name an earlier one."""
BATCH = 200_000


def write_incidents(path: Path, rows: int, *, seed: int = 7) -> None:
    """Write `rows` made-up incidents as CSV, in order of time; the same ones for the same seed."""
    random = np.random.default_rng(seed)
    places, actors = _places(random), np.array(sorted(actor.name for actor in read_actors().by_id.values()))[:ACTORS]
    types = np.array([(category, kind) for category, kinds in EVENT_TYPES.items() for kind in kinds])
    with path.open("wb") as file:
        for start in range(0, rows, BATCH):
            span = (start / rows, min(start + BATCH, rows) / rows)
            frame = _batch(random, np.arange(start, min(start + BATCH, rows)), span, (places, actors, types))
            options = pyarrow.csv.WriteOptions(include_header=start == 0)
            pyarrow.csv.write_csv(pa.Table.from_pandas(frame, preserve_index=False), file, options)


def _places(random: np.random.Generator) -> pd.DataFrame:
    """Return `PLACES` places, most frequent first: names of the gazetteer, and points of their own around it."""
    known = [p for p in read_gazetteer().places.values() if p.country in {"Iraq", "Syria", "Jordan", "Yemen"}]
    chosen = random.choice(len(known), PLACES)
    own = random.random(PLACES) < OWN_POINT
    lon, lat = (
        np.array([getattr(known[n], axis) for n in chosen]) + random.normal(0, 0.4, PLACES) for axis in ("lon", "lat")
    )
    names = np.array([known[n].name for n in chosen])
    return pd.DataFrame(
        {
            "place": np.where(own, [f"Village {n}" for n in range(PLACES)], names),
            "lon": np.where(own, lon.round(4), np.nan),
            "lat": np.where(own, lat.round(4), np.nan),
        }
    )


def _batch(
    random: np.random.Generator,
    numbers: np.ndarray,
    part: tuple[float, float],
    told_of: tuple[pd.DataFrame, np.ndarray, np.ndarray],
) -> pd.DataFrame:
    places, actors, types = told_of
    rows, span = len(numbers), int((LAST_DAY - FIRST_DAY).astype(int)) + 1
    day = np.sort(random.integers(int(part[0] * span), max(int(part[1] * span), int(part[0] * span) + 1), rows))
    earliest = FIRST_DAY + day.astype("timedelta64[D]")
    length = np.where(random.random(rows) < 0.9, 0, random.integers(1, 30, rows)).astype("timedelta64[D]")
    latest = np.minimum(earliest + length, LAST_DAY)
    where, kind = _zipf(random, len(places), rows), random.choice(len(types), rows)
    killed = pd.array(random.poisson(0.8, rows), dtype="Int64")
    killed[random.random(rows) < 0.4] = pd.NA
    told = {
        "incident_id": [f"S-{n:08d}" for n in numbers],
        "date_earliest": earliest.astype(str),
        "date_latest": latest.astype(str),
        "place": places["place"].to_numpy()[where],
        "category": types[kind, 0],
        "event_type": types[kind, 1],
        "actor": actors[_zipf(random, len(actors), rows)],
        "attribution": np.array(list(Attribution))[random.choice(4, rows, p=(0.2, 0.5, 0.1, 0.2))],
        "killed_best": killed,
        "killed_said_by": np.where(killed.isna(), "", "a made-up source"),
        "summary": [f"A made-up incident, number {n}, for measuring." for n in numbers],
        "sources": np.full(rows, "made-up:1"),
        "given_lon": places["lon"].to_numpy()[where],
        "given_lat": places["lat"].to_numpy()[where],
    }
    told |= {link: _earlier(random, numbers, share) for link, share in LINKED.items()}
    blank = {column.name: "" for column in COLUMNS if column.name not in told}
    return pd.DataFrame(told | blank)


def _earlier(random: np.random.Generator, numbers: np.ndarray, share: float) -> np.ndarray:
    """Return for a share of the rows the id of one of the hundred rows before, for the others a blank."""
    before = np.maximum(numbers - random.integers(1, 100, len(numbers)), 0)
    named = (random.random(len(numbers)) < share) & (before < numbers)
    return np.where(named, [f"S-{n:08d}" for n in before], "")


def _zipf(random: np.random.Generator, size: int, rows: int) -> np.ndarray:
    weight = 1 / np.arange(1, size + 1) ** SKEW
    return random.choice(size, rows, p=weight / weight.sum())
