"""`map`: the incidents that a filter keeps, as a map in one file."""

import argparse
from pathlib import Path

from geodata.commands.arguments import add_table
from geodata.commands.export import write_export
from geodata.commands.listing import add_listing, open_listing
from geodata.errors import GeodataError
from geodata.exports.formats import MAPS

HELP = "write a map of the incidents that a filter keeps: a page, a picture or a report"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command may be told."""
    add_table(parser)
    add_listing(parser)
    parser.add_argument("-o", "--out", type=Path, required=True, help=f"a name that ends in {', '.join(MAPS)}")


def run(arguments: argparse.Namespace) -> int:
    """Write the map and its manifest."""
    form = next((form for ending, form in MAPS.items() if arguments.out.name.lower().endswith(ending)), None)
    if form is None:
        raise GeodataError(f"{arguments.out.name}: must end in {', '.join(MAPS)}")
    with open_listing(arguments) as listing:
        write_export(listing, form, arguments.out, manifest=True)
    return 0
