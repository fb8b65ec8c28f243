"""Laws of the exports: nothing is lost, and nothing in them runs."""

import csv
import io
import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
from builders import make_actors, read
from exporting import GAZETTEER, ROWS, WRITTEN, by_id, listing_of, plain_rows, store_of, written
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from geodata.commands.convert import WRITERS, Reference, convert
from geodata.exports.csv import to_csv
from geodata.exports.formats import FORMATS
from geodata.exports.geojson import to_geojson
from geodata.exports.geopackage import to_geopackage
from geodata.exports.parquet import to_geoparquet
from geodata.exports.xlsx import to_xlsx
from geodata.formats.opening import OpenTable, open_table
from geodata.store.load import load_in_memory
from geodata.tables.inert import from_inert, to_inert

TEXTS = st.text(st.sampled_from("'=+-@\t\r\n＝a") | st.characters(exclude_categories=["Cs"]), max_size=10)
# Each example builds a store, so there are few of many rows, and a failing one is not made smaller.
slow = settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


@given(st.lists(TEXTS))
def test_inert_text_is_no_formula_and_comes_back_as_it_was(texts):
    inert = to_inert(pa.array(texts, pa.string()))
    assert not [text for text in inert.to_pylist() if text.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
    assert from_inert(inert).to_pylist() == texts


@given(st.lists(TEXTS | st.none(), min_size=1), st.data())
def test_a_part_of_a_column_is_made_inert_as_the_whole_is(texts, data):
    start, length = (data.draw(st.integers(0, len(texts))) for _ in range(2))
    whole = pa.array(texts, pa.string())
    parts = pa.chunked_array([whole.slice(0, start), whole.slice(start)])
    assert to_inert(whole.slice(start, length)).to_pylist() == to_inert(whole).slice(start, length).to_pylist()
    assert to_inert(parts).to_pylist() == to_inert(whole).to_pylist()


@pytest.mark.parametrize("form", ["csv", "csv-excel", "geojson", "xlsx", "gpkg", "parquet"])
@slow
@given(ROWS)
def test_an_exported_list_opens_again_to_the_same_incidents(form, rows):
    content = b"".join(FORMATS[form].write(listing_of(store_of(*rows))))
    reading = open_table(io.BytesIO(content), name="list").read()
    assert not reading.problems
    assert_frame_equal(by_id(reading), by_id(read(written(*rows))))


@slow
@given(ROWS, st.sampled_from(["csv", "csv-excel", "geojson", "xlsx", "gpkg", "parquet"]), st.sampled_from([*WRITERS]))
@example([{"given_lon": "-0.0", "given_lat": "1"}], "gpkg", "csv")
def test_a_list_is_the_same_to_the_byte_after_it_has_been_a_file_of_any_form_and_a_converted_one(rows, form, other):
    store = store_of(*rows)
    file = io.BytesIO(b"".join(FORMATS[form].write(listing_of(store))))
    assert csv_from(open_table(file, name="list")) == b"".join(to_csv(listing_of(store)))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "converted"
        convert(open_table(file, name="list"), path, other, Reference(gazetteer=GAZETTEER, actors=make_actors()))
        assert csv_from(open_table(path)) == b"".join(to_csv(listing_of(store)))


def csv_from(table: OpenTable) -> bytes:
    return b"".join(to_csv(listing_of(load_in_memory(table, GAZETTEER, make_actors(), name=table.name))))


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
        assert geometry is None or (geometry["type"] == "Polygon") == (row["place_id"] == "mafraq")


@slow
@given(ROWS)
def test_geoparquet_and_geopackage_hold_the_same_incidents(rows):
    store = store_of(*rows)
    meant = plain_rows(by_id(read(written(*rows))))
    parquet = pq.read_table(io.BytesIO(b"".join(to_geoparquet(listing_of(store))))).to_pandas()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.gpkg"
        path.write_bytes(b"".join(to_geopackage(listing_of(store))))
        package = pyogrio.read_dataframe(path, layer="incidents")
    for told in (parquet, package):
        dates = {name: pd.to_datetime(told[name]) for name in ("date_earliest", "date_latest")}
        assert plain_rows(told.assign(**dates).sort_values("incident_id")[WRITTEN]) == meant


@slow
@given(ROWS)
def test_a_workbook_holds_the_same_incidents(rows):
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(to_xlsx(listing_of(store_of(*rows))))))["Incidents"]
    header, *found = sheet.iter_rows(values_only=True)
    told = pd.DataFrame(found, columns=header, dtype=object).sort_values("incident_id")[WRITTEN]
    meant = plain_rows(by_id(read(written(*rows))))
    assert [[unescape(cell) for cell in row] for row in plain_rows(told)] == [
        [None if cell == "" else cell for cell in row] for row in meant
    ]


def unescape(cell):
    """Return text as Excel shows it: what XML cannot hold is written as _xHHHH_, and openpyxl leaves it so."""
    if not isinstance(cell, str):
        return cell
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), cell)
