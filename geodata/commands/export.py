"""`export`: the incidents that a filter keeps, as a file."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from geodata.commands.arguments import add_table
from geodata.commands.listing import add_listing, open_listing
from geodata.errors import GeodataError
from geodata.exports.formats import FORMATS, format_of
from geodata.exports.listing import Listing
from geodata.exports.manifest import ENDING, Digest, count, make_manifest, to_json
from geodata.exports.words import describe_held

HELP = "write the incidents that a filter keeps, as the dashboard's downloads do"
STANDARD_OUTPUT = Path("-")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command may be told."""
    add_table(parser)
    add_listing(parser)
    parser.add_argument("--format", choices=FORMATS, help="default: as the name of OUT ends, else csv")
    parser.add_argument("-o", "--out", type=Path, default=STANDARD_OUTPUT, help="default: -, standard output")
    parser.add_argument("--no-manifest", dest="manifest", action="store_false", help=f"without OUT{ENDING} beside it")


def run(arguments: argparse.Namespace) -> int:
    """Write the file and its manifest, and the sums to standard error."""
    form = arguments.format or _format_of(arguments.out)
    with open_listing(arguments) as listing:
        write_export(listing, form, arguments.out, manifest=arguments.manifest)
        print(_sums(listing), file=sys.stderr)
    return 0


def write_export(listing: Listing, form: str, path: Path, *, manifest: bool) -> None:
    """Write a listing in a form, and beside it the manifest unless it goes to standard output."""
    digest = Digest()
    write_file(path, digest.watch(FORMATS[form].write(listing)))
    if manifest and path != STANDARD_OUTPUT:
        told = to_json(make_manifest(listing, form, name=path.name, digest=digest))
        write_file(path.with_name(path.name + ENDING), [told.encode()])


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


def _sums(listing: Listing) -> str:
    sums = (
        "{in_file} rows = {exact} exact + {approximate} approximate + {unplaced} without a place; "
        "{read} read, {rejected} rejected"
    ).format(**count(listing))
    return sums + (f"; held back {describe_held(listing)}: --include-restricted gives them" if listing.held else "")


def _format_of(path: Path) -> str:
    found = "csv" if path == STANDARD_OUTPUT else format_of(path.name)
    if found is None:
        raise GeodataError(f"{path.name}: say --format, one of {', '.join(FORMATS)}")
    return found
