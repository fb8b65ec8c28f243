"""Which rows decisions name."""

from collections import Counter
from collections.abc import Callable
from typing import TypeAlias

import pandas as pd

from geodata.errors import Problem, by_line
from geodata.review.decisions import Decision, Decisions, Subject, Verdict

Find: TypeAlias = Callable[[str], object | None]
"""Returns what bears an id, or None."""

_ACTED = ("actor", "presumed_actor")
_NAMED = ("place", "given_country", "given_admin1")


class Reach:
    """How far decisions reach in the rows that have been seen."""

    def __init__(self, decisions: Decisions) -> None:
        self.decisions = decisions
        self._rows: Counter[Decision] = Counter()
        self._waiting = {i for decision in decisions for i in decision.incident_ids}
        self._found: set[str] = set()

    def see(self, incidents: pd.DataFrame) -> None:
        """Count the rows of some more incidents, with the columns of `read_incidents`."""
        if not self.decisions:
            return
        named = Counter(zip(*(incidents[column].tolist() for column in _NAMED), strict=True))
        acted = Counter(name for column in _ACTED for name in incidents[column].tolist())
        decided = [(self.decisions.on_place(*name), rows) for name, rows in named.items()]
        decided += [(self.decisions.on_actor(name), rows) for name, rows in acted.items()]
        for decision, rows in decided:
            if decision:
                self._rows[decision] += rows
        self._found.update(incidents.loc[incidents["incident_id"].isin(self._waiting), "incident_id"])

    def count(self, decision: Decision) -> int:
        """Return the number of rows that a decision names: that write the place or actor so, or bear one of the ids."""
        return self._rows[decision] or sum(i in self._found for i in decision.incident_ids)

    def explain_idle(self, decision: Decision, *, find_place: Find, find_actor: Find) -> tuple[str, str] | None:
        """Return the column and the reason why a decision changes nothing, or None when it does."""
        if decision.what == Subject.DUPLICATE:
            missing = [i for i in decision.incident_ids if i not in self._found]
            return ("target", f"no row has the id {missing[0]}: correct or remove it") if missing else None
        find = find_place if decision.what == Subject.PLACE else find_actor
        if decision.decision == Verdict.ACCEPT and find(decision.target) is None:
            return (
                "target",
                f"no {decision.what} has this id: correct it; the name is matched as if nothing was decided",
            )
        if not self.count(decision):
            return "name", f"no row writes this {decision.what}{_where(decision)}: correct or remove it"
        return None

    def find_problems(self, *, find_place: Find, find_actor: Find) -> tuple[Problem, ...]:
        """Return a problem for each decision that changes nothing."""
        problems: list[Problem] = []
        for decision in self.decisions:
            if idle := self.explain_idle(decision, find_place=find_place, find_actor=find_actor):
                column, reason = idle
                value = str(getattr(decision, column))
                problems.append(Problem(line=decision.line, column=column, value=value, reason=reason))
        return by_line(problems)


def _where(decision: Decision) -> str:
    if decision.what != Subject.PLACE:
        return ""
    written = {"given_country": decision.country, "given_admin1": decision.admin1}
    return " " + " and ".join(f"with {c} '{value}'" if value else f"without {c}" for c, value in written.items())
