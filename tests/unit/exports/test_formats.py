"""Every format holds what the table shows, and opens elsewhere."""

import csv
import io
import json
import shutil
import subprocess
import zipfile
from datetime import datetime
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pyarrow.parquet as pq
import pyogrio
import pytest
from exporting import listing_of, store_of

from geodata.errors import GeodataError
from geodata.exports.columns import EXPORTED
from geodata.exports.formats import FORMATS, format_of
from geodata.exports.hxl import hxl_tag
from geodata.exports.listing import Listing
from geodata.store.filters import IncidentFilter

HOSTILE = "=cmd|'/c calc'!A1 <script>alert(1)</script> {{ 7*7 }} ${x} \x0b"
ROWS = [
    {"place": "Tower 22", "summary": HOSTILE, "actor": "<b>Ana & co</b>", "killed_low": "3", "sources": "doc:1; other"},
    {"place": "Mafraq", "date_earliest": "", "date_latest": "", "summary": "عربي", "denied_by": "someone"},
    {"place": "Atlantis", "summary": "nowhere"},
]
OPENED_BY_GDAL = ("geojson", "gpkg", "kml", "kmz")  # Debian's has no driver for Parquet: GeoPandas opens that


@pytest.fixture(scope="module")
def store():
    return store_of(*ROWS)


def content_of(name, store, **more):
    return b"".join(FORMATS[name].write(listing_of(store, **more)))


@pytest.fixture
def written(store, tmp_path):
    def write(name):
        path = tmp_path / f"list{FORMATS[name].ending}"
        path.write_bytes(content_of(name, store))
        return path

    return write


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_view_is_the_same_bytes(store, name):
    assert content_of(name, store) == content_of(name, store)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_found_is_a_valid_empty_file(store, name):
    assert content_of(name, store, question=IncidentFilter(text="no such word"))


@pytest.mark.parametrize("name", FORMATS)
def test_no_path_of_the_server_is_in_a_file(store, name):
    content = content_of(name, store)
    assert b"/tmp/" not in content
    assert b"/home/" not in content
    assert str(store.meta["source"]).encode() not in content


@pytest.mark.parametrize("name", OPENED_BY_GDAL)
def test_gdal_opens_it_without_a_warning(written, name):
    assert shutil.which("ogrinfo"), "install Debian's gdal-bin"
    told = subprocess.run(["ogrinfo", "-al", written(name)], capture_output=True, text=True, check=True)  # noqa: S603, S607
    assert told.stderr == ""
    assert "Warning" not in told.stdout


def test_geoparquet_opens_as_geometries_with_types(written):
    frame = gpd.read_parquet(written("parquet"))
    assert frame.crs.to_epsg() is None
    assert frame.crs.name == "WGS 84 (CRS84)"
    assert [geometry and geometry.geom_type for geometry in frame.geometry] == ["Point", None, "Polygon"]
    assert str(pq.read_schema(written("parquet")).field("date_earliest").type) == "date32[day]"


def test_geopackage_has_layers_for_areas_sources_and_claims(written):
    path = written("gpkg")
    assert [name for name, _ in pyogrio.list_layers(path)] == [
        "incidents",
        "areas",
        "sources",
        "claims",
        "columns",
        "about",
    ]
    incidents, areas = pyogrio.read_dataframe(path, layer="incidents"), pyogrio.read_dataframe(path, layer="areas")
    assert incidents["incident_id"].tolist() == ["INC-1", "INC-3", "INC-2"]
    assert [geometry is not None for geometry in incidents.geometry] == [True, False, False]
    assert areas[["place_id", "rows"]].values.tolist() == [["mafraq", 1]]
    assert pyogrio.read_dataframe(path, layer="sources")["source"].tolist() == ["doc:1", "other"]


def test_workbook_is_typed_frozen_and_explained(written):
    book = openpyxl.load_workbook(written("xlsx"))
    assert book.sheetnames == ["Incidents", "Sources", "Claims", "How to read", "Columns"]
    sheet = book["Incidents"]
    assert sheet.freeze_panes == "B2"
    rows = [dict(zip(EXPORTED, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert rows[0]["date_earliest"] == datetime(2024, 2, 2)  # noqa: DTZ001, as the workbook has it
    assert rows[0]["killed_low"] == 3
    assert rows[0]["summary"].startswith("=cmd")
    assert {cell.data_type for row in book["Incidents"].iter_rows() for cell in row} <= {"s", "n", "d"}
    assert sheet.cell(2, EXPORTED.index("summary") + 1).quotePrefix


def test_kml_has_a_folder_a_side_and_inert_descriptions(written):
    root = ET.fromstring(written("kml").read_bytes())  # noqa: S314, our own file
    name = "{http://www.opengis.net/kml/2.2}"
    assert [folder.findtext(f"{name}name") for folder in root.iter(f"{name}Folder")] == ["Unknown"]
    descriptions = [mark.findtext(f"{name}description") for mark in root.iter(f"{name}Placemark")]
    assert "<script" not in "".join(descriptions)
    assert "&lt;script&gt;" in descriptions[0]
    shapes = [[child.tag.removeprefix(name) for child in mark] for mark in root.iter(f"{name}Placemark")]
    assert ["Point" in shapes[0], "Polygon" in shapes[2], {"Point", "Polygon"} & {*shapes[1]}] == [True, True, set()]


def test_each_who_says_something_makes_a_claim_of_their_own():
    row = {"actor": "Iran", "attribution": "alleged", "attributed_by": "US; UK", "denied_by": "Iran; Syria"}
    store = store_of({"place": "Tower 22", "killed_low": "3", "killed_said_by": "UK", **row})
    book = openpyxl.load_workbook(io.BytesIO(content_of("xlsx", store)))
    assert list(book["Claims"].iter_rows(min_row=2, min_col=2, values_only=True)) == [
        ("alleged", "US", "Iran"),
        ("alleged", "UK", "Iran"),
        ("denied", "Iran", "Iran"),
        ("denied", "Syria", "Iran"),
        ("killed", "UK", "3 / – / –"),
    ]


@pytest.mark.parametrize("name", ["xlsx", "gpkg", "kml", "report"])
def test_how_to_cite_and_whom_to_credit_is_inside(written, name):
    path = written(name)
    if name == "xlsx":
        told = str(list(openpyxl.load_workbook(path)["How to read"].iter_rows(values_only=True)))
    elif name == "gpkg":
        told = str(pyogrio.read_dataframe(path, layer="about").to_dict())
    else:
        told = path.read_text(encoding="utf-8")
    assert "Cite as" in told
    assert "Name the documents, as the column sources does" in told


def test_kmz_is_the_kml_compressed(store, written):
    with zipfile.ZipFile(written("kmz")) as archive:
        assert archive.namelist() == ["doc.kml"]
        assert archive.read("doc.kml") == content_of("kml", store)


def test_geojson_is_a_feature_a_row_with_areas_as_areas(store):
    features = json.loads(content_of("geojson", store))["features"]
    assert [feature["id"] for feature in features] == ["INC-1", "INC-3", "INC-2"]
    assert [(feature["geometry"] or {}).get("type") for feature in features] == ["Point", None, "Polygon"]
    assert features[0]["properties"]["summary"] == HOSTILE


@pytest.mark.parametrize("name", ["html", "report", "svg"])
def test_markup_in_data_is_inert(store, name):
    content = content_of(name, store).decode()
    assert "alert(1)" not in content.replace("&lt;script&gt;alert(1)", "")
    assert "<b>Ana" not in content


def test_pictures_are_pictures(store):
    assert content_of("png", store).startswith(b"\x89PNG")
    root = ET.fromstring(content_of("svg", store))  # noqa: S314, our own file
    words = " ".join(root.itertext())
    assert "Incident map" in words
    assert "Mafraq" in words
    assert "3 = 1 exact + 1 approximate + 1 unplaced" in words


def test_a_report_lists_rows_with_their_sources_and_runs_nothing(store):
    content = content_of("report", store).decode()
    assert "doc:1; other" in content
    assert "عربي" in content
    assert "<script" not in content
    assert "default-src &#x27;none&#x27;" in content


def test_csv_for_excel_begins_with_the_mark_of_utf_8(store):
    assert content_of("csv-excel", store) == b"\xef\xbb\xbf" + content_of("csv", store)


def test_hxl_tags_stand_under_the_header(store):
    rows = list(csv.reader(io.StringIO(content_of("csv-hxl", store).decode(), newline="")))
    assert rows[0] == list(EXPORTED)
    assert rows[1] == [hxl_tag(name) for name in EXPORTED]
    assert len(set(rows[1])) == len(EXPORTED)
    assert all(tag.startswith("#") for tag in rows[1])


def test_a_name_tells_its_format():
    assert [format_of(f"list{form.ending}".upper()) for form in FORMATS.values()] == list(FORMATS)
    assert format_of("list.doc") is None


@pytest.mark.parametrize(("name", "what"), [("xlsx", "a sheet"), ("html", "a page")])
def test_what_cannot_hold_the_list_says_so_before_any_row_is_taken(name, what, store, monkeypatch):
    monkeypatch.setattr(f"geodata.exports.{'xlsx' if name == 'xlsx' else 'html_map'}.MOST_ROWS", 2)
    monkeypatch.setattr(Listing, "batches", lambda _: pytest.fail("a row was taken"))
    with pytest.raises(GeodataError, match=f"{what} holds 2 rows, and there are 3: narrow the filter"):
        content_of(name, store)


@pytest.mark.parametrize("more", [{"limit": 2}, {"offset": 1}, {"question": IncidentFilter(text="nowhere")}])
def test_only_the_rows_that_are_asked_for_count_for_what_a_file_can_hold(more, store, monkeypatch):
    monkeypatch.setattr("geodata.exports.xlsx.MOST_ROWS", 2)
    assert content_of("xlsx", store, **more).startswith(b"PK")


def test_rows_that_are_held_back_do_not_count_for_what_a_file_can_hold(monkeypatch):
    held = store_of(*ROWS, {"sources": "ACLED"})
    monkeypatch.setattr("geodata.exports.xlsx.MOST_ROWS", 3)
    assert content_of("xlsx", held).startswith(b"PK")
    with pytest.raises(GeodataError, match="there are 4"):
        content_of("xlsx", held, confirmed=True)


def test_sources_and_claims_go_on_in_another_sheet_when_one_is_full(monkeypatch):
    monkeypatch.setattr("geodata.exports.xlsx.MOST_ROWS", 2)
    told = store_of({"sources": "a:1; b:2; c:3"}, {"sources": "d:4; e:5"})
    book = openpyxl.load_workbook(io.BytesIO(content_of("xlsx", told)))
    rows = [
        [row[1] for row in book[name].iter_rows(values_only=True)] for name in ("Sources", "Sources 2", "Sources 3")
    ]
    assert [row[0] for row in rows] == ["source", "source", "source"]
    assert [row[1:] for row in rows] == [["a:1", "b:2"], ["c:3", "d:4"], ["e:5"]]
    assert book["Incidents"].max_row == 3
