import math

import pandas as pd
import pytest
from pyproj import Geod
from shapely import MultiPolygon, Point

from geodata.gazetteer.measure import distance_m, distances_m, uncertainty_disc

AREA = Geod(ellps="WGS84").geometry_area_perimeter


@pytest.mark.parametrize("lat", [-80, -33.3, 0, 33.3, 60, 80])
@pytest.mark.parametrize("lon", [-180, -179.9, 0, 42.4, 179.99, 180])
@pytest.mark.parametrize("radius_m", [1000, 70_000, 300_000])
def test_a_disc_has_the_area_of_its_radius_wherever_it_is(lon, lat, radius_m):
    disc = uncertainty_disc(lon, lat, radius_m)
    assert disc.is_valid
    assert AREA(disc)[0] == pytest.approx(math.pi * radius_m**2, rel=0.01)
    west, _, east, _ = disc.bounds
    assert -180 <= west <= east <= 180


def test_every_corner_of_a_disc_is_as_far_from_the_centre_as_told():
    corners = uncertainty_disc(42.44, 33.79, 70_000).exterior.coords
    assert {round(distance_m(42.44, 33.79, lon, lat)) for lon, lat in corners} == {70_000}


def test_a_disc_over_the_date_line_is_in_two_parts():
    disc = uncertainty_disc(179.9, 10, 50_000)
    assert isinstance(disc, MultiPolygon)
    assert len(disc.geoms) == 2
    assert disc.covers(Point(179.8, 10))
    assert disc.covers(Point(-179.8, 10))


def test_rings_run_against_the_clock_as_geojson_asks():
    for disc in (uncertainty_disc(42, 33, 1000), *uncertainty_disc(180, 33, 1000).geoms):
        assert disc.exterior.is_ccw


@pytest.mark.parametrize("radius_m", [0, -1, math.nan])
def test_a_radius_that_is_not_positive_is_refused(radius_m):
    with pytest.raises(ValueError, match="radius_m must be greater than zero"):
        uncertainty_disc(42, 33, radius_m)


@pytest.mark.parametrize("lat", [89.9, -89.9])
def test_a_disc_that_reaches_a_pole_is_refused(lat):
    with pytest.raises(ValueError, match="reaches a pole"):
        uncertainty_disc(0, lat, 50_000)


def test_a_degree_of_the_equator_is_111_kilometres():
    assert distance_m(0, 0, 1, 0) == pytest.approx(111_319.5, abs=0.1)


def test_a_distance_to_a_missing_point_is_missing():
    one, other = pd.Series([0.0, 0.0]), pd.Series([1.0, math.nan])
    distances = distances_m(one, one, other, one)
    assert distances[0] == pytest.approx(111_319.5, abs=0.1)
    assert math.isnan(distances[1])
