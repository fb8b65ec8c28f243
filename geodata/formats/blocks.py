"""Rows of any sort of file as blocks of text."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import partial
from itertools import islice
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.tables.rows import Block

BLOCK_ROWS = 10_000
Values: TypeAlias = Any
"""An array of Arrow, whose stubs know less than it can do."""


def blocks_of_rows(rows: Iterable[tuple[int, Sequence[str]]], width: int) -> Iterator[Block]:
    """Yield rows of text, each with its line, in blocks; at least one. Rows without any text are none."""
    filled = ((line, cells) for line, cells in rows if any(cell.strip() for cell in cells))
    first = True
    while part := list(islice(filled, BLOCK_ROWS)):
        yield _block([cells for _, cells in part], [line for line, _ in part], width)
        first = False
    if first:
        yield _block([], [], width)


def block_of_arrow(table: pa.Table, first_line: int) -> Block:
    """Return rows of typed columns as text; unknown is blank."""
    texts: list[Values] = [to_text(column) for column in table.columns]
    cells = pa.table({str(number): text for number, text in enumerate(texts)})
    line = first_line + np.arange(table.num_rows)
    filled = np.zeros(table.num_rows, dtype=bool)
    for text in texts:
        filled |= pc.not_equal(pc.utf8_trim_whitespace(text), pa.scalar("")).to_numpy()
    if not filled.all():
        cells, line = cells.filter(pa.array(filled)), line[filled]
    return Block(cells=cells, line=line, broken=())


def to_text(column: Values) -> Values:
    """Return a column as it would stand in a CSV: days as 2024-05-31, numbers without exponents, lists with "; "."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_timestamp(column.type) or pa.types.is_date64(column.type):
        column = _days_where_midnight(column)
    if pa.types.is_floating(column.type):
        text: Values = _floats_to_text(column)
    elif pa.types.is_nested(column.type) or pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        text = pa.chunked_array([pa.array([cell_to_text(value) for value in column.to_pylist()], pa.string())])
    else:
        text = column.cast(pa.string())
    return pa.chunked_array([pc.fill_null(text, "").combine_chunks()]) if text.null_count else text


def cell_to_text(value: Any) -> str:  # noqa: ANN401, whatever a cell of a file may be
    """Return one value as it would stand in a CSV."""
    if value is None:
        return ""
    return next((write(value) for kind, write in _WRITTEN if isinstance(value, kind)), str(value))


def number_to_text(value: float) -> str:
    """Return a number without an exponent, a whole one without a fraction; "" when it is none."""
    return np.format_float_positional(value, trim="-") if np.isfinite(value) else ""


def _moment_to_text(moment: datetime) -> str:
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(sep=" ")


def _list_to_text(values: list[Any]) -> str:
    return "; ".join(map(cell_to_text, values))


# The first that fits: a moment is a day, and yes or no is a number, too.
_WRITTEN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (str, str),
    (bool, lambda value: "true" if value else "false"),
    (float, number_to_text),
    (datetime, _moment_to_text),
    (date, date.isoformat),
    (list, _list_to_text),
    (dict, partial(json.dumps, ensure_ascii=False, default=str)),
    (bytes, bytes.hex),
)


def _floats_to_text(column: Values) -> Values:
    finite = pc.if_else(pc.is_finite(column), column, pa.scalar(None, column.type))
    written = finite.cast(pa.string())
    if not pc.any(pc.match_substring(written, "e")).as_py():
        return written
    return pa.chunked_array([pa.array([cell_to_text(value) for value in finite.to_pylist()], pa.string())])


def _days_where_midnight(column: Values) -> Values:
    days = column.cast(pa.date32(), safe=False)
    return days if pc.all(pc.equal(days.cast(column.type), column)).as_py() is not False else column


def _block(rows: Sequence[Sequence[str]], lines: Sequence[int], width: int) -> Block:
    columns: Values = {
        str(number): pa.chunked_array(
            [pa.array([row[number] if number < len(row) else "" for row in rows], pa.string())]
        )
        for number in range(width)
    }
    return Block(cells=pa.table(columns), line=np.array(lines, dtype=np.int64), broken=())
