"""Decisions for tests, short to write."""

import io
from collections.abc import Mapping
from typing import Any

from builders import csv_of
from storing import ACTORS, GAZETTEER

from geodata.gazetteer.places import Gazetteer
from geodata.review.decisions import NOTHING_DECIDED, Decision, Decisions, Subject, Verdict
from geodata.review.file import COLUMNS, read_decisions
from geodata.store.engine import Store
from geodata.store.load import load_in_memory


def accept(name: str, target: str, **more: Any) -> Decision:
    """Return the decision that a name means this place."""
    return Decision(what=Subject.PLACE, name=name, decision=Verdict.ACCEPT, target=target, **more)


def point(name: str, lon: float, lat: float, precision: str = "town", **more: Any) -> Decision:
    """Return the decision that a name is at this point."""
    return Decision(
        what=Subject.PLACE, name=name, decision=Verdict.POINT, lon=lon, lat=lat, precision=precision, **more
    )


def leave(name: str, **more: Any) -> Decision:
    """Return the decision to leave a name without a place."""
    return Decision(what=Subject.PLACE, name=name, decision=Verdict.LEAVE, **more)


def accept_actor(name: str, target: str) -> Decision:
    """Return the decision that a name means this actor."""
    return Decision(what=Subject.ACTOR, name=name, decision=Verdict.ACCEPT, target=target)


def leave_actor(name: str) -> Decision:
    """Return the decision to leave a name without an actor."""
    return Decision(what=Subject.ACTOR, name=name, decision=Verdict.LEAVE)


def same(first: str, second: str) -> Decision:
    """Return the decision that two incidents may be one."""
    return Decision(what=Subject.DUPLICATE, decision=Verdict.SAME, target=f"{first}; {second}")


def distinct(first: str, second: str) -> Decision:
    """Return the decision that two incidents are two."""
    return Decision(what=Subject.DUPLICATE, decision=Verdict.DISTINCT, target=f"{first}; {second}")


def decided(*decisions: Decision) -> Decisions:
    """Return these decisions."""
    return NOTHING_DECIDED.deciding(*decisions)


def read_lines(*lines: str, header: str = ",".join(column.name for column in COLUMNS)) -> tuple[Decisions, list[str]]:
    """Return what is read from a file of these lines, and its problems as they are printed."""
    file = io.BytesIO("\n".join([header, *lines, ""]).encode())
    decisions, problems = read_decisions(file, name="decisions.csv")
    return decisions, [str(problem) for problem in problems]


def hold(*rows: Mapping[str, str], decisions: Decisions = NOTHING_DECIDED, gazetteer: Gazetteer = GAZETTEER) -> Store:
    """Return a store in memory of these rows, with the places and actors of `storing`."""
    return load_in_memory(io.BytesIO(csv_of(*rows)), gazetteer, ACTORS, name="table.csv", decisions=decisions)
