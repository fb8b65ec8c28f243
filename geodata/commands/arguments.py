"""The table that a command is about, as its arguments."""

import argparse
from pathlib import Path

from geodata.commands.decisions import add_decisions
from geodata.commands.mapping import add_mapping

INCIDENTS = Path(__file__).parents[2] / "incidents.csv"


def add_table(parser: argparse.ArgumentParser) -> None:
    """Add the table to read, the shipped one by default, how it is read, and what the reader has decided about it."""
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        default=INCIDENTS,
        metavar="FILE",
        help="a table of incidents; default: incidents.csv",
    )
    add_mapping(parser)
    add_decisions(parser)
