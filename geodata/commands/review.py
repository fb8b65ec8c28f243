"""`review`: what is in doubt in a table, as a file of decisions to fill in."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geodata.actors.actors import read_actors
from geodata.commands.arguments import add_table
from geodata.commands.decisions import take_decisions
from geodata.commands.mapping import read_mapping
from geodata.gazetteer.places import read_gazetteer
from geodata.review.decisions import Subject
from geodata.review.file import COLUMNS, TOLD, write_lines
from geodata.store.decided import list_decisions
from geodata.store.doubtful import (
    DoubtfulName,
    count_doubtful_actors,
    count_doubtful_places,
    find_doubtful_actors,
    find_doubtful_places,
)
from geodata.store.duplicates import Pair, count_duplicates, find_duplicates
from geodata.store.engine import Store, open_store
from geodata.store.load import load_incidents

HELP = "print the names in doubt, with what they may mean, as CSV: fill in `decision`, and hand it in with --decisions"
MOST_PAIRS = 100
_HEADER = (*(column.name for column in COLUMNS), *TOLD)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command may be told."""
    add_table(parser)
    parser.add_argument(
        "--duplicates",
        nargs="?",
        type=int,
        const=MOST_PAIRS,
        default=0,
        metavar="N",
        help=f"also the N likeliest pairs of incidents that may be one; default: {MOST_PAIRS}",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each decision, then for each doubt that is left, and how many these are to standard error."""
    gazetteer, actors, decisions = read_gazetteer(), read_actors(), take_decisions(arguments)
    with TemporaryDirectory() as folder:
        file = load_incidents(
            arguments.file, Path(folder), gazetteer, actors, mapping=read_mapping(arguments), decisions=decisions
        )
        store = open_store(file)
        lines = [
            *map(_decided, list_decisions(store)),
            *_asked(find_doubtful_places(store, gazetteer, limit=None)),
            *_asked(find_doubtful_actors(store, actors, limit=None)),
            *_suggested(find_duplicates(store, limit=arguments.duplicates) if arguments.duplicates else []),
        ]
        sys.stdout.buffer.write(write_lines([[line.get(name) for name in _HEADER] for line in lines], _HEADER))
        print(_sums(store, pairs=bool(arguments.duplicates)), file=sys.stderr)
    return 0


def _decided(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"reason": row["problem"]}


def _asked(names: Iterable[DoubtfulName]) -> Iterator[dict[str, Any]]:
    """Yield the names, each with its likeliest suggestion as the target to accept."""
    for doubt in names:
        yield {
            "what": doubt.what,
            "name": doubt.name,
            "country": doubt.country,
            "admin1": doubt.admin1,
            "target": doubt.suggestions[0].id if doubt.suggestions else "",
            "rows": doubt.rows,
            "reason": doubt.reason,
            "candidates": "; ".join(f"{found.id} ({found.name}, {found.score:.0f})" for found in doubt.suggestions),
        }


def _suggested(pairs: Iterable[Pair]) -> Iterator[dict[str, Any]]:
    for pair in pairs:
        target = f"{pair.first}; {pair.second}"
        yield {"what": Subject.DUPLICATE, "target": target, "reason": ", ".join(pair.reasons)}


def _sums(store: Store, *, pairs: bool) -> str:
    told = {"places": count_doubtful_places(store), "actors": count_doubtful_actors(store)}
    sums = "names in doubt: " + ", ".join(
        f"{doubts.names} of {what} ({doubts.rows} rows)" for what, doubts in told.items()
    )
    return sums + (f"; pairs that may be told twice: {count_duplicates(store)}" if pairs else "")
