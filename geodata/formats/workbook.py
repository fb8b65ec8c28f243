"""Workbooks of Excel and LibreOffice."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from geodata.errors import InvalidTableError, Problem, shown
from geodata.formats.blocks import blocks_of_rows, cell_to_text
from geodata.formats.contents import Contents
from geodata.formats.protected import is_protected
from geodata.tables.header import NO_HEADER, Header

_OURS = "Incidents"
_PROTECTED = "the workbook is protected by a password: save it without one"
_DAMAGED = (
    "this is an old Office file or a workbook that cannot be opened: save its table as .xlsx in a spreadsheet program"
)
_HIDDEN = "only hidden sheets hold anything: show the one with the incidents, and save the workbook again"
_HEADER_WITHIN = 20


def read_workbook(file: BinaryIO, name: str) -> Contents:
    """Return the rows of a workbook's first sheet with anything in it, or of the one called `Incidents`.

    The header is the first row that fills half of the widest ones; titles may stand above it. Lines are those of the
    sheet.

    Raises
    ------
    InvalidTableError
        If it is protected, damaged or empty.
    """
    try:
        book = CalamineWorkbook.from_filelike(file)
        sheet, others = _choose(book)
        start = list(islice(sheet.iter_rows(), (sheet.start or (0, 0))[0] + _HEADER_WITHIN))
    except (CalamineError, OSError, ValueError) as error:
        # A password is told by calamine only of a file whose name it knows.
        reason = _PROTECTED if is_protected(file) else _DAMAGED
        raise InvalidTableError(name, [Problem(line=1, reason=reason)]) from error
    top = _find_header(start)
    if top is None:
        hidden = any(book.get_sheet_by_name(sheet).height for sheet in book.sheet_names)
        raise InvalidTableError(name, [Problem(line=1, reason=_HIDDEN if hidden else NO_HEADER)])
    names = tuple(cell_to_text(value).strip() for value in start[top])
    line = top + 1
    told = f"only the sheet {shown(sheet.name)} is read, not {shown(', '.join(others))}" if others else ""
    return Contents(
        header=Header(names=names, line=line, records=line),
        blocks=blocks_of_rows(_rows(sheet, below=line), len(names)),
        container=f"workbook, sheet {sheet.name}",
        notice=told,
    )


def _choose(book: CalamineWorkbook) -> tuple[CalamineSheet, list[str]]:
    """Return the sheet to read, and the names of the other ones that show anything."""
    visible = [about.name for about in book.sheets_metadata if about.visible == SheetVisibleEnum.Visible]
    filled = [name for name in visible if book.get_sheet_by_name(name).height] or book.sheet_names[:1]
    chosen = _OURS if _OURS in filled else filled[0]
    return book.get_sheet_by_name(chosen), [] if chosen == _OURS else [name for name in filled if name != chosen]


def _find_header(rows: Sequence[Sequence[Any]]) -> int | None:
    filled = [sum(bool(cell_to_text(value).strip()) for value in row) for row in rows]
    if not any(filled):
        return None
    return next(number for number, cells in enumerate(filled) if cells * 2 >= max(filled) and cells)


def _rows(sheet: CalamineSheet, *, below: int) -> Iterator[tuple[int, list[str]]]:
    for line, row in enumerate(sheet.iter_rows(), start=1):
        if line > below:
            yield line, [cell_to_text(value) for value in row]
