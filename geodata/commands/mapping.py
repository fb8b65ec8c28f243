"""The mapping of columns as an argument of several commands."""

import argparse
from pathlib import Path

from geodata.formats.mapping import ColumnMapping
from geodata.formats.opening import OpenTable, open_table


def add_mapping(parser: argparse.ArgumentParser) -> None:
    """Add the file that says which column means what."""
    told = "which column means what, for a table in no known format; default: guessed"
    parser.add_argument("--mapping", type=Path, metavar="FILE", help=told)


def read_mapping(arguments: argparse.Namespace) -> ColumnMapping | None:
    """Return the mapping that was handed in, if any.

    Raises
    ------
    GeodataError
        If the file is no mapping.
    OSError
        If it cannot be opened.
    """
    file: Path | None = arguments.mapping
    return ColumnMapping.from_bytes(file.read_bytes(), file.name) if file else None


def open_mapped(arguments: argparse.Namespace) -> OpenTable:
    """Return the table that the arguments name, read by the mapping that they name.

    Raises
    ------
    GeodataError
        If the one is no table, or the other no mapping.
    OSError
        If a file cannot be opened.
    """
    return open_table(arguments.file, mapping=read_mapping(arguments))
