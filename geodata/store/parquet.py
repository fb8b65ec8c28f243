"""The tables of a store as Parquet, for engines that run on several machines."""

import shutil
from pathlib import Path

import duckdb

from geodata.errors import GeodataError
from geodata.store.engine import MEMORY_TO_STREAM, TABLES


def write_tables(file: Path, folder: Path) -> None:
    """Write the tables of a store into `folder`, one folder a table, in their order; whole or not at all.

    Raises
    ------
    GeodataError
        If there is something at `folder` already: whoever reads it must not be disturbed.
    """
    if folder.exists():
        raise GeodataError(f"{folder} exists already: name a new folder, then let the dashboard read that one")
    building = folder.with_name(f".{folder.name}.building")
    shutil.rmtree(building, ignore_errors=True)
    try:
        with duckdb.connect(file, read_only=True, config={"memory_limit": MEMORY_TO_STREAM}) as connection:
            for table in TABLES:
                part = building / table / "part-0.parquet"
                part.parent.mkdir(parents=True)
                target = str(part).replace("'", "''")
                connection.execute(f"COPY {table} TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
