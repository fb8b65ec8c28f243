"""The columns of a table of incidents, and the words that they may hold."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from geodata.tables.column import Column


class Category(StrEnum):
    """What sort of event a row is; the map opens on the kinetic ones."""

    KINETIC = "kinetic"
    DEPLOYMENT = "deployment"
    POLITICAL = "political"
    THREAT = "threat"


class EventType(StrEnum):
    """What happened."""

    AIR_STRIKE = "air_strike"
    DRONE_ATTACK = "drone_attack"
    MISSILE_ATTACK = "missile_attack"
    ROCKET_ATTACK = "rocket_attack"
    MISSILE_AND_DRONE_ATTACK = "missile_and_drone_attack"
    SHELLING = "shelling"
    BOMBING = "bombing"
    EXPLOSION = "explosion"
    TARGETED_KILLING = "targeted_killing"
    ARMED_ATTACK = "armed_attack"
    STORMING = "storming"
    CONVOY_ATTACK = "convoy_attack"
    BATTLE = "battle"
    CHEMICAL_ATTACK = "chemical_attack"
    SEXUAL_VIOLENCE = "sexual_violence"
    ABDUCTION = "abduction"
    HIJACKING = "hijacking"
    ASSAULT = "assault"
    DESTRUCTION = "destruction"
    RIOT = "riot"
    CRACKDOWN = "crackdown"
    TERRITORY_CHANGE = "territory_change"
    INTERCEPTION = "interception"
    SURVEILLANCE = "surveillance"
    ARRIVAL = "arrival"
    DEPLOYMENT = "deployment"
    WITHDRAWAL = "withdrawal"
    EVACUATION = "evacuation"
    RELOCATION = "relocation"
    CONSOLIDATION = "consolidation"
    TERRITORY_TRANSFER = "territory_transfer"
    VOTE = "vote"
    VISIT = "visit"
    ANNOUNCEMENT = "announcement"
    MEETING = "meeting"
    PROTEST = "protest"
    AGREEMENT = "agreement"
    ARREST = "arrest"
    CLOSURE = "closure"
    SUSPENSION = "suspension"
    CONDEMNATION = "condemnation"
    APPEAL = "appeal"
    THREAT = "threat"
    WARNING = "warning"
    ORDER = "order"


_TYPES = tuple(EventType)
EVENT_TYPES: Mapping[Category, tuple[EventType, ...]] = MappingProxyType(
    {
        Category.KINETIC: _TYPES[: _TYPES.index(EventType.ARRIVAL)],
        Category.DEPLOYMENT: _TYPES[_TYPES.index(EventType.ARRIVAL) : _TYPES.index(EventType.VOTE)],
        Category.POLITICAL: _TYPES[_TYPES.index(EventType.VOTE) : _TYPES.index(EventType.THREAT)],
        Category.THREAT: _TYPES[_TYPES.index(EventType.THREAT) :],
    }
)


class Weapon(StrEnum):
    """By what means."""

    DRONE = "drone"
    ROCKET = "rocket"
    MISSILE = "missile"
    AIR_DROPPED_MUNITION = "air_dropped_munition"
    EXPLOSIVE = "explosive"
    SMALL_ARMS = "small_arms"
    MIXED = "mixed"


class Attribution(StrEnum):
    """How the actor is known: by its own claim, by somebody's statement, by hearsay, or not."""

    CLAIMED = "claimed"
    ATTRIBUTED = "attributed"
    ALLEGED = "alleged"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How finely a place is known; the members are in order, finest first."""

    SITE = "site"
    TOWN = "town"
    DISTRICT = "district"
    PROVINCE = "province"
    REGION = "region"
    COUNTRY = "country"


class DatePrecision(StrEnum):
    """How finely a date is known."""

    DAY = "day"
    RANGE = "range"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class DateBasis(StrEnum):
    """Where a date comes from."""

    STATED = "stated"
    RECKONED = "reckoned"
    OUTSIDE = "outside"


class Flag(StrEnum):
    """Why a row is to be read with care."""

    CONTRADICTED = "contradicted"
    IMPLAUSIBLE = "implausible"
    AMBIGUOUS = "ambiguous"


class Sensitive(StrEnum):
    """Why a row is passed on only by decision."""

    PERSON = "person"
    PLACE = "place"
    TERMS = "terms"


class Side(StrEnum):
    """The camp that an actor is counted under."""

    IRAN_AND_ALLIES = "iran-and-allies"
    US_LED_COALITION = "us-led-coalition"
    ISRAEL = "israel"
    IRAQ = "iraq"
    ISLAMIC_STATE = "islamic-state"
    OTHER = "other"
    UNKNOWN = "unknown"


class Location(StrEnum):
    """Whether and how a row is on the map."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    UNPLACED = "unplaced"


def _enum(name: str, words: type[StrEnum], meaning: str, **more: bool) -> Column:
    return Column(name=name, kind="enum", words=tuple(words), meaning=meaning, **more)


def _text(name: str, meaning: str) -> Column:
    return Column(name=name, kind="text", meaning=meaning)


def _counts(what: str) -> tuple[Column, ...]:
    return (
        Column(name=f"{what}_low", kind="count", meaning=f"At least so many {what}; blank is unknown, never 0."),
        Column(name=f"{what}_best", kind="count", meaning=f"The number {what} as told; low ≤ best ≤ high."),
        Column(name=f"{what}_high", kind="count", meaning=f"At most so many {what}."),
        _text(f"{what}_said_by", "Who gives the number."),
    )


COLUMNS: tuple[Column, ...] = (
    Column(
        name="incident_id",
        kind="id",
        required=True,
        filled=True,
        meaning="Names the row for ever, `INC-0001` and so on; never used twice.",
    ),
    Column(
        name="date_earliest",
        kind="date",
        required=True,
        meaning="First day on which it may have happened, like 2024-05-31; blank when undated.",
    ),
    Column(
        name="date_latest",
        kind="date",
        required=True,
        meaning="Last day on which it may have happened, included; blank when undated.",
    ),
    _enum(
        "date_precision",
        DatePrecision,
        "How finely the date is known: the two days are equal (day), a whole month or year, or another range.",
    ),
    _enum(
        "date_basis",
        DateBasis,
        "Stated by the document, reckoned from its own date, or narrowed by outside knowledge; blank when undated.",
    ),
    Column(
        name="place",
        kind="text",
        required=True,
        meaning="The place's name as the document spells it.",
    ),
    _enum("place_precision", Precision, "How finely the document knows the place; blank: as finely as the gazetteer."),
    _enum("category", Category, "The sort of event.", required=True, filled=True),
    _enum("event_type", EventType, "What happened, one of the types of its category; blank when not told."),
    _enum("weapon", Weapon, "By what means; blank when not told."),
    _text("actor", "Who did it, as the document spells it; blank when not told."),
    _text("presumed_actor", "Who is presumed to have done it, by somebody else than the actor."),
    _enum(
        "attribution",
        Attribution,
        "Who did it is claimed by the actor, attributed by somebody, only alleged, or unknown (also when blank).",
    ),
    _text("attributed_by", "Who says so."),
    _text("denied_by", "Who denies it."),
    _text("target", "What was attacked, in words."),
    _enum("target_side", Side, "The side of the target; blank when not told."),
    *_counts("killed"),
    *_counts("injured"),
    Column(
        name="part_of", kind="id", meaning="The incident that this one is a part of; the two are not counted twice."
    ),
    Column(name="retaliates_for", kind="ids", meaning="The incidents that this one answers, where a document says so."),
    Column(name="possible_duplicate_of", kind="ids", meaning="Incidents that may be the same event."),
    _text("summary", "One sentence in our own words."),
    Column(name="sources", kind="sources", meaning="Where it is told, `document:line`."),
    _enum("flag", Flag, "Why to read the row with care; blank for none."),
    _text("flag_reason", "The reason of the flag, a sentence."),
    _enum(
        "sensitive",
        Sensitive,
        "Why files hold the row back: it may endanger a person or a place, or its provider's terms forbid to pass it "
        "on; blank for none.",
    ),
)

GIVEN: tuple[Column, ...] = (
    Column(name="given_lon", kind="number", meaning="The row's own longitude in degrees, WGS84; used as it is."),
    Column(name="given_lat", kind="number", meaning="The row's own latitude in degrees, WGS84; used as it is."),
    _text("given_country", "The country that the row names; tells places of one name apart."),
    _text("given_admin1", "The province that the row names; tells places of one name apart."),
)

DERIVED: tuple[Column, ...] = (
    _text("place_id", "The gazetteer's place; blank when the row is placed by its own point, or unplaced."),
    _text("place_name", "That place's name."),
    _text("place_kind", "That place's kind."),
    Column(name="lon", kind="number", meaning="Longitude in degrees, WGS84; blank when unplaced."),
    Column(name="lat", kind="number", meaning="Latitude in degrees, WGS84; blank when unplaced."),
    Column(name="uncertainty_m", kind="count", meaning="Metres around the point within which it happened."),
    _text("country", "The place's country; blank for a place in several."),
    _text("admin1", "The place's province."),
    _enum("known_to", Precision, "The coarser of what the document and the gazetteer know."),
    _enum(
        "location",
        Location,
        "Exact: known to a site or town; approximate: to something coarser; unplaced: not on the map.",
    ),
    _text("reason", "Why the row is unplaced, or what to know about its place."),
    Column(name="candidates", kind="ids", meaning="Ids of the places that an unplaced name may mean, likeliest first."),
    _text(
        "found_by",
        "By what the place was found: the row's own point, the reader's decision, or a name, alias, spelling or "
        "likeness of the gazetteer, or a town of its second tier; blank when unplaced, unless that is the reader's "
        "decision.",
    ),
    _text("actor_id", "The known actor; blank when unknown."),
    _text("actor_name", "That actor's name, or the actor as written."),
    _enum("side", Side, "The side of the actor."),
    _text("presumed_actor_id", "The known actor that is presumed."),
    _text("presumed_actor_name", "That actor's name, or the actor as written."),
)
