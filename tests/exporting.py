"""Stores, tables and hostile rows for the tests of exports."""

import io
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from builders import csv_of, make_actors, make_place
from hypothesis import strategies as st
from shapely import box

from geodata.actors.actors import Actors
from geodata.exports.listing import Listing
from geodata.gazetteer.places import Gazetteer
from geodata.incidents.read import Reading, read_incidents
from geodata.incidents.schema import COLUMNS, GIVEN, Attribution, DateBasis, Flag, Precision, Side, Weapon
from geodata.store.engine import Store, open_store
from geodata.store.load import load_incidents

PLACES = (
    make_place("tower-22", "Tower 22", aliases=["البرج 22"]),
    make_place(
        "mafraq", "Mafraq", lon=38.0, lat=32.5, kind="province", precision=Precision.PROVINCE, uncertainty_m=90_000
    ),
)
GAZETTEER = Gazetteer(places={place.place_id: place for place in PLACES}, areas={"mafraq": box(36.5, 31.5, 39.5, 33.5)})
_FOLDER = TemporaryDirectory()  # gone when the tests are
WRITTEN = [column.name for column in (*COLUMNS, *GIVEN)]


def written(*rows: Mapping[str, str]) -> bytes:
    """Return a table of these rows, every cell in quotation marks: a lone CR is kept only there."""
    return csv_of(*rows, quote_all=True)


def store_of(
    *rows: Mapping[str, str], folder: Path | None = None, gazetteer: Gazetteer = GAZETTEER, actors: Actors | None = None
) -> Store:
    """Return a store that holds these rows."""
    folder = folder or Path(_FOLDER.name)
    table = folder / "table.csv"
    table.write_bytes(written(*rows))
    return open_store(load_incidents(table, folder, gazetteer, actors or make_actors()))


def listing_of(store: Store, **more: Any) -> Listing:
    """Return a listing of all incidents of a store, the newest first unless told otherwise."""
    return Listing(**({"store": store, "gazetteer": GAZETTEER} | more))


def reread(content: bytes) -> pd.DataFrame:
    """Return the incidents of an exported table, by their ids, without their lines."""
    reading = read_incidents(io.BytesIO(content), name="export.csv")
    assert not reading.problems
    return by_id(reading)


def by_id(reading: Reading) -> pd.DataFrame:
    """Return what was accepted by ids, without lines."""
    return reading.incidents[WRITTEN].sort_values("incident_id", ignore_index=True)


def plain_rows(incidents: pd.DataFrame) -> list[list[object]]:
    """Return the rows as plain values: days as text, unknown as None."""
    return [
        [None if pd.isna(cell) else cell.date().isoformat() if hasattr(cell, "date") else cell for cell in row]
        for row in incidents.itertuples(index=False, name=None)
    ]


_SIGNS = st.text(st.sampled_from("=+-@'\"\t\r\n,; ＝<&{}$`%\\\u202eبج́é🙂"), max_size=8)
_TEXT = _SIGNS | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufdd0"), max_size=12)
_FREE = ("actor", "attributed_by", "denied_by", "target", "summary", "flag_reason", "killed_said_by")
_DAYS = st.one_of(
    st.just({"date_earliest": "", "date_latest": ""}),
    st.lists(
        st.dates(min_value=pd.Timestamp("1900-01-01").date(), max_value=pd.Timestamp("2100-12-31").date()),
        min_size=2,
        max_size=2,
    ).map(lambda days: {"date_earliest": min(days).isoformat(), "date_latest": max(days).isoformat()}),
)
_COUNTS = st.lists(st.integers(0, 999_999_999), min_size=3, max_size=3).map(
    lambda n: dict(zip(("killed_low", "killed_best", "killed_high"), map(str, sorted(n)), strict=True))
) | st.just({})
_POINT = st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(
    lambda point: {"given_lon": f"{point[0]:.7f}", "given_lat": f"{point[1]:.7f}"}
) | st.just({})


def _words(words: type) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *words])


ROWS = st.lists(
    st.builds(
        lambda texts, days, counts, point, words: texts | days | counts | point | words,
        st.fixed_dictionaries(
            dict.fromkeys(
                ("actor", "attributed_by", "denied_by", "target", "summary", "flag_reason", "killed_said_by"), _TEXT
            )
            | {"place": st.sampled_from(["Tower 22", "البرج 22", "Mafraq", ""]) | _TEXT, "given_country": _TEXT}
            | {"sources": st.lists(st.sampled_from(["doc:1", "=doc:2", "- a b", "تقرير:3"])).map("; ".join)}
        ),
        _DAYS,
        _COUNTS,
        _POINT,
        st.fixed_dictionaries(
            {
                "weapon": _words(Weapon),
                "attribution": _words(Attribution),
                "target_side": _words(Side),
                "place_precision": _words(Precision),
                "flag": _words(Flag),
                "date_basis": _words(DateBasis),
            }
        ),
    ),
    min_size=1,
    max_size=20,
)
"""Rows with hostile text, Arabic, blanks, intervals and points of their own."""
