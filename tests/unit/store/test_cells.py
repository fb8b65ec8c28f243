import pytest
from storing import WORLD, make_store

from geodata.store import cells
from geodata.store.cells import Viewport, by_side, find_areas, find_at, find_cells, find_links, find_places
from geodata.store.filters import IncidentFilter
from geodata.store.mercator import from_mercator, to_mercator

EVERYTHING = IncidentFilter()


def test_rows_at_one_place_are_one_sign_with_their_sides():
    store = make_store({"actor": "Axis"}, {"actor": "Axis", "attribution": "claimed"}, {"actor": "United States"})
    (spot,) = find_places(store, EVERYTHING, WORLD)
    assert (spot.place["place_id"], spot.count) == ("tower-22", 3)
    assert set(spot.groups) == {
        ("iran-and-allies", "claimed", 1),
        ("iran-and-allies", "unknown", 1),
        ("us-led-coalition", "unknown", 1),
    }


def test_by_side_a_sign_counts_the_same_rows_whoever_says_so():
    store = make_store({"actor": "Axis"}, {"actor": "Axis", "attribution": "claimed"}, {"actor": "United States"})
    (spot,) = by_side(find_places(store, EVERYTHING, WORLD))
    assert (spot.count, spot.groups) == (3, (("iran-and-allies", "", 2), ("us-led-coalition", "", 1)))


def test_a_row_known_to_an_area_is_no_point():
    store = make_store({"place": "Syria"}, {"place": "Tower 22", "place_precision": "province"})
    assert [spot.place["place_id"] for spot in find_areas(store, EVERYTHING)] == ["syria"]
    (point,) = find_places(store, EVERYTHING, WORLD)
    assert (point.place["place_id"], point.known_to) == ("tower-22", "province")


def test_a_viewport_keeps_what_lies_in_it():
    store = make_store({"place": "Tower 22"}, {"place": "Rutba"})
    west = Viewport(west=38, south=33, east=39, north=34, zoom=8)
    assert [spot.place["place_id"] for spot in find_places(store, EVERYTHING, west)] == ["tower-22"]
    assert sum(spot.count for spot in find_cells(store, EVERYTHING, west)) == 1


def test_too_many_places_are_told_as_cells(monkeypatch):
    monkeypatch.setattr(cells, "MOST_PLACES", 1)
    store = make_store({"place": "Tower 22"}, {"place": "Rutba"})
    assert find_places(store, EVERYTHING, WORLD) is None
    assert find_places(store, IncidentFilter(text="rutba"), WORLD) is not None


def test_a_cell_stands_at_the_mean_of_its_points_and_lists_them():
    points = [{"place": "", "given_lon": lon, "given_lat": "33.3"} for lon in ("38.70", "38.72")]
    store = make_store(*points)
    (cell,) = find_cells(store, EVERYTHING, Viewport(west=30, south=30, east=50, north=40, zoom=4))
    assert (cell.count, cell.place["lon"]) == (2, pytest.approx(38.71, abs=1e-5))
    total, rows = find_at(store, EVERYTHING, cell=cell.place["key"], limit=1)
    assert (total, len(rows)) == (2, 1)


def test_a_cell_lists_nothing_of_its_neighbours():
    store = make_store(*({"place": "", "given_lon": lon, "given_lat": "33.3"} for lon in ("38.1", "40.1", "42.1")))
    found = find_cells(store, EVERYTHING, WORLD)
    assert [cell.count for cell in found] == [1, 1, 1]
    assert [find_at(store, EVERYTHING, cell=cell.place["key"], limit=9)[0] for cell in found] == [1, 1, 1]


def test_a_line_is_drawn_only_between_two_rows_that_match_and_are_placed_apart():
    store = make_store(
        {"place": "Tower 22"},
        {"place": "Rutba", "retaliates_for": "INC-1", "part_of": "INC-1"},
        {"place": "Nowhere", "retaliates_for": "INC-1"},
        {"place": "Tanf", "retaliates_for": "INC-1", "category": "threat"},
        {"place": "Tower 22", "retaliates_for": "INC-1"},
    )
    (line,) = find_links(store, IncidentFilter(categories=frozenset({"kinetic"})))
    assert (line["from_place"], line["to_place"], line["n"]) == ("tower-22", "rutba", 1)


@pytest.mark.parametrize("point", [(0, 0), (38.7, 33.3), (-179.99, 85), (179.99, -85)])
def test_web_mercator_comes_back_to_within_a_metre(point):
    lon, lat = from_mercator(*to_mercator(*point))
    assert (float(lon), float(lat)) == (pytest.approx(point[0], abs=1e-5), pytest.approx(point[1], abs=1e-5))
