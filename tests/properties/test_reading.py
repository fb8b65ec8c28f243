import io
import os
import time

import pandas as pd
from builders import REQUIRED, csv_of
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InvalidTableError, Problem
from geodata.incidents.read import Reading, read_batches, read_incidents
from geodata.incidents.schema import COLUMNS, GIVEN, Category, EventType, Precision

NAMES = [column.name for column in (*COLUMNS, *GIVEN)]
CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "2024-02-02", "2024-02-30", "3", "-9", "day", "INC-1", "=1+1", '"', ",", "\n", "a\r\nb", "é"]
    ),
    st.sampled_from([*Category, *EventType, *Precision]),
    st.text(max_size=8),
)
ROWS = st.lists(st.dictionaries(st.sampled_from([*NAMES, "unknown column"]), CELLS, max_size=6), max_size=6)
# Few values a column, right and wrong ones, so that rows repeat each other's.
ALIKE = st.fixed_dictionaries(
    {
        "killed_low": st.sampled_from(["", "1", "x"]),
        "weapon": st.sampled_from(["", "drone", "gun"]),
        "date_latest": st.sampled_from(["2024-02-03", "2024-02-04", "2024-02-01"]),
        "summary": st.sampled_from(["", "a", "b\nc", "\ufffd"]),
    }
)
TABLES = ROWS.map(lambda rows: csv_of(*rows))
PIECES = st.sampled_from(
    [b"\n", b"\r\n", b"\r", b",", b'"', b'""', b"\xff", b"\xe9", b"\x00", b"\xef\xbb\xbf", b"x", b"INC-1"]
)
BYTES = st.one_of(
    st.binary(max_size=200),
    st.lists(PIECES, max_size=30).map(b"".join),
    st.lists(PIECES, max_size=30).map(lambda pieces: ",".join(REQUIRED).encode() + b"\n" + b"".join(pieces)),
    st.tuples(TABLES, st.integers(0, 400), st.binary(max_size=4)).map(lambda t: t[0][: t[1]] + t[2] + t[0][t[1] :]),
)


def read(table: bytes) -> Reading:
    return read_incidents(io.BytesIO(table))


def same(one: Reading, other: Reading) -> None:
    pd.testing.assert_frame_equal(one.incidents, other.incidents)
    pd.testing.assert_frame_equal(one.rejected, other.rejected)
    assert one.problems == other.problems


def read_or_refuse(table: bytes) -> Reading | tuple[Problem, ...]:
    """Return what is read, or the problems for which the table is refused; anything else is an error."""
    try:
        return read(table)
    except InvalidTableError as refusal:
        return refusal.problems


@given(BYTES)
def test_of_any_bytes_every_row_is_accepted_or_rejected_or_the_table_is_refused_in_words(table):
    reading = read_or_refuse(table)
    if not isinstance(reading, Reading):
        assert reading
        return
    assert reading.rows == len(reading.incidents) + len(reading.rejected)
    lines = [*reading.incidents["line"], *reading.rejected["line"]]
    assert len(set(lines)) == len(lines)
    assert all(1 < line <= 1 + table.count(b"\n") + table.count(b"\r") for line in lines)
    assert {problem.line for problem in reading.problems} >= set(reading.rejected["line"])


@given(ROWS)
def test_there_are_as_many_rows_as_were_written(rows):
    assert read(csv_of(*rows)).rows == len(rows)


@given(BYTES)
def test_reading_twice_gives_the_same(table):
    one, other = read_or_refuse(table), read_or_refuse(table)
    if isinstance(one, Reading) and isinstance(other, Reading):
        same(one, other)
    else:
        assert one == other


@settings(max_examples=40)
@given(ROWS)
def test_quoting_line_ends_and_a_byte_order_mark_make_no_difference(rows):
    plain = read(csv_of(*rows))
    same(plain, read(csv_of(*rows, quote_all=True)))
    same(plain, read(csv_of(*rows, line_end="\r\n")))
    same(plain, read(b"\xef\xbb\xbf" + csv_of(*rows)))
    same(plain, read(csv_of(*rows).removesuffix(b"\n")))


@settings(max_examples=40)
@given(st.one_of(ROWS, st.lists(ALIKE, max_size=6)))
def test_no_row_leaks_into_another(rows):
    numbered = [
        dict.fromkeys([*NAMES, "unknown column"], "") | REQUIRED | row | {"incident_id": f"ROW-{number}"}
        for number, row in enumerate(rows)
    ]
    together = by_id(next(read_batches(io.BytesIO(csv_of(*numbered)))))
    alone = [by_id(next(read_batches(io.BytesIO(csv_of(row))))) for row in numbered]
    assert together == {own: cells for reading in alone for own, cells in reading.items()}


def by_id(reading: Reading) -> dict[str, dict[str, str]]:
    """Return what is known of each row, accepted or rejected, but for its line."""
    records = [*reading.incidents.astype("str").to_dict("records"), *reading.rejected.to_dict("records")]
    return {row["incident_id"]: {str(name): cell for name, cell in row.items() if name != "line"} for row in records}


@settings(max_examples=40)
@given(ROWS)
def test_what_was_read_can_be_written_and_read_again(rows):
    once = read(csv_of(*rows)).incidents.drop(columns="line")
    again = read(once.to_csv(index=False, lineterminator="\n").encode()).incidents.drop(columns="line")
    pd.testing.assert_frame_equal(once, again)


@settings(max_examples=40)
@given(ROWS)
def test_the_time_zone_of_the_machine_makes_no_difference(rows):
    readings = []
    try:
        for zone in ("Asia/Baghdad", "UTC", "America/New_York"):
            os.environ["TZ"] = zone
            time.tzset()
            readings.append(read(csv_of(*rows)))
    finally:
        del os.environ["TZ"]
        time.tzset()
    same(readings[0], readings[1])
    same(readings[0], readings[2])
