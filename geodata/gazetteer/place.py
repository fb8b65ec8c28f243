"""A place, and what it may be."""

from dataclasses import dataclass
from enum import StrEnum

from geodata.incidents.schema import Precision


class PlaceKind(StrEnum):
    """What a place is."""

    BASE = "base"
    AIRFIELD = "airfield"
    AIRPORT = "airport"
    OIL_FIELD = "oil_field"
    GAS_FIELD = "gas_field"
    CROSSING = "crossing"
    EMBASSY = "embassy"
    SITE = "site"
    NEIGHBOURHOOD = "neighbourhood"
    PORT = "port"
    TOWN = "town"
    CITY = "city"
    DISTRICT = "district"
    PROVINCE = "province"
    REGION = "region"
    DESERT = "desert"
    SEA = "sea"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name of something, in a language (BCP 47), and where it was found."""

    alias: str
    language: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of the gazetteer.

    Attributes
    ----------
    lon, lat
        Degrees, WGS84.
    country
        English short name; blank for what lies in several.
    admin1
        The province, stored and not computed.
    uncertainty_m
        Metres around the point within which the place lies.
    source, check, note
        Where the coordinates come from, the second and independent look-up, and what else to know.
    """

    place_id: str
    name: str
    lon: float
    lat: float
    kind: str
    country: str
    admin1: str
    precision: Precision
    uncertainty_m: int
    source: str
    check: str
    note: str
    aliases: tuple[Alias, ...] = ()
