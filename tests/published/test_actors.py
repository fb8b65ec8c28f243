"""The shipped actors, one by one."""

import re

import pytest

from geodata.actors.actors import Actor, ActorMatch, read_actors

ACTORS = read_actors()

each_actor = pytest.mark.parametrize("actor", ACTORS.by_id.values(), ids=list(ACTORS.by_id))


@each_actor
def test_an_actor_is_found_by_its_name_and_all_its_aliases(actor: Actor):
    for name in (actor.name, *(alias.alias for alias in actor.aliases)):
        found = ACTORS.match(name)
        assert isinstance(found, ActorMatch)
        assert found.actor is actor


@each_actor
def test_an_actor_has_a_readable_id_and_is_no_part_of_itself(actor: Actor):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", actor.actor_id)
    assert actor.parent not in ACTORS.members(actor.actor_id)


def test_the_umbrella_of_the_claims_has_members():
    assert len(ACTORS.members("islamic-resistance-in-iraq")) > 1
