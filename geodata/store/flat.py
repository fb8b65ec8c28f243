"""SQL that is asked again and again, written so that an engine plans it in the shortest time.

Ibis puts each step into a query of its own, ``SELECT *`` with all columns of a wide table; planning that takes longer
than many an answer. Here the steps become one query that names the columns it needs.
"""

from collections.abc import Mapping, Sequence

import sqlglot
from sqlglot.optimizer.merge_subqueries import merge_subqueries
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify


def flatten(sql: str, tables: Mapping[str, Sequence[str]], dialect: str) -> str:
    """Return SQL with the same answer.

    Parameters
    ----------
    tables
        The columns of each table.
    """
    schema: dict[str, object] = {name: dict.fromkeys(columns, "unknown") for name, columns in tables.items()}
    written = qualify(sqlglot.parse_one(sql, dialect=dialect), schema=schema, dialect=dialect)
    return merge_subqueries(pushdown_projections(written)).sql(dialect=dialect)
