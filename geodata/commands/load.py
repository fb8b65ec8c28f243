"""`load`: a table of incidents as a store, for a server or for a cluster."""

import argparse
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from geodata.actors.actors import read_actors
from geodata.commands.arguments import add_table
from geodata.commands.decisions import take_decisions, tell_idle
from geodata.commands.mapping import read_mapping
from geodata.errors import GeodataError
from geodata.gazetteer.places import read_gazetteer
from geodata.store.engine import open_store
from geodata.store.load import load_incidents, reference_digest
from geodata.store.parquet import write_tables

HELP = "build the store of a table beforehand, or write it as Parquet for a cluster"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command may be told."""
    add_table(parser)
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help="keep the store there, as INCIDENTS_CACHE")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="write the tables as Parquet into this new folder")


def run(arguments: argparse.Namespace) -> int:
    """Build, and print where the result is."""
    if not (arguments.cache or arguments.to):
        raise GeodataError("say --cache FOLDER to keep the store, --to FOLDER to write it as Parquet, or both")
    decisions = take_decisions(arguments)
    with _folder(arguments.cache) as folder:
        file = load_incidents(
            arguments.file,
            folder,
            read_gazetteer(),
            read_actors(),
            mapping=read_mapping(arguments),
            decisions=decisions,
            salt=reference_digest(),
        )
        tell_idle(arguments, open_store(file), decisions)
        if arguments.to:
            write_tables(file, arguments.to)
    print(arguments.to or file)
    return 0


@contextmanager
def _folder(kept: Path | None) -> Generator[Path]:
    if kept:
        yield kept
        return
    with TemporaryDirectory() as folder:
        yield Path(folder)
