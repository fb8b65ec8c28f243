"""The decisions that a store was built with."""

from typing import Any

from geodata.errors import Problem, by_line
from geodata.review.decisions import Decisions
from geodata.store.engine import Store, this


def list_decisions(store: Store) -> list[dict[str, Any]]:
    """Return every decision.

    Returns
    -------
    list of dict
        The columns of `geodata.review.file.COLUMNS`; `rows`, the number of rows that it names; and `problem`, why it
        changes nothing, with the column that is to blame in `problem_column`, or blank.
    """
    ordered = store.table("decisions").order_by("what", "name", "country", "admin1", "target")
    return store.ask(ordered).to_pylist()


def find_idle(store: Store, decisions: Decisions) -> tuple[Problem, ...]:
    """Return a problem, with its line in the file, for each of the decisions that changes nothing in the store."""
    lines = {(d.what, d.name, d.country, d.admin1, d.target): d.line for d in decisions}
    idle = store.ask(store.table("decisions").filter(this.problem != "")).to_pylist()
    return by_line(
        Problem(
            line=lines[row["what"], row["name"], row["country"], row["admin1"], row["target"]],
            column=row["problem_column"],
            value=row[row["problem_column"]],
            reason=row["problem"],
        )
        for row in idle
    )
