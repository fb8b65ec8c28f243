"""Made-up tables in a real store, and filters to ask of them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from random import Random

import pyarrow as pa
from builders import make_actor, make_actors, make_place
from exporting import store_of
from hypothesis import strategies as st
from shapely import box

from geodata.gazetteer.places import Gazetteer
from geodata.incidents.schema import EVENT_TYPES, Attribution, Category, Precision, Side
from geodata.store.cells import Viewport
from geodata.store.engine import Store
from geodata.store.filters import IncidentFilter, matching
from geodata.store.queries import Order, find_page, stream_rows, tell_page

PLACES = (
    make_place("tower-22", "Tower 22", aliases=["البرج 22"]),
    make_place("tanf", "Tanf", lon=38.66, lat=33.51, country="Syria", admin1="Homs"),
    make_place("rutba", "Rutba", lon=40.3, lat=33.0, kind="town", precision=Precision.TOWN, country="Iraq"),
    make_place("mafraq", "Mafraq", lon=38, lat=32.5, kind="province", precision=Precision.PROVINCE, uncertainty_m=9e4),
    make_place(
        "syria", "Syria", lon=38.5, lat=35, kind="country", precision=Precision.COUNTRY, country="Syria", admin1=""
    ),
)
GAZETTEER = Gazetteer(
    places={place.place_id: place for place in PLACES},
    areas={"mafraq": box(36.5, 31.5, 39.5, 33.5), "syria": box(36, 32.5, 42, 37)},
)
ACTORS = make_actors(
    make_actor("axis", "Axis", kind="umbrella", side=Side.IRAN_AND_ALLIES),
    make_actor("resistance", "Resistance", parent="axis", side=Side.IRAN_AND_ALLIES),
    make_actor("brigade", "Brigade", parent="resistance", side=Side.IRAN_AND_ALLIES),
    make_actor("us", "United States", side=Side.US_LED_COALITION),
)
WORLD = Viewport(west=-180, south=-90, east=180, north=90, zoom=6)
FIRST = date(2024, 1, 28)
TABLES = 8

_NAMES = ("Axis", "Resistance", "Brigade", "United States", "Somebody else", "any", "")
_WHERE = (*(place.name for place in PLACES), "البرج 22", "Nowhere", "")
_WORDS = ("strike", "é", "Éclair", "طائرة", "100%", "_", "'", "\\")


def make_store(*rows: Mapping[str, str]) -> Store:
    """Return a store of these rows, with the places and actors above."""
    return store_of(*rows, gazetteer=GAZETTEER, actors=ACTORS)


@cache
def made_up_store(number: int) -> Store:
    """Return one of some stores, of which a higher number has more rows; number 0 has none."""
    chance = Random(number)  # noqa: S311, nothing is secret about it
    rows = [_made_up_row(chance, line) for line in range(6 * number)]
    return make_store(*(rows or [{"category": "rejected"}]))


def _made_up_row(chance: Random, line: int) -> dict[str, str]:
    category = chance.choice(list(Category))
    actor = chance.choice(_NAMES)
    row = {
        "place": chance.choice(_WHERE),
        "place_precision": chance.choice(["", "", *Precision]),
        "category": category,
        "event_type": chance.choice(["", *EVENT_TYPES[category]]),
        "actor": actor,
        "presumed_actor": chance.choice(["", "", "Brigade", "Somebody else"]),
        "attribution": chance.choice(list(Attribution)) if actor else "",
        "denied_by": chance.choice(["", "", "Iran"]),
        "summary": " ".join(chance.choices(_WORDS, k=3)),
        "sources": chance.choice(["", "doc:1", "doc:2; other:14"]),
    }
    if chance.random() < 0.2:
        row |= {"given_lon": f"{chance.uniform(36, 48):.4f}", "given_lat": f"{chance.uniform(29, 37):.4f}"}
    earlier = [f"INC-{n}" for n in range(1, line + 1)]
    row["part_of"] = chance.choice(["", "", *earlier])
    row["retaliates_for"] = chance.choice(["", "", *earlier])
    return row | _days(chance) | _numbers(chance, "killed") | _numbers(chance, "injured") | _fault(chance)


def _days(chance: Random) -> dict[str, str]:
    if chance.random() < 0.2:
        return {"date_earliest": "", "date_latest": ""}
    first = FIRST + timedelta(days=chance.randrange(12))
    last = first + timedelta(days=chance.choice([0, 0, 1, 5, 40]))
    return {"date_earliest": first.isoformat(), "date_latest": last.isoformat()}


def _numbers(chance: Random, what: str) -> dict[str, str]:
    if chance.random() < 0.5:
        return {}
    told = dict(zip(("low", "best", "high"), sorted(chance.choices(range(20), k=3)), strict=True))
    kept = chance.sample(list(told), k=chance.randint(1, 3))
    return {f"{what}_{bound}": str(told[bound]) for bound in kept} | {f"{what}_said_by": "somebody"}


def _fault(chance: Random) -> dict[str, str]:
    return chance.choice([{}] * 9 + [{"category": "rejected"}])


stores = st.integers(0, TABLES - 1).map(made_up_store)
_days_asked = st.none() | st.integers(-3, 50).map(lambda n: FIRST + timedelta(days=n))


dates = st.builds(IncidentFilter, start=_days_asked, end=_days_asked, within=st.booleans(), undated=st.booleans())
"""Filters by dates alone."""


def _some(values: Iterable[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.just(frozenset()) | st.frozensets(st.sampled_from(sorted(values)), max_size=3)


questions = st.builds(
    IncidentFilter,
    start=_days_asked,
    end=_days_asked,
    within=st.booleans(),
    undated=st.booleans(),
    sides=_some(Side),
    factions=_some(("axis", "resistance", "brigade", "us", "Somebody else", "any", "nobody")),
    members=st.booleans(),
    presumed=st.booleans(),
    categories=_some(Category),
    event_types=_some(sum(EVENT_TYPES.values(), start=())),
    countries=_some(("", "Iraq", "Jordan", "Syria")),
    attributions=_some(Attribution),
    known_to=_some(Precision),
    denied=st.booleans(),
    text=st.lists(st.sampled_from([*_WORDS, "ECLAIR", "tower", "INC-1"]), max_size=2).map(" ".join),
)
"""Filters of every facet, so narrow that many keep nothing and so wide that many keep all."""


def ids(store: Store, question: IncidentFilter) -> set[str]:
    """Return the ids of the incidents that the filter keeps."""
    return set(store.ask(matching(store, question).select("incident_id"))["incident_id"].to_pylist())


def listed_ids(store: Store, question: IncidentFilter, order: str = "newest") -> list[str]:
    """Return the ids in the order of the table."""
    batches = list(stream_rows(store, question, order, ["incident_id"]))
    return pa.Table.from_batches(batches)["incident_id"].to_pylist() if batches else []


def page_ids(store: Store, question: IncidentFilter, order: Order, page: int) -> list[str]:
    """Return the ids of a page of the table."""
    return tell_page(store, find_page(store, question, order, page))["incident_id"].to_pylist()
