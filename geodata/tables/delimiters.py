"""What may separate the cells of a text."""

from collections.abc import Mapping
from types import MappingProxyType

DELIMITERS: Mapping[str, str] = MappingProxyType({",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"})
"""What each is called; of several that may be meant, the first."""
