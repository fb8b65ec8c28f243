"""The actors that are known, with their names, parents and sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Literal

import pandas as pd

from geodata.errors import Problem, by_line
from geodata.gazetteer.index import How, Named, NameIndex
from geodata.incidents.schema import Side
from geodata.review.decisions import NOTHING_DECIDED, Decisions, Verdict
from geodata.tables.column import Column
from geodata.tables.table import read_whole, refuse_problems, to_records

DATA = Path(__file__).parent / "data"
MOST_CANDIDATES = 3
_COLUMNS = ("actor", "presumed_actor")
_CERTAIN = 100.0


class ActorKind(StrEnum):
    """What an actor is."""

    STATE_FORCE = "state_force"
    GOVERNMENT = "government"
    ARMED_GROUP = "armed_group"
    UMBRELLA = "umbrella"
    POLITICAL_BODY = "political_body"
    INTERNATIONAL = "international"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorAlias:
    """Another name of an actor, in a language (BCP 47), and where it was found."""

    alias: str
    language: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A named group or force; `parent` is the id of the umbrella or force that it belongs to, or blank."""

    actor_id: str
    name: str
    kind: str
    parent: str
    side: Side
    country: str
    source: str
    note: str
    aliases: tuple[ActorAlias, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMatch:
    """The actor that a name means, and by what it was found."""

    actor: Actor
    how: How | Literal["decision"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorCandidate:
    """An actor that a name might mean; the score, up to 100, says how similar the names are."""

    actor_id: str
    name: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRefusal:
    """A name that does not mean exactly one actor, with those that it might mean, likeliest first.

    The reader has decided to leave it so when the reason is ``left``.
    """

    reason: Literal["unknown", "ambiguous", "blank", "left"]
    candidates: tuple[ActorCandidate, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Actors:
    """All actors by their ids."""

    by_id: Mapping[str, Actor]

    @cached_property
    def index(self) -> NameIndex:
        """Return the actors by their names."""
        return NameIndex(
            Named(id=actor.actor_id, name=actor.name, aliases=tuple(alias.alias for alias in actor.aliases))
            for actor in self.by_id.values()
        )

    def match(self, name: str) -> ActorMatch | ActorRefusal:
        """Return the actor that bears the name, if it is exactly one; as `match_place` does for places."""
        if not name.strip():
            return ActorRefusal(reason="blank")
        for how, ids in self.index.find(name):
            if len(ids) == 1:
                return ActorMatch(actor=self.by_id[ids[0]], how=how)
            return ActorRefusal(reason="ambiguous", candidates=tuple(self._candidate(i, _CERTAIN) for i in ids))
        similar = self.index.find_similar(name)[:MOST_CANDIDATES]
        return ActorRefusal(reason="unknown", candidates=tuple(self._candidate(i, score) for i, score in similar))

    def members(self, actor_id: str) -> frozenset[str]:
        """Return the ids of the actor and of all that belong to it, directly or by way of others."""
        found = {actor_id}
        while more := {actor.actor_id for actor in self.by_id.values() if actor.parent in found} - found:
            found |= more
        return frozenset(found)

    def _candidate(self, actor_id: str, score: float) -> ActorCandidate:
        return ActorCandidate(actor_id=actor_id, name=self.by_id[actor_id].name, score=score)


ACTOR_COLUMNS = (
    Column(
        name="actor_id",
        kind="id",
        required=True,
        filled=True,
        meaning="Names the actor for ever; lower case with hyphens.",
    ),
    Column(name="name", kind="text", required=True, filled=True, meaning="Its usual English name."),
    Column(name="kind", kind="enum", required=True, filled=True, words=tuple(ActorKind), meaning="What it is."),
    Column(name="parent", kind="id", required=True, meaning="The actor that it belongs to, or blank."),
    Column(
        name="side",
        kind="enum",
        required=True,
        filled=True,
        words=tuple(Side),
        meaning="The side that it is counted under.",
    ),
    Column(name="country", kind="text", required=True, meaning="English short name."),
    Column(name="source", kind="text", required=True, filled=True, meaning="Where this is told."),
    Column(name="note", kind="text", required=True, meaning="What else to know."),
)

ALIAS_COLUMNS = (
    Column(name="actor_id", kind="id", required=True, filled=True, meaning="The actor."),
    Column(name="alias", kind="text", required=True, filled=True, meaning="Another name of it."),
    Column(name="language", kind="text", required=True, filled=True, meaning="Language of the name, BCP 47."),
    Column(name="source", kind="text", required=True, filled=True, meaning="Where the name was found."),
)


def read_actors(folder: Path = DATA) -> Actors:
    """Return the actors of `actors.csv` and `aliases.csv`.

    Raises
    ------
    InvalidTableError
        With all problems of the first of the two files that has any.
    OSError
        If a file cannot be opened.
    """
    rows = read_whole(folder / "actors.csv", ACTOR_COLUMNS)
    refuse_problems("actors.csv", _actor_problems(rows))
    aliases = read_whole(folder / "aliases.csv", ALIAS_COLUMNS)
    refuse_problems("aliases.csv", _unknown_ids(aliases, "actor_id", set(rows["actor_id"])))
    names: dict[str, list[ActorAlias]] = {}
    for row in to_records(aliases):
        names.setdefault(row.pop("actor_id"), []).append(ActorAlias(**row))
    by_id: dict[str, Actor] = {}
    for row in to_records(rows):
        row["side"] = Side(row["side"])
        by_id[row["actor_id"]] = Actor(**row, aliases=tuple(names.get(row["actor_id"], ())))
    return Actors(by_id=by_id)


def _actor_problems(rows: pd.DataFrame) -> list[Problem]:
    repeated = rows[rows["actor_id"].duplicated()]
    return [
        *(
            Problem(
                line=int(line), column="actor_id", value=actor_id, reason="another actor has this id: give each its own"
            )
            for line, actor_id in zip(repeated["line"], repeated["actor_id"], strict=True)
        ),
        *_unknown_ids(rows[rows["parent"] != ""], "parent", set(rows["actor_id"])),
    ]


def _unknown_ids(rows: pd.DataFrame, column: str, known: set[str]) -> list[Problem]:
    unknown = rows[~rows[column].isin(known)]
    return [
        Problem(line=int(line), column=column, value=value, reason="no actor has this id: correct it, or add the actor")
        for line, value in zip(unknown["line"], unknown[column], strict=True)
    ]


def join_actors(
    incidents: pd.DataFrame, actors: Actors, decisions: Decisions = NOTHING_DECIDED
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """Return all incidents with the actors that they name, and a problem for each name that is not exactly one actor's.

    An incident whose actor is not told, or not known, is of the side ``unknown``; the actor keeps the name as written.
    What the reader has decided about a name holds, and is no problem any more.
    """
    joined, reasons = name_actors(incidents, actors, decisions)
    return joined, by_line(
        Problem(line=int(line), column=column, value=name, reason=reasons[name])
        for column in _COLUMNS
        for line, name in incidents.loc[incidents[column].isin(list(reasons)), ["line", column]].itertuples(index=False)
    )


def name_actors(
    incidents: pd.DataFrame, actors: Actors, decisions: Decisions = NOTHING_DECIDED
) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """Return the same incidents, and for each name that is not exactly one actor's the reason."""
    found = {
        name: _as_decided(name, actors, decisions) or actors.match(name)
        for column in _COLUMNS
        for name in incidents[column].unique()
    }
    known = {name: match.actor for name, match in found.items() if isinstance(match, ActorMatch)}
    ids = {name: known[name].actor_id if name in known else "" for name in found}
    names = {name: known[name].name if name in known else name for name in found}
    sides = {name: known[name].side if name in known else Side.UNKNOWN for name in found}
    joined = incidents.copy(deep=False)
    joined["actor_id"], joined["actor_name"], joined["side"] = (
        _answer(incidents["actor"], answers) for answers in (ids, names, sides)
    )
    joined["presumed_actor_id"], joined["presumed_actor_name"] = (
        _answer(incidents["presumed_actor"], answers) for answers in (ids, names)
    )
    return joined, {
        name: explain_refusal(refusal)
        for name, refusal in found.items()
        if isinstance(refusal, ActorRefusal) and refusal.reason not in ("blank", "left")
    }


def _answer(names: pd.Series, answers: Mapping[str, str]) -> pd.Series:
    numbers, distinct = pd.factorize(names)
    return pd.Series([answers[name] for name in distinct], dtype="str").take(numbers).set_axis(names.index)


def _as_decided(name: str, actors: Actors, decisions: Decisions) -> ActorMatch | ActorRefusal | None:
    decision = decisions.on_actor(name)
    if decision is None:
        return None
    if decision.decision == Verdict.LEAVE:
        return ActorRefusal(reason="left")
    actor = actors.by_id.get(decision.target)
    return ActorMatch(actor=actor, how="decision") if actor else None


def explain_refusal(refusal: ActorRefusal) -> str:
    """Return why a name is not exactly one actor's, and the repair."""
    ids = ", ".join(candidate.actor_id for candidate in refusal.candidates)
    if refusal.reason == "ambiguous":
        return f"may be any of {ids}: write which"
    return "is no known actor: correct the name, or add the actor" + (f" (perhaps {ids})" if ids else "")
