"""`places`: the gazetteer as CSV."""

import argparse
import csv
import sys

from geodata.gazetteer.places import read_gazetteer

_HEADER = ("place_id", "name", "lon", "lat", "kind", "precision", "uncertainty_m", "country", "admin1", "aliases")


HELP = "print the gazetteer as CSV"


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command needs to be told nothing."""


def run(_arguments: argparse.Namespace) -> int:
    """Print a line for each place."""
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(_HEADER)
    for place in read_gazetteer().places.values():
        aliases = "; ".join(alias.alias for alias in place.aliases)
        table.writerow([*(getattr(place, name) for name in _HEADER[:-1]), aliases])
    return 0
