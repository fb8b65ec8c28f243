"""The list as CSV."""

import io
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.csv

from geodata.exports.columns import EXPORTED, inert


def to_csv(batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """Yield the rows as CSV in UTF-8 (RFC 4180, LF), the header first.

    Parameters
    ----------
    batches
        Rows as `geodata.store.queries.stream_rows` yields them; their order is kept.
        Unknown is an empty cell. The file reads back to the same rows.
    """
    yield (",".join(f'"{name}"' for name in EXPORTED) + "\n").encode()
    options = pyarrow.csv.WriteOptions(include_header=False)
    for batch in batches:
        buffer = io.BytesIO()
        pyarrow.csv.write_csv(pa.table({name: _cells(batch[name]) for name in EXPORTED}), buffer, options)
        yield buffer.getvalue()


def _cells(column: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.date32())
    return inert(column) if pa.types.is_string(column.type) or pa.types.is_large_string(column.type) else column
