"""Small tables and places for tests: every test names only what it is about."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from geodata.actors.actors import Actor, ActorAlias, Actors
from geodata.gazetteer.places import Alias, Gazetteer, Place
from geodata.incidents.read import Reading, read_incidents
from geodata.incidents.schema import Precision, Side

REQUIRED = {
    "incident_id": "INC-1",
    "date_earliest": "2024-02-02",
    "date_latest": "2024-02-03",
    "place": "Tower 22",
    "category": "kinetic",
}


def csv_of(*rows: Mapping[str, str], quote_all: bool = False, line_end: str = "\n") -> bytes:
    """Return a table of incidents: the required cells, and over them what each row gives."""
    filled = [REQUIRED | {"incident_id": f"INC-{number}"} | row for number, row in enumerate(rows, start=1)]
    names = list(dict.fromkeys([*REQUIRED, *(name for row in rows for name in row)]))
    lines = [names, *([row.get(name, "") for name in names] for row in filled)]
    # Not by the csv module, which leaves a carriage return without quotation marks.
    return "".join(",".join(_cell(text, quote_all) for text in line) + line_end for line in lines).encode()


def _cell(text: str, quote_all: bool) -> str:  # noqa: FBT001
    return '"' + text.replace('"', '""') + '"' if quote_all or set(text) & set(',"\r\n') else text


def read(table: bytes) -> Reading:
    """Return what is read from these bytes."""
    return read_incidents(io.BytesIO(table), name="table.csv")


def read_rows_of(*rows: Mapping[str, str]) -> Reading:
    """Return what is read from a table of these rows."""
    return read(csv_of(*rows))


def reports(reading: Reading) -> list[str]:
    """Return the problems as they are printed."""
    return [str(problem) for problem in reading.problems]


def make_place(place_id: str, name: str = "", *, aliases: Sequence[str] = (), **more: Any) -> Place:
    """Return a place, a base in Jordan unless told otherwise."""
    usual: dict[str, Any] = {
        "lon": 38.7,
        "lat": 33.3,
        "kind": "base",
        "country": "Jordan",
        "admin1": "Mafraq",
        "precision": Precision.SITE,
        "uncertainty_m": 500,
        "source": "test",
        "check": "",
        "note": "",
    }
    names = tuple(Alias(alias=alias, language="en", source="test") for alias in aliases)
    return Place(place_id=place_id, name=name or place_id, aliases=names, **(usual | more))


def make_gazetteer(*places: Place) -> Gazetteer:
    """Return a gazetteer of these places, in this order."""
    return Gazetteer(places={place.place_id: place for place in places}, areas={})


def make_actor(actor_id: str, name: str = "", *, aliases: Sequence[str] = (), **more: Any) -> Actor:
    """Return an actor, an armed group of an unknown side unless told otherwise."""
    usual: dict[str, Any] = {
        "kind": "armed_group",
        "parent": "",
        "side": Side.UNKNOWN,
        "country": "",
        "source": "test",
        "note": "",
    }
    names = tuple(ActorAlias(alias=alias, language="en", source="test") for alias in aliases)
    return Actor(actor_id=actor_id, name=name or actor_id, aliases=names, **(usual | more))


def make_actors(*actors: Actor) -> Actors:
    """Return these actors."""
    return Actors(by_id={actor.actor_id: actor for actor in actors})
