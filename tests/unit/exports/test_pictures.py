"""Nothing is lost on a picture: what it can't show is counted."""

from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from exporting import listing_of, store_of
from matplotlib.figure import Figure

from geodata.exports.canvas import open_canvas
from geodata.exports.picture import draw_map, to_svg
from geodata.exports.picture_marks import draw_marks
from geodata.exports.spots import Spot, count_spots, find_bounds

REGION = (35, 29, 49, 38)


def spot(lon, lat, count=1, *, as_area=False, name="x"):
    groups = Counter({("iraq", "claimed"): count})
    return Spot(lon=lon, lat=lat, as_area=as_area, place_id="mafraq", name=name, uncertainty_m=0, groups=groups)


def signs_of(spots, bounds=REGION):
    canvas = open_canvas(Figure(figsize=(12, 8)), (0, 0, 1, 1), bounds)
    return draw_marks(canvas, spots, listing_of(None).gazetteer)


def test_points_that_would_cover_each_other_share_a_sign():
    (sign,) = signs_of([spot(40, 33, 3, name="Big"), spot(40.05, 33), spot(40, 33.05)])
    assert (sign.name, sign.count, sign.others) == ("Big", 5, 2)
    assert len(signs_of([spot(40, 33, 3), spot(40.05, 33)], (39.9, 32.9, 40.1, 33.1))) == 2


def test_an_area_shares_its_sign_with_nothing():
    signs = signs_of([spot(38, 32.5, 3, as_area=True), spot(38.01, 32.5), spot(38, 32.5)])
    assert [(sign.count, sign.as_area) for sign in signs] == [(3, True), (2, False)]


def test_what_lies_outside_is_counted():
    store = store_of({"place": "Tower 22"}, {"place": "Tower 22"}, {"place": "Mafraq"}, {"place": "Atlantis"})
    listing = listing_of(store, bounds=(38.6, 33, 39, 33.5))
    spots = count_spots(listing.batches())
    assert [(spot.name, spot.count, spot.as_area) for spot in spots] == [("Tower 22", 2, False), ("Mafraq", 1, True)]
    assert draw_map(Figure(figsize=(12, 8)), (0, 0, 1, 1), listing, spots) == 1


@pytest.mark.parametrize(
    ("spots", "seen", "unseen"),
    [
        ([spot(44, 33, 20), spot(43, 34, 20), spot(10, 46)], (44, 33), (10, 46)),
        ([spot(44, 33), spot(53, 32, 9, as_area=True)], (44, 33), (53, 32)),
        ([spot(53, 32, 9, as_area=True)], (53, 32), (44, 33)),
        ([], (44, 33), (10, 46)),
    ],
)
def test_a_frame_is_about_most_points(spots, seen, unseen):
    west, south, east, north = find_bounds(spots)
    assert west < seen[0] < east
    assert south < seen[1] < north
    assert not (west < unseen[0] < east and south < unseen[1] < north)


def test_a_name_is_text_whatever_signs_are_in_it():
    store = store_of({"place": "$x_1$ <b>", "given_lon": "40", "given_lat": "33"})
    words = " ".join(ET.fromstring(b"".join(to_svg(listing_of(store)))).itertext())  # noqa: S314, our own file
    assert "$x_1$ <b>" in words
