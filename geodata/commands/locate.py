"""`locate`: where each row of a table is, or why it has no place."""

import argparse
import sys
from collections import Counter

from geodata.commands.arguments import add_file
from geodata.gazetteer.locate import locate
from geodata.gazetteer.places import read_gazetteer
from geodata.incidents.read import read_incidents
from geodata.incidents.schema import Location

_HEADER = (
    "incident_id",
    "place",
    "place_id",
    "place_name",
    "lon",
    "lat",
    "known_to",
    "uncertainty_m",
    "location",
    "reason",
    "candidates",
)


HELP = "print each row's place or the reason why it has none, and the sums"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command may be told."""
    add_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each accepted row, and the sums to standard error."""
    reading = read_incidents(arguments.file)
    located = locate(reading.incidents, read_gazetteer())
    located[[*_HEADER]].to_csv(sys.stdout, index=False, lineterminator="\n")
    count = Counter(located["location"])
    sums = (
        f"{count[Location.EXACT]} exact + {count[Location.APPROXIMATE]} approximate"
        f" + {count[Location.UNPLACED]} without a place + {len(reading.rejected)} rejected"
    )
    print(f"{reading.rows} read = {sums}", file=sys.stderr)
    return 0
