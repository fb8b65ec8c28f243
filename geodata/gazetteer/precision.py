"""How finely a place is known, in words and in metres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.incidents.schema import Location, Precision

if TYPE_CHECKING:
    from geodata.gazetteer.places import Place

# Metres within which an incident happened that is known no better than to this class.
RADIUS_M = {
    Precision.SITE: 1_000,
    Precision.TOWN: 5_000,
    Precision.DISTRICT: 25_000,
    Precision.PROVINCE: 100_000,
    Precision.REGION: 200_000,
    Precision.COUNTRY: 400_000,
}
EXACT = (Precision.SITE, Precision.TOWN)
_ORDER = list(Precision)


def coarser(precision: str, other: Precision) -> Precision:
    """Return the less fine of two precisions, the other one if the first is blank."""
    return max(Precision(precision or other), other, key=_ORDER.index)


def location_of(known_to: Precision) -> Location:
    """Return whether what is known so finely is exact or approximate."""
    return Location.EXACT if known_to in EXACT else Location.APPROXIMATE


def uncertainty_m(place: Place, known_to: Precision) -> int:
    """Return the metres around a place within which an incident happened that is known so finely.

    A point is never better than its class. A province, region or country knows its own extent better than that.
    """
    is_area = known_to == place.precision and known_to not in (*EXACT, Precision.DISTRICT)
    return place.uncertainty_m if is_area else max(place.uncertainty_m, RADIUS_M[known_to])
