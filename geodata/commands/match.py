"""`match`: what each name of a list means."""

import argparse
import csv
import sys
from collections.abc import Sequence
from functools import lru_cache

from geodata.gazetteer.match import Match, match_place
from geodata.gazetteer.places import read_gazetteer
from geodata.tables.undecodable import decode_marked, show_undecodable

HELP = "read names, one a line or name<TAB>country, and print as CSV which place each means, or may mean"

_HEADER = ("name", "decision", "place_id", "place", "score", "candidates")
_REMEMBERED = 1 << 14


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Add nothing: the names come on standard input."""


def run(_arguments: argparse.Namespace) -> int:
    """Print a line for each line that is read, blank ones included, as soon as it is known."""
    gazetteer = read_gazetteer()

    @lru_cache(maxsize=_REMEMBERED)
    def decide(name: str, country: str) -> Sequence[str]:
        found = match_place(name, gazetteer, country=country)
        if isinstance(found, Match):
            return "placed", found.place.place_id, found.place.name, f"{found.score:.1f}", ""
        candidates = "; ".join(candidate.place_id for candidate in found.candidates)
        score = f"{found.candidates[0].score:.1f}" if candidates else ""
        return "suggested" if candidates else "refused", "", "", score, candidates

    print(*_HEADER, sep=",")
    # Not only where needed: the csv module would leave a carriage return within a name bare, which ends the row.
    table = csv.writer(sys.stdout, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for line in sys.stdin.buffer:
        name, _, country = show_undecodable(decode_marked(line.rstrip(b"\r\n"))).partition("\t")
        table.writerow([name, *decide(name, country.strip())])
    return 0
