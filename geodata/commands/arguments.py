"""Arguments that several commands share."""

import argparse
from pathlib import Path

INCIDENTS = Path(__file__).parents[2] / "incidents.csv"


def add_file(parser: argparse.ArgumentParser) -> None:
    """Add the table to read, the shipped one by default."""
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        default=INCIDENTS,
        metavar="FILE",
        help="a table of incidents; default: incidents.csv",
    )
