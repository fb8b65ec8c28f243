"""A reader's decisions: what a name means, and which incidents are the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

from geodata.incidents.schema import Precision
from geodata.tables.cells import split_list

Key: TypeAlias = tuple[str, ...]


class Subject(StrEnum):
    """What is decided about."""

    PLACE = "place"
    ACTOR = "actor"
    DUPLICATE = "duplicate"


class Verdict(StrEnum):
    """How it is decided."""

    ACCEPT = "accept"
    POINT = "point"
    LEAVE = "leave"
    SAME = "same"
    DISTINCT = "distinct"


VERDICTS: Mapping[Subject, tuple[Verdict, ...]] = MappingProxyType(
    {
        Subject.PLACE: (Verdict.ACCEPT, Verdict.POINT, Verdict.LEAVE),
        Subject.ACTOR: (Verdict.ACCEPT, Verdict.LEAVE),
        Subject.DUPLICATE: (Verdict.SAME, Verdict.DISTINCT),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One thing that a reader has decided.

    Attributes
    ----------
    name, country, admin1
        As the rows write them in `place`, `given_country` and `given_admin1`, blank where these are; case and spaces
        make no difference. An actor has its name only, two duplicates have none of them.
    decision
        ``accept``: the name means `target`. ``point``: it means the place at `lon`, `lat`, known to `precision`.
        ``leave``: it has been looked at, and means nothing that is known. ``same``, ``distinct``: the two incidents
        of `target` may be one event, or are not.
    target
        A place_id, an actor_id, or two incident ids joined by "; ".
    uncertainty_m
        Metres around the point; None for what is usual at that precision.
    line
        Where it stands in its file, 0 if in none.
    """

    what: Subject
    name: str = ""
    country: str = ""
    admin1: str = ""
    decision: Verdict
    target: str = ""
    lon: float | None = None
    lat: float | None = None
    precision: str = ""
    uncertainty_m: int | None = None
    note: str = ""
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        """Return what it is about; of two decisions about the same, one is wrong."""
        if self.what == Subject.DUPLICATE:
            return (self.what, *sorted(self.incident_ids))
        return (self.what, *map(fold_name, (self.name, self.country, self.admin1)))

    @property
    def incident_ids(self) -> tuple[str, ...]:
        """Return the ids of the incidents that may be the same."""
        return tuple(split_list(self.target)) if self.what == Subject.DUPLICATE else ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Decisions:
    """All that a reader has decided; the default decides nothing.

    Attributes
    ----------
    by_key
        Each decision by its `Decision.key`.
    """

    by_key: Mapping[Key, Decision] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Decision]:
        """Yield the decisions in an order that is always the same."""
        return iter(self._sorted)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.by_key)

    def __eq__(self, other: object) -> bool:
        """Return whether the same is decided."""
        return isinstance(other, Decisions) and self.by_key == other.by_key

    def __hash__(self) -> int:
        """Return the same for the same decisions."""
        return hash(self._sorted)

    def on_place(self, name: str, country: str, admin1: str) -> Decision | None:
        """Return what is decided about a place as rows write it."""
        return self.by_key.get((Subject.PLACE, *map(fold_name, (name, country, admin1)))) if self.by_key else None

    def on_actor(self, name: str) -> Decision | None:
        """Return what is decided about an actor as rows write it."""
        return self.by_key.get((Subject.ACTOR, fold_name(name), "", "")) if self.by_key else None

    def deciding(self, *decided: Decision) -> "Decisions":
        """Return these decisions with more, each in place of what was decided about the same before."""
        return Decisions(by_key={**self.by_key, **{decision.key: decision for decision in decided}})

    def without(self, *taken_back: Decision) -> "Decisions":
        """Return these decisions without those about the same as the ones given."""
        gone = {decision.key for decision in taken_back}
        return Decisions(by_key={key: decision for key, decision in self.by_key.items() if key not in gone})

    @cached_property
    def _sorted(self) -> tuple[Decision, ...]:
        return tuple(self.by_key[key] for key in sorted(self.by_key))


NOTHING_DECIDED = Decisions()


def fold_name(name: str) -> str:
    """Return a name without regard to case and spaces."""
    return " ".join(name.split()).casefold()


def find_faults(decision: Decision) -> Iterator[tuple[str, str]]:
    """Yield the column and the reason of each thing that makes a decision mean nothing, or two things."""
    allowed = VERDICTS[decision.what]
    if decision.decision not in allowed:
        yield "decision", f"must be one of {', '.join(allowed)} where what is '{decision.what}'"
        return
    if decision.what == Subject.DUPLICATE:
        if len(set(decision.incident_ids)) != len(decision.incident_ids) or len(decision.incident_ids) != len("ab"):
            yield "target", "must be the ids of two incidents, joined by '; '"
    elif not decision.name.strip():
        yield "name", "must not be blank: it says which rows are meant"
    if decision.what != Subject.PLACE:
        told = [column for column in ("country", "admin1") if getattr(decision, column).strip()]
        yield from ((column, "is only for a place: remove it") for column in told)
    if decision.decision == Verdict.ACCEPT and len(split_list(decision.target)) != 1:
        yield "target", f"must be one {decision.what}_id"
    yield from _point_faults(decision)


def _point_faults(decision: Decision) -> Iterator[tuple[str, str]]:
    if decision.decision != Verdict.POINT:
        told = [c for c in ("lon", "lat", "precision", "uncertainty_m") if getattr(decision, c) not in (None, "")]
        yield from ((column, "is only for a point: remove it, or decide 'point'") for column in told)
        return
    for column, most in (("lon", 180), ("lat", 90)):
        degrees = getattr(decision, column)
        if degrees is None or not -most <= degrees <= most:
            yield column, f"must be degrees between -{most} and {most}"
    if decision.precision not in set(Precision):
        yield "precision", f"must be one of {', '.join(Precision)}: how finely the point is known"
    if decision.uncertainty_m is not None and decision.uncertainty_m <= 0:
        yield "uncertainty_m", "must be more than 0 metres, or blank"
