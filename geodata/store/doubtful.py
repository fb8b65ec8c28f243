"""Which names are in doubt: no place or actor was found for them, or none as safely as by its name."""

from dataclasses import dataclass
from typing import Any

import ibis

from geodata.actors.actors import ActorMatch, ActorRefusal, Actors, explain_refusal
from geodata.gazetteer.match import Match, match_place
from geodata.gazetteer.places import Gazetteer
from geodata.review.decisions import Decision, Subject, Verdict
from geodata.store.engine import Store, Table, Value, this

PAGE = 50
SAFE = ("name", "alias", "spelling", "point", "decision")
"""The values of `found_by` that leave no doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a name might mean: an id, its name and how similar the names are, up to 100."""

    id: str
    name: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulName:
    """A name that the reader is asked about.

    Attributes
    ----------
    name, country, admin1
        As the rows write them; where they differ in case and spaces only, as one of them does.
    rows
        How many rows write it so.
    reason
        What is in doubt, in words.
    placed
        The id of the place that the rows are at all the same, or blank.
    suggestions
        Likeliest first.
    """

    what: Subject
    name: str
    country: str = ""
    admin1: str = ""
    rows: int
    reason: str
    placed: str = ""
    suggestions: tuple[Suggestion, ...]

    def decide(self, verdict: Verdict, **more: Any) -> Decision:  # noqa: ANN401, the other fields of a decision
        """Return the reader's decision about it, with the other fields of `Decision` that it needs."""
        return Decision(
            what=self.what, name=self.name, country=self.country, admin1=self.admin1, decision=verdict, **more
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """How many names are in doubt, and how many rows write them."""

    names: int
    rows: int


def find_doubtful_places(
    store: Store, gazetteer: Gazetteer, *, limit: int | None = PAGE, offset: int = 0
) -> list[DoubtfulName]:
    """Return the names without a place, or with one that is not certain, the most frequent first.

    Rows with points of their own need no name, and names that the reader has decided about are not asked again.
    """
    return [_doubtful_place(row, gazetteer) for row in _page(store, _places(store), limit, offset)]


def find_doubtful_actors(
    store: Store, actors: Actors, *, limit: int | None = PAGE, offset: int = 0
) -> list[DoubtfulName]:
    """Return the names of actors that are not known, the most frequent first."""
    return [_doubtful_actor(row, actors) for row in _page(store, _actors(store), limit, offset)]


def count_doubtful_places(store: Store) -> Doubts:
    """Count what `find_doubtful_places` tells in all."""
    return _count(store, _places(store))


def count_doubtful_actors(store: Store) -> Doubts:
    """Count what `find_doubtful_actors` tells in all."""
    return _count(store, _actors(store))


def _places(store: Store) -> Table:
    named = ["place", "given_country", "given_admin1"]
    doubtful = store.incidents.filter(this.place.strip() != "", this.given_lon.isnull(), this.found_by.notin(SAFE))
    return doubtful.group_by(**{f"{column}_key": _fold(this[column]) for column in named}).aggregate(
        name=this.place.min(),
        country=this.given_country.min(),
        admin1=this.given_admin1.min(),
        rows=this.count(),
        reason=this.reason.min(),
        placed=this.place_id.min(),
    )


def _actors(store: Store) -> Table:
    unknown = [
        store.incidents.filter(this[f"{column}_id"] == "", this[column].strip() != "").select(name=column)
        for column in ("actor", "presumed_actor")
    ]
    decided = store.table("decisions").filter(this.what == Subject.ACTOR).select(key=_fold(this.name))
    names = unknown[0].union(unknown[1]).mutate(key=_fold(this.name)).anti_join(decided, "key")
    return names.group_by("key").aggregate(name=this.name.min(), rows=this.count())


def _fold(name: Value) -> Value:
    """Return a name without regard to case and spaces, as `fold_name` does for nearly all."""
    return name.re_replace(r"\s+", " ").strip().lower()


def _page(store: Store, names: Table, limit: int | None, offset: int) -> list[dict[str, Any]]:
    ordered = names.order_by(ibis.desc("rows"), *(column for column in names.columns if column != "rows"))
    return store.ask(ordered.limit(limit, offset=offset)).to_pylist()


def _count(store: Store, names: Table) -> Doubts:
    told = store.ask_one(names.aggregate(names=this.count(), rows=this.rows.sum()))
    return Doubts(names=int(told["names"]), rows=int(told["rows"] or 0))


def _doubtful_place(row: dict[str, Any], gazetteer: Gazetteer) -> DoubtfulName:
    found = match_place(row["name"], gazetteer, country=row["country"], admin1=row["admin1"])
    if isinstance(found, Match):
        suggestions = (Suggestion(id=found.place.place_id, name=found.place.name, score=found.score),)
    else:
        suggestions = tuple(Suggestion(id=c.place_id, name=c.name, score=c.score) for c in found.candidates)
    told = {name: row[name] for name in ("name", "country", "admin1", "rows", "placed")}
    placed = gazetteer.get(row["placed"])
    reason = row["reason"] or f"placed at {placed.name if placed else row['placed']}, though not by its name"
    return DoubtfulName(what=Subject.PLACE, reason=reason, suggestions=suggestions, **told)


def _doubtful_actor(row: dict[str, Any], actors: Actors) -> DoubtfulName:
    found = actors.match(row["name"])
    refusal = ActorRefusal(reason="unknown") if isinstance(found, ActorMatch) else found
    suggestions = tuple(Suggestion(id=c.actor_id, name=c.name, score=c.score) for c in refusal.candidates)
    return DoubtfulName(
        what=Subject.ACTOR,
        name=row["name"],
        rows=row["rows"],
        reason=explain_refusal(refusal),
        suggestions=suggestions,
    )
