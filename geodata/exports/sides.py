"""The names and colours of the sides in files; those of the dashboard's map, which a test keeps equal."""

from collections.abc import Mapping
from types import MappingProxyType

SIDE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "iran-and-allies": "Iran and allies",
        "us-led-coalition": "US-led coalition",
        "israel": "Israel",
        "iraq": "Iraq",
        "islamic-state": "Islamic State",
        "other": "Other",
        "unknown": "Unknown",
    }
)
SIDE_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "iran-and-allies": "#d55e00",
        "us-led-coalition": "#0072b2",
        "israel": "#a4508b",
        "iraq": "#00805d",
        "islamic-state": "#3b3b3b",
        "other": "#a37b00",
        "unknown": "#6b747c",
    }
)
