"""The vocabularies of the Global Terrorism Database in our words."""

from collections.abc import Mapping

from geodata.incidents.schema import EventType, Weapon

# By the texts: a public dictionary lists the numbers in a wrong order.
ATTACKS: Mapping[str, str] = {
    "assassination": EventType.TARGETED_KILLING,
    "armed assault": EventType.ARMED_ATTACK,
    "bombing/explosion": EventType.BOMBING,
    "hijacking": EventType.HIJACKING,
    "hostage taking (barricade incident)": EventType.ABDUCTION,
    "hostage taking (kidnapping)": EventType.ABDUCTION,
    "facility/infrastructure attack": EventType.DESTRUCTION,
    "unarmed assault": EventType.ASSAULT,
    "unknown": "",
}
ATTACK_NUMBERS: Mapping[str, str] = {str(number): word for number, word in enumerate(ATTACKS.values(), start=1)}
WEAPONS: Mapping[str, str] = {
    "biological": "",
    "chemical": "",
    "radiological": "",
    "nuclear": "",
    "firearms": Weapon.SMALL_ARMS,
    "explosives": Weapon.EXPLOSIVE,
    "explosives/bombs/dynamite": Weapon.EXPLOSIVE,
    "fake weapons": "",
    "incendiary": "",
    "melee": "",
    "vehicle": "",
    "vehicle (not to include vehicle-borne explosives, i.e., car or truck bombs)": "",
    "sabotage equipment": "",
    "other": "",
    "unknown": "",
}
WEAPON_NUMBERS: Mapping[str, str] = {"5": Weapon.SMALL_ARMS, "6": Weapon.EXPLOSIVE}
