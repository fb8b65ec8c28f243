"""Colours and signs: colour is the side, fill is who says so, extent is how well the place is known.

The colours are Okabe and Ito's, told apart by colour-blind readers; the dark theme has lighter ones of the same hues.
`web/static/incident-map.css` holds the same ones for the map; a test keeps them equal.
"""

from collections.abc import Mapping
from types import MappingProxyType

SIDE_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "iran-and-allies": "orange",
        "us-led-coalition": "blue",
        "israel": "violet",
        "iraq": "green",
        "islamic-state": "",
        "other": "yellow",
        "unknown": "gray",
    }
)
