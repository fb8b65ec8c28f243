"""`python -m benchmarks [ROWS …]`: the measurements of the README, for the shipped table and made-up ones."""

import argparse
import tempfile
from pathlib import Path

from benchmarks import folium_layers, loading, page, readers
from benchmarks.synthetic import write_incidents

READERS, MOST_FOR_READERS = 20, 1_000_000


def main() -> None:
    """Measure the shipped incidents and made-up ones of each given number."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[100_000, 1_000_000, 10_000_000])
    with tempfile.TemporaryDirectory() as folder:
        page.compare(None, "shipped")
        for rows in parser.parse_args().rows:
            table = Path(folder) / f"{rows}.csv"
            write_incidents(table, rows)
            page.compare(table, f"{rows:,}")
            loading.compare(table, f"{rows:,}")
            if rows <= MOST_FOR_READERS:
                readers.compare(table, READERS, f"{rows:,}")
            table.unlink()
    folium_layers.main([])


if __name__ == "__main__":
    main()
