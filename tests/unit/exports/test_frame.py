"""What a picture shows can be told, and is told in the manifest."""

import pytest

from geodata.errors import GeodataError
from geodata.exports.frame import bounds_of, read_bounds, write_bounds
from geodata.store.cells import Viewport


def test_four_numbers_are_a_frame_and_come_back():
    assert read_bounds(" 38.5,-1, 42.25,37") == (38.5, -1, 42.25, 37)
    assert read_bounds(write_bounds((-180, -85, 180, 85))) == (-180, -85, 180, 85)
    assert write_bounds((38.123456, 30, 40, 33.5)) == "38.123456,30,40,33.5"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1,2,3", "must be four numbers"),
        ("1,2,3,north", "must be four numbers"),
        ("nan,2,3,4", "west must lie west of east"),
        ("3,2,1,4", "west must lie west of east"),
        ("-181,2,3,4", "west must lie west of east"),
        ("1,4,3,2", "south must lie south of north"),
        ("1,2,3,90", "south must lie south of north"),
        ("1,2,1,4", "west must lie west of east"),
    ],
)
def test_what_is_no_frame_is_told(text, told):
    with pytest.raises(GeodataError, match=told):
        read_bounds(text)


def test_a_map_s_view_is_a_frame_unless_it_shows_nothing():
    assert bounds_of(Viewport(west=-180, south=-90, east=180, north=90, zoom=1)) == (-180, -85, 180, 85)
    assert bounds_of(Viewport(west=38, south=33, east=38, north=34, zoom=20)) is None
    assert bounds_of(Viewport(west=38, south=86, east=39, north=89, zoom=20)) is None
