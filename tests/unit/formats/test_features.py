import io
import json
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
from opening import opened, read, refusal
from shapely import LineString, MultiPoint, Point, box


def files_of(frame: gpd.GeoDataFrame, folder: Path) -> list[bytes]:
    """Return the same features as GeoJSON, GeoParquet and GeoPackage."""
    parquet, package = io.BytesIO(), folder / "features.gpkg"
    frame.to_parquet(parquet)
    frame.to_file(package, engine="pyogrio")
    return [frame.to_crs("EPSG:4326").to_json().encode(), parquet.getvalue(), package.read_bytes()]


def test_what_is_no_point_is_told_row_by_row_and_never_made_one(tmp_path):
    shapes = [
        box(0, 0, 1, 1),
        LineString([(0, 0), (1, 1)]),
        MultiPoint([(2, 1)]),
        MultiPoint([(2, 1), (3, 4)]),
        Point(),
    ]
    frame = gpd.GeoDataFrame({"Place": ["a", "b", "c", "d", "e"]}, geometry=shapes, crs="EPSG:4326")
    for content in files_of(frame, tmp_path):
        reading = opened(content).read()
        assert reading.incidents["place"].tolist() == ["a", "b", "c", "d", "e"]
        assert reading.incidents["given_lon"].isna().tolist() == [True, True, False, True, True]
        assert reading.incidents["given_lat"][2] == 1
        told = [problem for problem in reading.problems if problem.column == "geometry"]
        assert [(p.line, p.value) for p in told] == [(2, "Polygon"), (3, "LineString"), (5, "MultiPoint")]
        assert "is no point that can be read: name the place" in told[0].reason


def test_a_geometry_that_is_damaged_is_told_and_its_row_is_kept():
    frame = gpd.GeoDataFrame({"Place": ["a", "b"]}, geometry=[Point(1, 2), Point(3, 4)], crs="EPSG:4326")
    file = io.BytesIO()
    frame.to_parquet(file)
    table = pq.read_table(file)
    for about, reason in ((b"{", "cannot be understood"), (b'{"primary_column": "x"}', "cannot be understood")):
        odd = io.BytesIO()
        pq.write_table(table.replace_schema_metadata({"geo": about}), odd)
        assert reason in refusal(odd.getvalue())
    broken = io.BytesIO()
    wkb = pa.array([b"\x01\x01", None], pa.binary())
    pq.write_table(table.set_column(1, "geometry", wkb).replace_schema_metadata(table.schema.metadata), broken)
    reading = opened(broken.getvalue()).read()
    assert (reading.rows, reading.incidents["given_lon"].isna().tolist()) == (2, [True, True])
    assert [(p.line, p.value) for p in reading.problems if p.column == "geometry"] == [(2, "unreadable")]


def test_a_shape_is_told_also_of_a_row_without_any_text_and_not_where_the_row_has_columns_for_its_point(tmp_path):
    blank = gpd.GeoDataFrame({"Place": ["a", ""]}, geometry=[Point(1, 2), box(0, 0, 1, 1)], crs="EPSG:4326")
    for content in files_of(blank, tmp_path):
        assert [p.line for p in opened(content).read().problems if p.column == "geometry"] == [3]
    for content in files_of(blank[1:].assign(Place="b", Longitude=1.5, Latitude=2.5), tmp_path):
        reading = opened(content).read()
        assert reading.incidents["given_lon"].tolist() == [1.5]
        assert not [p for p in reading.problems if p.column == "geometry"]


def test_points_of_features_are_the_rows_own_where_no_column_has_any(tmp_path):
    frame = gpd.GeoDataFrame(
        {
            "incident_id": ["a", "b", "c"],
            "date_earliest": "",
            "date_latest": "",
            "place": ["x", "y", "z"],
            "category": "kinetic",
        },
        geometry=[Point(4_900_000, 3_900_000), box(0, 0, 1, 1), None],
        crs="EPSG:3857",
    )
    for content in files_of(frame, tmp_path):
        reading = read(content)
        incidents = reading.incidents
        assert incidents["given_lon"].round(4).tolist()[0] == 44.0174
        assert incidents["given_lat"].round(4).tolist()[0] == 33.0354
        assert incidents["given_lon"].isna().tolist() == [False, True, True]
        assert [str(problem).partition(",")[0] for problem in reading.problems] == ["line 3"]


def test_features_with_other_properties_are_all_read():
    features = [
        {"type": "Feature", "geometry": None, "properties": {"incident_id": "a", "date_earliest": None, "place": "x"}},
        {
            "type": "Feature",
            "geometry": None,
            "properties": {
                "incident_id": "b",
                "date_latest": None,
                "category": "kinetic",
                "killed_low": 3,
                "place": "y",
            },
        },
    ]
    reading = read(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    assert (reading.rows, reading.incidents["killed_low"].tolist()) == (2, [3])
    assert reading.rejected["line"].tolist() == [2]
