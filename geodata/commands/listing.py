"""A listing from what the command line was told."""

import argparse
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from geodata.actors.actors import read_actors
from geodata.commands.decisions import take_decisions, tell_idle
from geodata.commands.mapping import read_mapping
from geodata.commands.question import add_question, to_question
from geodata.exports.coarse import read_coarsening
from geodata.exports.frame import read_bounds
from geodata.exports.listing import Listing
from geodata.gazetteer.places import read_gazetteer
from geodata.store.engine import open_store
from geodata.store.load import load_incidents


def add_listing(parser: argparse.ArgumentParser) -> None:
    """Add the filter, and what else decides about the rows of a file."""
    add_question(parser)
    made = parser.add_argument_group("publication")
    made.add_argument(
        "--bounds", metavar="W,S,E,N", help="what pictures and reports show, in degrees; default: nearly all rows"
    )
    made.add_argument("--coarsen", metavar="TO", help="make points vaguer: to town, province or a distance like 25km")
    made.add_argument(
        "--include-restricted", action="store_true", help="also rows that are sensitive or may not be passed on"
    )


@contextmanager
def open_listing(arguments: argparse.Namespace) -> Generator[Listing]:
    """Yield the incidents that the arguments ask for, out of a store that lasts as long."""
    gazetteer, actors, decisions = read_gazetteer(), read_actors(), take_decisions(arguments)
    with TemporaryDirectory() as folder:
        file = load_incidents(
            arguments.file, Path(folder), gazetteer, actors, mapping=read_mapping(arguments), decisions=decisions
        )
        store = open_store(file)
        tell_idle(arguments, store, decisions)
        yield Listing(
            store=store,
            gazetteer=gazetteer,
            question=to_question(arguments, store=store, gazetteer=gazetteer, actors=actors),
            order=arguments.order,
            coarsening=read_coarsening(arguments.coarsen) if arguments.coarsen else None,
            bounds=read_bounds(arguments.bounds) if arguments.bounds else None,
            made=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            confirmed=arguments.include_restricted,
        )
