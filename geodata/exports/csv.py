"""The list as CSV."""

import io
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.csv

from geodata.exports.columns import EXPORTED, to_cells


def to_csv(batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """Yield the rows as CSV in UTF-8 (RFC 4180, LF), the header first.

    Parameters
    ----------
    batches
        Rows as `geodata.store.queries.stream_rows` yields them; their order is kept.
        Unknown is an empty cell. The file reads back to the same rows.
    """
    yield (",".join(EXPORTED) + "\n").encode()
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
    for batch in batches:
        buffer = io.BytesIO()
        pyarrow.csv.write_csv(pa.table({name: to_cells(batch[name]) for name in EXPORTED}), buffer, options)
        yield buffer.getvalue()
