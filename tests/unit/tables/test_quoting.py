import csv
import io

import pytest

from geodata.tables.quoting import scan_quotes


def turns(text: bytes) -> tuple[list[int], tuple[int, ...]]:
    quoting = scan_quotes(text)
    return quoting.turns.tolist(), quoting.misplaced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"a,b\n", ([], ())),
        (b'"a",b\n', ([0, 2], ())),
        (b'a,"b"', ([2, 4], ())),
        (b'"a\r\n","b"\r\n', ([0, 4, 6, 8], ())),
        (b'a "b",c\n', ([], ())),
        (b'"a"b,c\n', ([0, 2], (2,))),
        (b'"a"b"c",d\n', ([0, 2], (2,))),
        (b'"a\n', ([0], ())),
        (b'"a"b\n"c",d\r"e"', ([0, 2, 5, 7, 11, 13], (2,))),
    ],
)
def test_quoted_cells_open_and_close_where_the_reader_says(text, expected):
    assert turns(text) == expected


@pytest.mark.parametrize("text", [b'"a ""b"" c",d\n', b'"""a""",b\n', b'"",""\n', b'"""",b\n'])
def test_doubled_marks_never_leave_the_cell_open(text):
    quoting = scan_quotes(text)
    assert quoting.misplaced == ()
    assert quoting.opened_before(len(text)) is None
    assert len(next(csv.reader(io.StringIO(text.decode())))) == 2


def test_the_opening_mark_is_known_at_each_position_inside_a_quoted_cell():
    quoting = scan_quotes(b'a,"b\nc",d\n')
    assert [quoting.opened_before(position) for position in (2, 3, 5, 7, 9)] == [None, 2, 2, None, None]
