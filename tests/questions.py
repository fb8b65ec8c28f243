"""Every question that the dashboard asks of a store, by name, so that stores can be compared."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, get_args

import pandas as pd

from geodata.actors.actors import read_actors
from geodata.gazetteer.places import read_gazetteer
from geodata.store.cells import (
    Viewport,
    count_provinces,
    find_areas,
    find_at,
    find_cells,
    find_links,
    find_places,
)
from geodata.store.counts import Responsible, count_facet, count_rows, count_undated, summarize
from geodata.store.decided import list_decisions
from geodata.store.doubtful import (
    count_doubtful_actors,
    count_doubtful_places,
    find_doubtful_actors,
    find_doubtful_places,
)
from geodata.store.duplicates import count_duplicates, find_duplicates
from geodata.store.engine import Store
from geodata.store.factions import list_factions
from geodata.store.facts import find_busiest, find_span, find_years, list_documents
from geodata.store.filters import IncidentFilter
from geodata.store.queries import (
    Order,
    find_incident,
    find_page,
    find_related,
    find_rows_located,
    is_kept,
    stream_rows,
    tell_page,
)
from geodata.store.timeline import Bin, count_by_time

WORLD = Viewport(west=-180, south=-90, east=180, north=90, zoom=3)
BAGHDAD = Viewport(west=43.5, south=32.5, east=45.5, north=34.5, zoom=9)

LISTED = ("incident_id", "place_name", "killed_best", "lon")

Ask = Callable[[Store, IncidentFilter], Any]


def _page(order: Order, number: int) -> Ask:
    return lambda store, question: tell_page(store, find_page(store, question, order, number)).to_pylist()


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def _first(store: Store, question: IncidentFilter) -> dict[str, Any] | None:
    found = tell_page(store, find_page(store, question, "newest", 1)[:1]).to_pylist()
    return find_incident(store, found[0]["incident_id"]) if found else None


def _of_first(ask: Callable[[Store, IncidentFilter, dict[str, Any]], Any]) -> Ask:
    def asked(store: Store, question: IncidentFilter) -> Any:
        first = _first(store, question)
        return first and ask(store, question, first)

    return asked


QUESTIONS: Mapping[str, Ask] = {
    "summary": summarize,
    "rows": count_rows,
    "undated": count_undated,
    **{
        f"facet {name}": lambda store, question, name=name: count_facet(store, question, name)
        for name in get_args(Responsible)
    },
    **{f"by {size}": lambda store, question, size=size: count_by_time(store, question, size) for size in get_args(Bin)},
    **{
        f"places, zoom {v.zoom}": lambda store, question, v=v: find_places(store, question, v) for v in (WORLD, BAGHDAD)
    },
    **{f"cells, zoom {v.zoom}": lambda store, question, v=v: find_cells(store, question, v) for v in (WORLD, BAGHDAD)},
    "areas": find_areas,
    "links": find_links,
    "provinces": count_provinces,
    **{f"page, {order}": _page(order, 1) for order in get_args(Order)},
    "second page": _page("newest", 2),
    "at a place": _of_first(
        lambda s, q, row: find_at(s, q, place=row["place_id"] or f"{row['lon']},{row['lat']}", limit=20)
    ),
    "in a cell": lambda store, question: find_at(store, question, cell="8/159/102", limit=20),
    "one incident": _first,
    "whether it is kept": _of_first(lambda s, q, row: is_kept(s, q, row["incident_id"])),
    "what it is linked to": _of_first(lambda s, _, row: find_related(s, row["row"])),
    "list": lambda store, question: [
        row
        for batch in stream_rows(store, replace(question, countries=frozenset({"Jordan"})), "place", LISTED)
        for row in batch.to_pylist()
    ],
    "rows without a place": lambda store, question: _rows(find_rows_located(store, question, "unplaced", limit=50)),
    "factions": lambda store, question: list_factions(store, count_facet(store, question, "actor")),
}
"""Asked with a filter."""

FACTS: Mapping[str, Callable[[Store], Any]] = {
    "span": find_span,
    "busiest days": lambda store: find_busiest(store, days=2),
    "years": find_years,
    "documents": list_documents,
    "rejected rows": lambda store: store.ask(store.table("rejected").order_by("line").limit(50)).to_pylist(),
    "problems": lambda store: store.ask(store.table("problems").order_by("line", "column").limit(50)).to_pylist(),
    "decisions": list_decisions,
    "doubtful places": lambda store: (count_doubtful_places(store), find_doubtful_places(store, read_gazetteer())),
    "doubtful actors": lambda store: (count_doubtful_actors(store), find_doubtful_actors(store, read_actors())),
    "duplicates": lambda store: (count_duplicates(store), find_duplicates(store)),
    "codes": lambda store: store.codes,
    "what was loaded": lambda store: store.meta,
}
"""Asked of all incidents."""


def differences(one: Store, other: Store, question: IncidentFilter) -> list[str]:
    """Return the names of the questions that two stores answer differently."""
    return [name for name, ask in QUESTIONS.items() if ask(one, question) != ask(other, question)]
