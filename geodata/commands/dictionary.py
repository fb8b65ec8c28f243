"""`dictionary`: the data dictionary, docs/data.md."""

import argparse

from geodata.dictionary import data_dictionary

HELP = "print docs/data.md"


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command needs to be told nothing."""


def run(_arguments: argparse.Namespace) -> int:
    """Print the data dictionary."""
    print(data_dictionary(), end="")
    return 0
