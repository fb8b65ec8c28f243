"""Which incidents may be told twice: suggestions, about which the reader alone decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from types import MappingProxyType
from typing import Any

import ibis

from geodata.incidents.dates import describe_interval
from geodata.incidents.schema import Precision
from geodata.review.decisions import Decision, Subject, Verdict
from geodata.store.asking import ask
from geodata.store.engine import Store, Table, Value, this
from geodata.store.filters import EVERYTHING, IncidentFilter
from geodata.store.meetings import EXACT, find_meetings

LEAST = 6
"""The strength from which a pair is told."""
PAGE = 50
_WEEK = 7
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "same_type": "of the same type",
        "other_type": "but of different types",
        "same_target": "on the same target",
        "same_killed": "with as many killed",
        "other_killed": "but with other numbers killed",
    }
)
_COMPARED = (
    *("first_day", "last_day", "place_no", "known_to", "event_type_no", "event_type", "actor_no", "actor_name"),
    *("target", "killed_low", "killed_best", "killed_high"),
)
_TOLD = ("incident_id", "date_earliest", "date_latest", "date_precision", "place", "place_name", "actor_name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two incidents that may be one.

    Attributes
    ----------
    first, second
        Their ids.
    strength
        How much speaks for it; good for sorting only.
    reasons
        What speaks for it, and what against.
    """

    first: str
    second: str
    strength: int
    reasons: tuple[str, ...]

    def decide(self, verdict: Verdict, *, note: str = "") -> Decision:
        """Return the reader's decision about them, ``same`` or ``distinct``."""
        target = f"{self.first}; {self.second}"
        return Decision(what=Subject.DUPLICATE, decision=verdict, target=target, note=note)


def find_duplicates(store: Store, *, limit: int | None = PAGE, offset: int = 0) -> list[Pair]:
    """Return pairs of incidents that may be told twice, likeliest first.

    The two are of one category, at one place or at points nearer than they are known, their dates overlap and are
    known to a month, and they have the actor in common, or else a source that few rows cite while only one actor is
    named. Pairs that are linked, are parts of one whole, or are decided about are not told.
    """
    rows = ask(store, _likeliest, EVERYTHING, limit, offset).to_pylist()
    return [_to_pair(row) for row in rows]


def count_duplicates(store: Store) -> int:
    """Return how many pairs `find_duplicates` tells in all."""
    return int(ask(store, _number, EVERYTHING)["pairs"][0].as_py())


def _number(store: Store, _: IncidentFilter) -> Table:
    return _suggested(store).aggregate(pairs=this.count())


def _likeliest(store: Store, _: IncidentFilter, limit: int | None, offset: int) -> Table:
    order = [ibis.desc("strength"), "first", "second"]
    told = store.incidents.select("row", *_TOLD)
    # Only those of the page: sorting all pairs with all that is told of them takes much longer and much more memory.
    found = _suggested(store).order_by(order).limit(limit, offset=offset)
    found = found.join(told.rename("a_{name}"), [("first", "a_row")])
    return found.join(told.rename("b_{name}"), [("second", "b_row")]).order_by(order)


def _suggested(store: Store) -> Table:
    """Return the pairs that are told: their rows `first` and `second`, `strength`, and a column for each sign."""
    compared = store.incidents.select("row", *_COMPARED)
    pairs = (
        find_meetings(store)
        .join(compared.rename("a_{name}"), [("first", "a_row")])
        .join(compared.rename("b_{name}"), [("second", "b_row")])
        .mutate(same_actor=(this.a_actor_no == this.b_actor_no) & (this.a_actor_name != ""))
        .filter(this.same_actor | (this.a_actor_name == "") | (this.b_actor_name == ""))
        .mutate(**_signs())
        .mutate(strength=_strength())
        .filter(this.strength >= LEAST)
    )
    kept = pairs.select("first", "second", "strength", "shared", "same_actor", "same_place", *_WORDS)
    return kept.anti_join(_known(store), ["first", "second"])


def _signs() -> dict[str, Value]:
    """Return what speaks for a pair and what against, each as a column."""
    a_type, b_type, a_target, b_target = this.a_event_type, this.b_event_type, this.a_target, this.b_target
    below = _bound("a", "high") < _bound("b", "low")
    above = _bound("b", "high") < _bound("a", "low")
    killed = (this.a_killed_best == this.b_killed_best) & (this.a_killed_best > 0)
    return {
        "same_place": this.a_place_no == this.b_place_no,
        "exact": this.a_known_to.isin(EXACT),
        "district": this.a_known_to == Precision.DISTRICT,
        "same_day": (this.a_first_day == this.b_last_day) & (this.a_last_day == this.b_first_day),
        "length": ibis.greatest(this.a_last_day - this.a_first_day, this.b_last_day - this.b_first_day),
        "same_type": (a_type == b_type) & (a_type != ""),
        "other_type": (a_type != b_type) & (a_type != "") & (b_type != ""),
        "same_target": (a_target == b_target) & (a_target != ""),
        "other_target": (a_target != b_target) & (a_target != "") & (b_target != ""),
        "same_killed": killed.fill_null(False),  # noqa: FBT003
        "other_killed": below.fill_null(False) | above.fill_null(False),  # noqa: FBT003
    }


def _bound(side: str, bound: str) -> Value:
    """Return the lowest or highest number of killed that one of the two tells, null where it tells none."""
    order = ("low", "best", "high") if bound == "low" else ("high", "best", "low")
    return ibis.coalesce(*(this[f"{side}_killed_{name}"] for name in order))


def _strength() -> Value:
    return reduce(add, (sign.cast("int32") * weight for sign, weight in _weights()))


def _weights() -> list[tuple[Value, int]]:
    return [
        (this.same_actor, 3),
        (this.shared > 0, 3),
        (this.exact, 1),
        (this.exact & this.same_place, 1),
        (this.district, 1),
        (this.same_day, 3),
        (~this.same_day & (this.length < _WEEK), 2),
        (this.length >= _WEEK, 1),
        (this.same_type, 2),
        (this.other_type, -2),
        (this.same_target, 1),
        (this.same_killed, 1),
        (this.other_killed, -3),
    ]


def _known(store: Store) -> Table:
    """Return the pairs of which more is known: linked, parts of one whole, or decided about by the reader."""
    links = store.table("links")
    other = links.view()
    siblings = links.join(
        other, [links.target == other.target, links.relation == "part_of", other.relation == "part_of"]
    ).select(first=links.row, second=other.row)
    direct = links.select(first="row", second="target").union(siblings).union(_decided(store))
    return direct.select(first=ibis.least(this.first, this.second), second=ibis.greatest(this.first, this.second))


def _decided(store: Store) -> Table:
    decided = store.table("decisions").filter(this.what == Subject.DUPLICATE)
    ids = this.target.split("; ")
    rows = store.incidents.select("row", "incident_id")
    return (
        decided.select(one=ids[0], other=ids[1])
        .join(rows.rename(first="row"), [("one", "incident_id")])
        .drop("incident_id")
        .join(rows.rename(second="row"), [("other", "incident_id")])
        .select("first", "second")
    )


def _to_pair(row: dict[str, Any]) -> Pair:
    return Pair(
        first=row["a_incident_id"],
        second=row["b_incident_id"],
        strength=row["strength"],
        reasons=tuple(_reasons(row)),
    )


def _reasons(row: dict[str, Any]) -> Iterator[str]:
    name = row["a_place_name"] or row["a_place"]
    yield f"at {name}" if row["same_place"] else f"at {name} and {row['b_place_name'] or row['b_place']}, close by"
    days = [
        describe_interval(*(row[f"{side}_date_{part}"] for part in ("earliest", "latest", "precision")))
        for side in "ab"
    ]
    yield f"on {days[0]}" if days[0] == days[1] else f"on {days[0]} and on {days[1]}"
    if row["same_actor"]:
        yield f"by {row['a_actor_name']}"
    if row["shared"]:
        yield "from the same source"
    yield from (words for sign, words in _WORDS.items() if row[sign])
