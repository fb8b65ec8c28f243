"""The list as an Excel workbook."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import chain
from typing import Any, TypeAlias

import xlsxwriter

from geodata.errors import GeodataError
from geodata.exports.citation import describe_terms
from geodata.exports.columns import EXPORTED, EXPORTED_COLUMNS
from geodata.exports.listing import Listing
from geodata.exports.reading import HOW_TO_READ
from geodata.exports.statements import CLAIM, SOURCE, claims_of, sources_of
from geodata.exports.words import describe_listing

Sheet: TypeAlias = Any
MOST_ROWS = 1_048_575
LONGEST_TEXT = 32_767
_PART = 1 << 20
_WIDE = {"summary": 60, "sources": 30, "flag_reason": 40, "reason": 40, "place": 22, "actor": 26, "target": 30}
_FIXED = datetime(1980, 1, 1)  # noqa: DTZ001, a workbook's times have no zone; the same file at any time of day


def to_xlsx(listing: Listing) -> Iterator[bytes]:
    """Yield a workbook: the rows with dates and numbers as such, a sheet each of sources, claims and columns.

    No cell is a formula; text that looks like one is marked as text, so that it stays text when it is edited.

    Raises
    ------
    GeodataError
        If a sheet cannot hold all incidents, or a cell its text.
    """
    listing.refuse_more_than(MOST_ROWS, "a sheet")
    buffer = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": "Incidents", "created": _FIXED})
        _Writer(book).write(listing)
    buffer.seek(0)
    while part := buffer.read(_PART):
        yield part


class _Writer:
    """Writes sheets, with the formats that the cells need."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401, the library has no types
        self.book = book
        self.bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.quoted = book.add_format({"quote_prefix": True})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def write(self, listing: Listing) -> None:
        incidents = _Series(self, "Incidents", EXPORTED, [_WIDE.get(name, 14) for name in EXPORTED])
        sources = _Series(self, "Sources", SOURCE, [14, 40, 30, 8])
        claims = _Series(self, "Claims", CLAIM, [14, 14, 50, 40])
        for batch in listing.batches():
            for row in batch.select([*EXPORTED]).to_pylist():
                incidents.add(list(row.values()))
                for told in sources_of(row):
                    sources.add(told)
                for told in claims_of(row):
                    claims.add(told)
        incidents.sheet.autofilter(0, 0, max(incidents.rows, 1), len(EXPORTED) - 1)
        self._explain(listing)

    def _explain(self, listing: Listing) -> None:
        about = self.add_sheet("How to read", ("How to read this list", ""), [24, 110])
        pairs = chain(describe_listing(listing), describe_terms(listing), HOW_TO_READ)
        for number, (name, meaning) in enumerate(pairs, start=1):
            about.write_string(number, 0, name, self.wrapped)
            about.write_string(number, 1, meaning, self.wrapped)
        columns = self.add_sheet("Columns", ("column", "kind", "meaning", "words"), [24, 10, 90, 60])
        for number, column in enumerate(EXPORTED_COLUMNS, start=1):
            self.write_row(columns, number, [column.name, column.kind, column.meaning, ", ".join(column.words)])

    def add_sheet(self, name: str, header: Sequence[str], widths: Sequence[int]) -> Sheet:
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for number, (title, width) in enumerate(zip(header, widths, strict=True)):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, title, self.bold)
        return sheet

    def write_row(self, sheet: Sheet, number: int, cells: Sequence[Any]) -> None:
        for column, value in enumerate(cells):
            if isinstance(value, str):
                self._text(sheet, number, column, value)
            elif isinstance(value, datetime | date):
                sheet.write_datetime(number, column, value, self.date)
            elif value is not None:
                sheet.write_number(number, column, value)

    def _text(self, sheet: Sheet, number: int, column: int, value: str) -> None:
        if not value:
            return
        if len(value) > LONGEST_TEXT:
            raise GeodataError(f"row {number} has a text of more than {LONGEST_TEXT} characters: export it as CSV")
        sheet.write_string(number, column, value, self.quoted if value[0] in "=+-@\t\r\n'＝＋－＠" else None)


class _Series:
    """Rows that go on in another sheet when one is full."""

    def __init__(self, writer: _Writer, name: str, header: Sequence[str], widths: Sequence[int]) -> None:
        self._writer, self._name, self._of_each = writer, name, (header, widths)
        self._sheets, self.rows = 1, 0
        self.sheet = writer.add_sheet(name, *self._of_each)

    def add(self, cells: Sequence[Any]) -> None:
        """Write one more row."""
        if self.rows == MOST_ROWS:
            self._sheets, self.rows = self._sheets + 1, 0
            self.sheet = self._writer.add_sheet(f"{self._name} {self._sheets}", *self._of_each)
        self.rows += 1
        self._writer.write_row(self.sheet, self.rows, cells)
