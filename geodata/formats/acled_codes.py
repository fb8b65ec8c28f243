"""The vocabularies of ACLED in our words; old and new spellings."""

from collections.abc import Mapping
from typing import NamedTuple

from geodata.incidents.schema import Category, EventType, Weapon


class Event(NamedTuple):
    """What an event of theirs is in our words; blank where they tell less."""

    category: str
    event_type: str = ""
    weapon: str = ""


_BATTLE = Event(Category.KINETIC, EventType.BATTLE)
_TERRITORY = Event(Category.KINETIC, EventType.TERRITORY_CHANGE)
_PROTEST = Event(Category.POLITICAL, EventType.PROTEST)
_RIOT = Event(Category.KINETIC, EventType.RIOT)
_POLITICAL = Event(Category.POLITICAL)
_KINETIC = Event(Category.KINETIC)

SUB_EVENTS: Mapping[str, Event] = {
    "armed clash": _BATTLE,
    "government regains territory": _TERRITORY,
    "non-state actor overtakes territory": _TERRITORY,
    "chemical weapon": Event(Category.KINETIC, EventType.CHEMICAL_ATTACK),
    "air/drone strike": Event(Category.KINETIC, EventType.AIR_STRIKE),
    "suicide bomb": Event(Category.KINETIC, EventType.BOMBING, Weapon.EXPLOSIVE),
    "shelling/artillery/missile attack": Event(Category.KINETIC, EventType.SHELLING),
    "remote explosive/landmine/ied": Event(Category.KINETIC, EventType.EXPLOSION, Weapon.EXPLOSIVE),
    "grenade": Event(Category.KINETIC, EventType.EXPLOSION, Weapon.EXPLOSIVE),
    "sexual violence": Event(Category.KINETIC, EventType.SEXUAL_VIOLENCE),
    "attack": Event(Category.KINETIC, EventType.ARMED_ATTACK),
    "abduction/forced disappearance": Event(Category.KINETIC, EventType.ABDUCTION),
    "peaceful protest": _PROTEST,
    "protest with intervention": _PROTEST,
    "excessive force against protesters": Event(Category.KINETIC, EventType.CRACKDOWN),
    "violent demonstration": _RIOT,
    "mob violence": _RIOT,
    "agreement": Event(Category.POLITICAL, EventType.AGREEMENT),
    "arrests": Event(Category.POLITICAL, EventType.ARREST),
    "change to group/activity": _POLITICAL,
    "disrupted weapons use": Event(Category.KINETIC, EventType.INTERCEPTION),
    "headquarters or base established": Event(Category.DEPLOYMENT, EventType.DEPLOYMENT),
    "looting/property destruction": Event(Category.KINETIC, EventType.DESTRUCTION),
    "non-violent transfer of territory": Event(Category.DEPLOYMENT, EventType.TERRITORY_TRANSFER),
    "other": _POLITICAL,
}
EVENTS: Mapping[str, Event] = {
    "battles": _BATTLE,
    "explosions/remote violence": _KINETIC,
    "violence against civilians": _KINETIC,
    "protests": _PROTEST,
    "riots": _RIOT,
    "strategic developments": _POLITICAL,
    # before 2019
    "battle-no change of territory": _BATTLE,
    "battle-government regains territory": _TERRITORY,
    "battle-non-state actor overtakes territory": _TERRITORY,
    "remote violence": _KINETIC,
    "riots/protests": Event(Category.POLITICAL),
    "strategic development": _POLITICAL,
    "headquarters or base established": Event(Category.DEPLOYMENT, EventType.DEPLOYMENT),
    "non-violent transfer of territory": Event(Category.DEPLOYMENT, EventType.TERRITORY_TRANSFER),
}
DISORDERS: Mapping[str, Event] = {
    "political violence": _KINETIC,
    "demonstrations": _POLITICAL,
    "demostrations": _POLITICAL,
    "strategic developments": _POLITICAL,
    "political violence; demonstrations": _KINETIC,
    "political violence; demostrations": _KINETIC,
}
_INTER_NAMES = (
    "state forces",
    "rebel groups",
    "rebel group",
    "rebel forces",
    "political militias",
    "political militia",
    "identity militias",
    "identity militia",
    "communal militias",
    "rioters",
    "protesters",
    "civilians",
    "external/other forces",
    "external forces",
    "other forces",
)
INTERS: Mapping[str, str] = dict.fromkeys((*"012345678", *_INTER_NAMES), "")
