"""The list as CSV."""

import io
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.csv

from geodata.exports.columns import EXPORTED, to_cells
from geodata.exports.hxl import hxl_tag
from geodata.exports.listing import Listing

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def to_csv(listing: Listing) -> Iterator[bytes]:
    """Yield the rows as CSV in UTF-8 (RFC 4180, LF), the header first.

    Unknown is an empty cell, several values are joined by "; ", and no cell is a formula. The file reads back to the
    same rows.
    """
    yield _line(EXPORTED)
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
    for batch in listing.batches():
        buffer = io.BytesIO()
        pyarrow.csv.write_csv(pa.table({name: to_cells(batch[name]) for name in EXPORTED}), buffer, options)
        yield buffer.getvalue()


def to_excel_csv(listing: Listing) -> Iterator[bytes]:
    """Yield the same, after the mark by which Excel knows UTF-8."""
    yield _BYTE_ORDER_MARK
    yield from to_csv(listing)


def to_hxl_csv(listing: Listing) -> Iterator[bytes]:
    """Yield the same, with a row of HXL tags (1.1) under the header."""
    lines = to_csv(listing)
    yield next(lines)
    yield _line([hxl_tag(name) for name in EXPORTED])
    yield from lines


def _line(cells: tuple[str, ...] | list[str]) -> bytes:
    return (",".join(cells) + "\n").encode()
