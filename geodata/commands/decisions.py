"""The reader's decisions as an argument of several commands."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from geodata.errors import Problem, by_line, report
from geodata.review.decisions import NOTHING_DECIDED, Decisions
from geodata.review.file import read_decisions
from geodata.store.decided import find_idle
from geodata.store.engine import Store


def add_decisions(parser: argparse.ArgumentParser) -> None:
    """Add the file of decisions."""
    parser.add_argument(
        "--decisions", type=Path, metavar="FILE", help="what you have decided about names and duplicates, as CSV"
    )


def open_decisions(arguments: argparse.Namespace) -> tuple[Decisions, tuple[Problem, ...]]:
    """Return the decisions that were handed in, and what is wrong with their file.

    Raises
    ------
    InvalidTableError
        If the file is no such table.
    OSError
        If it cannot be opened.
    """
    file: Path | None = arguments.decisions
    return read_decisions(file, name=file.name) if file else (NOTHING_DECIDED, ())


def take_decisions(arguments: argparse.Namespace) -> Decisions:
    """Return the decisions that were handed in; what is wrong with their file goes to standard error."""
    decisions, problems = open_decisions(arguments)
    tell(arguments, problems)
    return decisions


def tell(arguments: argparse.Namespace, problems: Iterable[Problem]) -> None:
    """Print what is wrong with the decisions to standard error."""
    if told := by_line(problems):
        print(report(arguments.decisions.name, told), file=sys.stderr)


def tell_idle(arguments: argparse.Namespace, store: Store, decisions: Decisions) -> None:
    """Print to standard error which decisions have changed nothing in a store."""
    tell(arguments, find_idle(store, decisions) if decisions else ())
