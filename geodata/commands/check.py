"""`check`: everything that is wrong with a table of incidents."""

import argparse
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from geodata.actors.actors import join_actors, read_actors
from geodata.commands.arguments import add_file
from geodata.errors import Problem, by_line, report
from geodata.gazetteer.locate import locate
from geodata.gazetteer.places import read_gazetteer
from geodata.incidents.documents import read_documents
from geodata.incidents.read import read_incidents
from geodata.incidents.rules import check_locators, check_rules

HELP = "say what is wrong with a table, where, and how to repair it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command may be told."""
    add_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print all problems of the table; return 1 when there are any."""
    file: Path = arguments.file
    problems, rows = find_problems(file)
    print(report(file.name, problems) if problems else f"{file.name}: {rows} rows, no problems")
    return 1 if problems else 0


def find_problems(file: Path) -> tuple[tuple[Problem, ...], int]:
    """Return all that is wrong with a table, unplaced names and unknown actors included, and how many rows it has.

    Raises
    ------
    InvalidTableError
        If the file is no such table.
    OSError
        If it cannot be opened.
    """
    reading = read_incidents(file)
    incidents = reading.incidents
    located = locate(incidents, read_gazetteer())
    _, unknown_actors = join_actors(incidents, read_actors())
    locators = check_locators(incidents, read_documents())
    found = [*reading.problems, *_place_problems(located), *unknown_actors, *check_rules(incidents), *locators]
    return by_line(found), reading.rows


def _place_problems(located: pd.DataFrame) -> Iterable[Problem]:
    """Return a problem for each row that is unplaced, or whose own point is not where its place is."""
    doubtful = located[located["reason"] != ""]
    columns = ("line", "place", "reason", "candidates")
    for line, place, reason, candidates in doubtful[[*columns]].itertuples(index=False, name=None):
        perhaps = f" (perhaps {candidates.replace('; ', ', ')})" if candidates else ""
        yield Problem(line=line, column="place", value=place, reason=reason + perhaps)
