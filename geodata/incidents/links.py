"""What the rows of a table of incidents may not say of each other."""

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from geodata.errors import Problem
from geodata.tables.cells import split_list

GIVE_EACH_ITS_OWN = "give each incident its own"
LINKS = ("part_of", "retaliates_for", "possible_duplicate_of")


def find_repeated_ids(
    rows: pd.DataFrame, first_lines: dict[str, int], repair: str = GIVE_EACH_ITS_OWN
) -> Iterator[tuple[int, Problem]]:
    """Yield row number and problem for each row whose id an earlier row has.

    Parameters
    ----------
    rows
        `line` and `incident_id`, in the order of the file.
    first_lines
        The line on which each id was first seen; the ids of these rows are added.
    """
    for row, (own, line) in enumerate(zip(rows["incident_id"].tolist(), rows["line"].tolist(), strict=True)):
        first = first_lines.setdefault(own, line) if own else line
        if first != line:
            yield row, repeated_id(line, own, first, repair)


def repeated_id(line: int, incident_id: str, first: int, repair: str = GIVE_EACH_ITS_OWN) -> Problem:
    """Return the problem of a row whose id the line `first` has already."""
    reason = f"line {first} has this id already: {repair}"
    return Problem(line=line, column="incident_id", value=incident_id, reason=reason)


def check_links(incidents: pd.DataFrame, known: Collection[str]) -> list[Problem]:
    """Return a problem for each link to no row, to the row itself, or round in a circle.

    Parameters
    ----------
    known
        The ids of all rows of the file.
    """
    problems: list[Problem] = []
    for column in LINKS:
        linked = incidents[incidents[column] != ""]
        for line, own, cell in zip(
            linked["line"].tolist(), linked["incident_id"].tolist(), linked[column].tolist(), strict=True
        ):
            for link in [cell] if column == "part_of" else split_list(cell):
                if link == own:
                    reason = "names its own row: remove it"
                elif link not in known:
                    reason = f"no row has the id {link}: correct or remove it"
                else:
                    continue
                problems.append(Problem(line=line, column=column, value=cell, reason=reason))
    return [*problems, *_circles(incidents)]


def _circles(incidents: pd.DataFrame) -> Iterator[Problem]:
    parts = incidents[incidents["part_of"] != ""]
    whole = dict(zip(parts["incident_id"].tolist(), parts["part_of"].tolist(), strict=True))
    circular = _in_circles(whole)
    for line, own in zip(parts["line"].tolist(), parts["incident_id"].tolist(), strict=True):
        if own in circular and whole[own] != own:
            reason = f"{own} is a part of itself by way of others: cut the circle"
            yield Problem(line=line, column="part_of", value=whole[own], reason=reason)


def _in_circles(whole: Mapping[str, str]) -> set[str]:
    """Return the ids from which following the links leads back; each link is followed once."""
    circular: set[str] = set()
    followed: set[str] = set()
    for start in whole:
        path: dict[str, None] = {}
        here = start
        while here in whole and here not in followed and here not in path:
            path[here] = None
            here = whole[here]
        if here in path:
            steps = list(path)
            circular.update(steps[steps.index(here) :])
        followed.update(path)
    return circular
