"""Every sentence and label of the downloads."""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.text import number, plural

WITH_MANIFEST = "With manifest and citation (ZIP)"
WHY_MANIFEST = (
    "Beside the file: its filter, counts, inputs, licences and hashes, from which anybody can make it again to the "
    "byte, and a citation to paste."
)
WHY_HELD_BACK = (
    "Rows that are marked as sensitive, or whose provider's terms forbid to pass them on. They are shown here; "
    "who takes them away answers for it."
)
COARSENINGS: Mapping[str, str] = MappingProxyType(
    {
        "": "as exact as they are known",
        "25km": "moved to a grid of 25 km",
        "town": "moved to the nearest town",
        "province": "moved to the middle of the province",
    }
)
WHY_COARSER = (
    "For publication: vaguer points endanger nobody. The uncertainty of each grows with it, the manifest says that it "
    "was done, and the names of places stay."
)


def held_back(count: int) -> str:
    """Return how many rows downloads leave out."""
    return f"{plural(count, 'row')} held back"


def what_is_taken(rows: int, held: int, *, confirmed: bool, coarsen: str, bundled: bool) -> str:
    """Return what a file will hold, by the choices made for it."""
    told = [f"{plural(rows, 'row')}, as the table lists them: those without a place are included."]
    if held:
        fate = f"{plural(held, 'row')} taken along, otherwise held back," if confirmed else f"{held_back(held)},"
        told.append(f"{fate} because of what they tell or of their provider's terms.")
    if coarsen:
        told.append(f"Points are {COARSENINGS[coarsen]}.")
    if bundled:
        told.append("Manifest and citation come with it, in a ZIP.")
    return " ".join(told)


def too_many(most: int) -> str:
    """Return why a list cannot be had in a format that holds so many rows."""
    return f"This format holds at most {number(most)} rows: narrow the filters."


def include_held_back(count: int) -> str:
    """Return what a switch says that lets downloads hold all rows."""
    return f"Include {plural(count, 'row')} held back"
