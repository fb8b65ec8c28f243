"""`locate`: where each row of a table is, or why it has no place."""

import argparse
import sys
from collections import Counter

from geodata.actors.actors import read_actors
from geodata.commands.arguments import add_table
from geodata.commands.decisions import take_decisions, tell
from geodata.commands.mapping import open_mapped
from geodata.gazetteer.locate import locate
from geodata.gazetteer.places import read_gazetteer
from geodata.incidents.schema import Location
from geodata.review.reach import Reach

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
    "found_by",
)


HELP = "print each row's place or the reason why it has none, and the sums"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command may be told."""
    add_table(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each accepted row, and the sums to standard error."""
    decisions, gazetteer = take_decisions(arguments), read_gazetteer()
    reading = open_mapped(arguments).read()
    located = locate(reading.incidents, gazetteer, decisions)
    located[[*_HEADER]].to_csv(sys.stdout, index=False, lineterminator="\n")
    count = Counter(located["location"])
    sums = (
        f"{count[Location.EXACT]} exact + {count[Location.APPROXIMATE]} approximate"
        f" + {count[Location.UNPLACED]} without a place + {len(reading.rejected)} rejected"
    )
    print(f"{reading.rows} read = {sums}", file=sys.stderr)
    reach = Reach(decisions)
    reach.see(reading.incidents)
    tell(arguments, reach.find_problems(find_place=gazetteer.get, find_actor=read_actors().by_id.get))
    return 0
