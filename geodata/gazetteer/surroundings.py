"""Whether a place lies where a name says that it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely import Point

from geodata.gazetteer.measure import distance_m
from geodata.gazetteer.names import name_key
from geodata.gazetteer.reading import OWNER, read_phrase
from geodata.gazetteer.words import COMPASS, DEMONYMS
from geodata.incidents.schema import Precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer.place import Place
    from geodata.gazetteer.places import Gazetteer

# "In" or "near" a town is said of what lies so far from it.
NEAR_TOWN_M = 80_000
ACROSS_BORDER_M = 15_000
_AT_BORDER = 0.15
_AREAS = (Precision.DISTRICT, Precision.PROVINCE, Precision.REGION, Precision.COUNTRY)


def find_around(text: str, gazetteer: Gazetteer) -> Sequence[Place]:
    """Return the places that the part of a name after "in", "near" or a comma may mean; none if it is not known."""
    for words in dict.fromkeys((text, OWNER.split(text)[-1], _without_compass(text))):
        for _, ids in gazetteer.index.find(words):
            return [gazetteer.places[place_id] for place_id in ids]
        phrase, likeness = read_phrase(words), gazetteer.likeness
        for find in (likeness.by_sound, likeness.by_consonants, likeness.by_typo):
            if entries := find(phrase)[1]:
                return list({entry.place.place_id: entry.place for entry in entries}.values())
        if towns := gazetteer.towns.find(words):
            return towns
    country = DEMONYMS.get(name_key(text), "")
    return [place for place in gazetteer.places.values() if place.kind == "country" and place.name == country]


def lies_in(place: Place, around: Sequence[Place], gazetteer: Gazetteer) -> bool:
    """Return whether a place lies in or by any of some places."""
    return any(_lies_by(place, other, gazetteer) for other in around)


def _lies_by(place: Place, other: Place, gazetteer: Gazetteer) -> bool:
    if place.place_id == other.place_id or other.kind == "country":
        return other.kind != "country" or place.country in ("", other.country) or _borders(place, other, gazetteer)
    abroad = bool(place.country and other.country and place.country != other.country)
    if abroad and other.precision in _AREAS:
        return False
    if other.kind == "province" and place.admin1:
        return place.admin1 == other.admin1
    area = gazetteer.areas.get(other.place_id)
    inside = area is not None and area.covers(Point(place.lon, place.lat))
    if inside or (other.kind == "city" and place.admin1 and place.admin1 == other.admin1):
        return True
    reach = max(other.uncertainty_m, 0 if other.precision in _AREAS else ACROSS_BORDER_M if abroad else NEAR_TOWN_M)
    return distance_m(place.lon, place.lat, other.lon, other.lat) <= reach


def _borders(place: Place, country: Place, gazetteer: Gazetteer) -> bool:
    """Return whether a crossing leads to a country: Trebil crossing with Jordan."""
    area = gazetteer.areas.get(country.place_id)
    return place.kind == "crossing" and area is not None and area.distance(Point(place.lon, place.lat)) <= _AT_BORDER


def _without_compass(text: str) -> str:
    return " ".join(word for word in name_key(text).split() if word not in COMPASS)
