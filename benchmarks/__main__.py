"""`python -m benchmarks [ROWS …]`: the measurements of the README, for the shipped table and made-up ones."""

import argparse
import tempfile
from pathlib import Path

from benchmarks import page
from benchmarks.synthetic import write_incidents


def main() -> None:
    """Measure the shipped incidents and made-up ones of each given number."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[100_000, 1_000_000])
    with tempfile.TemporaryDirectory() as folder:
        page.compare(None, "shipped")
        for rows in parser.parse_args().rows:
            table = Path(folder) / f"{rows}.csv"
            write_incidents(table, rows)
            page.compare(table, f"{rows:,}")


if __name__ == "__main__":
    main()
