"""`export`: the incidents that a filter keeps, as a file."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from geodata.actors.actors import read_actors
from geodata.commands.arguments import add_file
from geodata.commands.question import add_question, to_question
from geodata.errors import GeodataError
from geodata.exports.coarse import read_coarsening
from geodata.exports.formats import FORMATS, format_of
from geodata.exports.listing import Listing
from geodata.gazetteer.places import read_gazetteer
from geodata.incidents.schema import Location
from geodata.store.engine import open_store
from geodata.store.load import load_incidents

HELP = "write the incidents that a filter keeps, as the dashboard's downloads do"
STANDARD_OUTPUT = Path("-")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command may be told."""
    add_file(parser)
    add_question(parser)
    parser.add_argument("--format", choices=FORMATS, help="default: as the name of OUT ends, else csv")
    parser.add_argument("--coarsen", metavar="TO", help="make points vaguer: to town, province or a distance like 25km")
    parser.add_argument("-o", "--out", type=Path, default=STANDARD_OUTPUT, help="default: -, standard output")


def run(arguments: argparse.Namespace) -> int:
    """Write the file, and the sums to standard error."""
    form = arguments.format or _format_of(arguments.out)
    gazetteer, actors = read_gazetteer(), read_actors()
    with TemporaryDirectory() as folder:
        store = open_store(load_incidents(arguments.file, Path(folder), gazetteer, actors))
        question = to_question(arguments, store=store, gazetteer=gazetteer, actors=actors)
        coarsening = read_coarsening(arguments.coarsen) if arguments.coarsen else None
        listing = Listing(
            store=store, gazetteer=gazetteer, question=question, order=arguments.order, coarsening=coarsening
        )
        write_file(arguments.out, FORMATS[form].write(listing))
    counts, kept = [listing.counts[location] for location in Location], listing.counts.total()
    sums = "{} exact + {} approximate + {} without a place".format(*counts)
    read, rejected = store.meta["rows_read"], store.meta["rows_rejected"]
    print(f"{kept} rows = {sums}; {read} read, {rejected} rejected", file=sys.stderr)
    return 0


def write_file(path: Path, content: Iterable[bytes]) -> None:
    """Write a file whole or not at all; ``-`` is standard output."""
    if path == STANDARD_OUTPUT:
        for part in content:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    building = path.with_name(f".{path.name}.building")
    try:
        with building.open("wb") as file:
            for part in content:
                file.write(part)
        building.replace(path)
    finally:
        building.unlink(missing_ok=True)


def _format_of(path: Path) -> str:
    found = "csv" if path == STANDARD_OUTPUT else format_of(path.name)
    if found is None:
        raise GeodataError(f"{path.name}: say --format, one of {', '.join(FORMATS)}")
    return found
