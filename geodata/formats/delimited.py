"""Text files with a delimiter: CSV, TSV and their like."""

import csv
import io
from typing import Any, BinaryIO

from geodata.formats.contents import Contents
from geodata.formats.detect import is_canonical
from geodata.formats.encodings import Transcoded, encoding_in_words, find_encoding
from geodata.tables.delimiters import DELIMITERS
from geodata.tables.rows import read_rows

_SAMPLE = 1 << 16
_BYTE_ORDER_MARK = "\ufeff"


def read_delimited(file: BinaryIO, name: str) -> Contents:
    """Return the rows of a text file, its encoding and delimiter found out.

    A table in our own columns and with commas is held to UTF-8: its faulty cells are told one by one.

    Raises
    ------
    InvalidTableError
        If it is no table.
    """
    encoding = find_encoding(file)
    start = file.read(_SAMPLE).decode(encoding, errors="replace").removeprefix(_BYTE_ORDER_MARK)
    file.seek(0)
    delimiter = find_delimiter(start)
    if encoding.startswith("cp") and is_canonical(_header(start, delimiter)):
        encoding = "utf-8"
    text: Any = file if encoding == "utf-8" else Transcoded(file, encoding)
    header, blocks = read_rows(text, name, delimiter)
    return Contents(
        header=header,
        blocks=blocks,
        container="TSV" if delimiter == "\t" else "CSV",
        encoding=encoding_in_words(encoding),
        delimiter=f"{DELIMITERS[delimiter]}s",
        inert=True,
    )


def find_delimiter(start: str) -> str:
    """Return what separates the cells of a text: that by which its header has the most of them, else a comma."""
    return max(DELIMITERS, key=lambda delimiter: len(_header(start, delimiter)))


def _header(start: str, delimiter: str) -> list[str]:
    rows = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
    try:
        return next((row for row in rows if any(cell.strip() for cell in row)), [])
    except csv.Error:
        return []
