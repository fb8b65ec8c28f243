"""What people call columns, events and weapons."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from geodata.incidents.schema import EVENT_TYPES, Category, EventType, Weapon

WORDS: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "data" / "words.toml").read_text(encoding="utf-8")
)
CATEGORY_OF: Mapping[str, Category] = {kind: category for category, kinds in EVENT_TYPES.items() for kind in kinds}
"""The category of each event type."""


def fold_words(name: str) -> str:
    """Return a name in lower case, without accents, with one space for the signs between its words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


def words_of(own: type[StrEnum], also: Mapping[str, list[str]] | None = None) -> Mapping[str, str]:
    """Return each word of a vocabulary by itself and by what else people call it, folded by `fold_words`."""
    others = {fold_words(name): word for word, names in (also or {}).items() for name in names}
    return others | {fold_words(word): str(word) for word in own}


EVENT_NAMES = words_of(EventType, WORDS["event_types"])
WEAPON_NAMES = words_of(Weapon, WORDS["weapons"])
