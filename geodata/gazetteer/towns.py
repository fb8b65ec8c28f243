"""The second tier: towns of the region from GeoNames, asked only when the curated places do not know a name."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.gazetteer.names import name_key
from geodata.gazetteer.place import Place
from geodata.gazetteer.skeleton import sound
from geodata.incidents.schema import Precision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


TOWNS = Path(__file__).parent / "data" / "towns.csv"
SOURCE = "GeoNames"
CAUTION = "known from GeoNames only, which has some towns 10 km off"
_PREFIX = "geonames-"
_UNCERTAINTY_M = 5_000


class Towns:
    """Towns by their names; read when first asked, since most tables never ask.

    Parameters
    ----------
    path
        A table like `towns.csv`; none is no towns.
    """

    def __init__(self, path: Path | None = TOWNS) -> None:
        self._path = path

    def get(self, place_id: str) -> Place | None:
        """Return the town of an id like geonames-172408."""
        number = self._by_id.get(place_id) if place_id.startswith(_PREFIX) else None
        return None if number is None else self._place(number)

    def find(self, text: str) -> Sequence[Place]:
        """Return all towns of which this is a name, in whatever spelling, in the order of their ids."""
        return [self._place(row) for row in self._by_key.get(name_key(text), ())]

    def find_sounding(self, text: str) -> Sequence[Place]:
        """Return all towns with a name that sounds like it."""
        return [self._place(row) for row in self._by_sound.get(_sound_of(name_key(text)), ())]

    @cached_property
    def _rows(self) -> Sequence[Mapping[str, str]]:
        if self._path is None:
            return ()
        with self._path.open(encoding="utf-8", newline="") as file:
            return tuple(csv.DictReader(file))

    @cached_property
    def _by_id(self) -> Mapping[str, int]:
        return {f"{_PREFIX}{row['geonames_id']}": number for number, row in enumerate(self._rows)}

    @cached_property
    def _by_key(self) -> Mapping[str, Sequence[int]]:
        keys: defaultdict[str, dict[int, None]] = defaultdict(dict)
        for number, row in enumerate(self._rows):
            for name in (row["name"], *filter(None, row["other_names"].split("; "))):
                keys[name_key(name)][number] = None
        return {key: (*numbers,) for key, numbers in keys.items()}

    @cached_property
    def _by_sound(self) -> Mapping[str, Sequence[int]]:
        sounds: defaultdict[str, dict[int, None]] = defaultdict(dict)
        for key, numbers in self._by_key.items():
            sounds[_sound_of(key)].update(dict.fromkeys(numbers))
        return {key: sorted(numbers) for key, numbers in sounds.items()}

    def _place(self, number: int) -> Place:
        row = self._rows[number]
        return Place(
            place_id=f"{_PREFIX}{row['geonames_id']}",
            name=row["name"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            kind="town",
            country=row["country"],
            admin1=row["admin1"],
            precision=Precision.TOWN,
            uncertainty_m=_UNCERTAINTY_M,
            source=f"{SOURCE} {row['geonames_id']}",
            check="",
            note=CAUTION,
        )


NO_TOWNS = Towns(None)


def _sound_of(key: str) -> str:
    return "".join(map(sound, key.split()))
