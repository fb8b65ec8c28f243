"""`check`: everything that is wrong with a table of incidents."""

import argparse
from collections.abc import Iterable

import pandas as pd

from geodata.actors.actors import join_actors, read_actors
from geodata.commands.arguments import add_table
from geodata.commands.decisions import open_decisions, tell
from geodata.commands.mapping import open_mapped
from geodata.errors import Problem, by_line, report
from geodata.formats.opening import OpenTable
from geodata.gazetteer.locate import locate
from geodata.gazetteer.places import read_gazetteer
from geodata.incidents.documents import read_documents
from geodata.incidents.rules import check_locators, check_rules
from geodata.review.decisions import NOTHING_DECIDED, Decisions
from geodata.review.reach import Reach

HELP = "say what is wrong with a table, where, and how to repair it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command may be told."""
    add_table(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print all problems of the table and of the decisions about it; return 1 when there are any."""
    decisions, faults = open_decisions(arguments)
    table = open_mapped(arguments)
    problems, rows, idle = find_problems(table, decisions)
    print(report(table.name, problems) if problems else f"{table.name}: {rows} rows, no problems")
    tell(arguments, [*faults, *idle])
    return 1 if problems or faults or idle else 0


def find_problems(
    table: OpenTable, decisions: Decisions = NOTHING_DECIDED
) -> tuple[tuple[Problem, ...], int, tuple[Problem, ...]]:
    """Return all that is wrong with a table, unplaced names and unknown actors included, and how many rows it has.

    Returns
    -------
    problems, rows, idle
        The last are problems of the decisions: those that change nothing.

    Raises
    ------
    InvalidTableError
        If the file is no such table.
    """
    reading = table.read()
    incidents = reading.incidents
    gazetteer, actors, reach = read_gazetteer(), read_actors(), Reach(decisions)
    located = locate(incidents, gazetteer, decisions)
    _, unknown_actors = join_actors(incidents, actors, decisions)
    locators = check_locators(incidents, read_documents())
    found = [*reading.problems, *_place_problems(located), *unknown_actors, *check_rules(incidents), *locators]
    reach.see(incidents)
    idle = reach.find_problems(find_place=gazetteer.get, find_actor=actors.by_id.get)
    return by_line(found), reading.rows, idle


def _place_problems(located: pd.DataFrame) -> Iterable[Problem]:
    """Return a problem for each row that is unplaced, or whose own point is not where its place is.

    What the reader has decided is no problem any more, and that a town is of the second tier is none.
    """
    doubtful = located[(located["reason"] != "") & ~located["found_by"].isin(["decision", "town"])]
    columns = ("line", "place", "reason", "candidates")
    for line, place, reason, candidates in doubtful[[*columns]].itertuples(index=False, name=None):
        perhaps = f" (perhaps {candidates.replace('; ', ', ')})" if candidates else ""
        yield Problem(line=line, column="place", value=place, reason=reason + perhaps)
