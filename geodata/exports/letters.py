"""What a font can write, and which way."""

import re
from functools import cache
from pathlib import Path
from unicodedata import category

import matplotlib as mpl
from matplotlib.ft2font import FT2Font

FACES = {
    style: Path(mpl.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"
    for style, name in {"": "DejaVuSans", "B": "DejaVuSans-Bold"}.items()
}
"""DejaVu Sans, which has Latin, Greek, Cyrillic, Arabic and Hebrew letters, by style."""
_BOX = "\u25a1"
_RIGHT_TO_LEFT = "\u200f"
# fpdf2 2.8 knows two levels of direction: a number among Arabic words in a line of English is the third.
_NUMBER_AMONG_ARABIC = re.compile("[\u0590-\u08ff][^A-Za-z\n]*[0-9]")


def to_letters(text: str) -> str:
    """Return text that the font can write: a letter that it lacks is a box, and marks that show nothing are left out.

    Text with numbers among Arabic or Hebrew words is set from right to left, whatever its first letter is.
    """
    lines = ("".join(map(_letter, line)) for line in re.split(r"\r\n|\r|\n", text))
    written = "\n".join(lines)
    return _RIGHT_TO_LEFT + written if _NUMBER_AMONG_ARABIC.search(written) else written


@cache
def _letter(letter: str) -> str:
    if ord(letter) in _known():
        return letter
    return "" if category(letter) == "Cf" else _BOX


@cache
def _known() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(FT2Font(str(file)).get_charmap()) for file in FACES.values()))
