"""What files and page say alike stands in both, and is equal."""

import re

from exporting import listing_of, store_of

from dashboard.maps.base import SCRIPTS, STYLES
from dashboard.text import SIDES
from dashboard.web import map_data
from geodata.exports import html_map
from geodata.exports.columns import EXPORTED
from geodata.exports.html_map import STATIC, to_html_map
from geodata.exports.hxl import hxl_tag
from geodata.exports.sides import SIDE_COLOURS, SIDE_NAMES
from geodata.incidents.schema import Side


def test_the_file_has_the_scripts_of_the_page():
    assert (html_map.SCRIPTS, html_map.STYLES) == (SCRIPTS, STYLES)


def test_the_perimeter_is_the_page_s():
    assert html_map.PERIMETER_M == map_data.PERIMETER_M
    assert html_map.PERIMETER_PLACES == map_data.PERIMETER_PLACES


def test_sides_have_the_colours_of_the_map():
    style = (STATIC / "incident-map.css").read_text(encoding="utf-8")
    light = style[: style.index('[data-theme="dark"]')]
    assert dict(SIDE_COLOURS) == {side: re.search(rf"--{side}: (#\w+);", light)[1] for side in Side}
    assert list(SIDE_NAMES) == list(SIDES) == list(Side)


def test_every_column_has_an_hxl_tag():
    assert len({hxl_tag(name) for name in EXPORTED}) == len(EXPORTED)


def test_the_page_is_small_and_refuses_every_request():
    content = b"".join(to_html_map(listing_of(store_of({"place": "Tower 22"}))))
    assert len(content) < 1_000_000
    assert b"default-src &#x27;none&#x27;" in content
    assert not re.search(rb"@font-face|url\((?!#)", content[: content.index(b"</style>")])
