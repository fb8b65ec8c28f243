"""What a file holds, before anybody knows what it means: a header and rows of text."""

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.tables.header import Header
from geodata.tables.rows import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The rows of a file as text.

    Attributes
    ----------
    blocks
        Read as they are asked for, once. A row of a file without lines is on the line that it would have as CSV.
    container
        What sort of file it is: "CSV", "Excel workbook".
    encoding, delimiter
        In words; blank where the sort of file leaves no choice.
    inert
        Text that a spreadsheet would take for a formula may bear an apostrophe, as in our exports as CSV.
    notice
        What of the file is not read, a sentence or blank.
    """

    header: Header
    blocks: Iterable[Block]
    container: str
    encoding: str = ""
    delimiter: str = ""
    inert: bool = False
    notice: str = ""

    @property
    def described(self) -> str:
        """Return how the file is written, in words."""
        separated = f"separated by {self.delimiter}" if self.delimiter else ""
        return ", ".join(filter(None, (self.container, separated, self.encoding)))
