"""Laws of the exports: nothing is lost, and nothing in them runs."""

import csv
import io
import json

import pyarrow as pa
from builders import read
from exporting import ROWS, WRITTEN, by_id, listing_of, plain_rows, reread, store_of, written
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from geodata.exports.csv import to_csv
from geodata.exports.geojson import to_geojson
from geodata.tables.inert import from_inert, to_inert

TEXTS = st.text(st.sampled_from("'=+-@\t\r\n＝a") | st.characters(exclude_categories=["Cs"]), max_size=10)
# Each example builds a store, so there are few of many rows, and a failing one is not made smaller.
slow = settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


@given(st.lists(TEXTS))
def test_inert_text_is_no_formula_and_comes_back_as_it_was(texts):
    inert = to_inert(pa.array(texts, pa.string()))
    assert not [text for text in inert.to_pylist() if text.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
    assert from_inert(inert).to_pylist() == texts


@slow
@given(ROWS)
def test_csv_reads_back_to_the_same_incidents(rows):
    store = store_of(*rows)
    content = b"".join(to_csv(listing_of(store)))
    assert_frame_equal(reread(content), by_id(read(written(*rows))))


@slow
@given(ROWS)
def test_no_cell_of_a_csv_is_a_formula(rows):
    content = b"".join(to_csv(listing_of(store_of(*rows))))
    table = csv.DictReader(io.StringIO(content.decode(), newline=""))
    for row in table:
        texts = [value for name, value in row.items() if name not in {"given_lon", "given_lat", "lon", "lat"}]
        assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


@slow
@given(ROWS)
def test_geojson_holds_the_same_incidents_with_their_points(rows):
    store = store_of(*rows)
    collection = json.loads(b"".join(to_geojson(listing_of(store))))
    meant = by_id(read(written(*rows)))
    told = sorted((feature["properties"] for feature in collection["features"]), key=lambda row: row["incident_id"])
    assert [[row[name] for name in WRITTEN] for row in told] == plain_rows(meant)
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        row, geometry = feature["properties"], feature["geometry"]
        assert (geometry is None) == (row["location"] == "unplaced")
        assert (geometry or {}).get("type") != "Point" or geometry["coordinates"] == [row["lon"], row["lat"]]
        assert geometry is None or (geometry["type"] == "Polygon") == (
            row["known_to"] == "province" and row["place_id"] == "mafraq"
        )
