import io

import pytest

from geodata.errors import InvalidTableError
from geodata.tables import chunks
from geodata.tables.rows import read_rows


def read(text: bytes) -> tuple[list[tuple[int, list[str]]], list[tuple[int, tuple[str, ...], str]]]:
    """Return the whole rows with their lines, and the broken ones."""
    _, blocks = read_rows(io.BytesIO(text), "t.csv")
    whole, broken = [], []
    for block in blocks:
        texts = zip(*(column.to_pylist() for column in block.cells.columns), strict=True)
        whole += zip(block.line.tolist(), map(list, texts), strict=True)
        broken += [(row.line, row.cells, row.reason) for row in block.broken]
    return whole, broken


def refuse(text: bytes) -> str:
    with pytest.raises(InvalidTableError) as caught:
        read(text)
    return str(caught.value)


def test_a_row_after_a_cell_with_line_breaks_keeps_its_line():
    whole, _ = read(b'a,b\n1,"x\ny\r\nz\r"\n2,w\n')
    assert whole == [(2, ["1", "x\ny\r\nz\r"]), (6, ["2", "w"])]


def test_blank_lines_and_lines_of_commas_are_no_rows_but_count_as_lines():
    whole, broken = read(b"a,b\n\n,\n1,2\n \n3,4")
    assert (whole, broken) == ([(4, ["1", "2"]), (6, ["3", "4"])], [])


def test_a_row_with_too_few_or_too_many_cells_is_set_aside_with_its_line_and_cells():
    whole, broken = read(b"a,b\n1\n2,3\n4,5,6\n")
    assert whole == [(3, ["2", "3"])]
    assert broken == [
        (2, ("1",), "has 1 cell instead of 2: add the missing ones, blank where unknown"),
        (4, ("4", "5", "6"), 'has 3 cells instead of 2: put each cell that holds a comma in quotation marks (")'),
    ]


def test_a_row_that_is_too_short_over_several_lines_moves_the_lines_of_the_next_rows():
    whole, broken = read(b'a,b\n"x\ny"\n1,2\n')
    assert [line for line, *_ in broken] == [2]
    assert whole == [(4, ["1", "2"])]


def test_windows_and_old_mac_line_ends_are_line_ends():
    assert read(b"a,b\r\n1,2\r\n3,4\r\n")[0] == [(2, ["1", "2"]), (3, ["3", "4"])]
    assert read(b"a,b\r1,2\r3,4\r")[0] == [(2, ["1", "2"]), (3, ["3", "4"])]


def test_faults_of_a_table_with_old_mac_line_ends_have_their_lines():
    whole, broken = read(b'a,b\r1,2\r3,"x"y\r')
    assert whole == [(2, ["1", "2"])]
    assert [line for line, *_ in broken] == [3]
    assert "line 3: a quotation mark" in refuse(b'a,b\r1,2\r3,"x\r')


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    header, _ = read_rows(io.BytesIO(b"\xef\xbb\xbfa,b\n"), "t.csv")
    assert header.names == ("a", "b")


def test_a_header_below_blank_lines_knows_its_line():
    header, blocks = read_rows(io.BytesIO(b"\n ,\n\na,b\n1,2\n"), "t.csv")
    assert (header.names, header.line) == (("a", "b"), 4)
    assert [block.line.tolist() for block in blocks] == [[5]]


def test_a_header_cell_may_be_quoted_and_hold_line_breaks():
    header, blocks = read_rows(io.BytesIO(b'a,"b\r\nc"\n1,2\n'), "t.csv")
    assert header.names == ("a", "b\r\nc")
    assert [block.line.tolist() for block in blocks] == [[3]]


def test_a_table_of_a_header_only_has_no_rows():
    assert read(b"a,b") == ([], [])


def test_quotation_marks_inside_an_unquoted_cell_are_text():
    assert read(b'a,b\n1,the "axis"\n')[0] == [(2, ["1", 'the "axis"'])]


def test_doubled_quotation_marks_are_one():
    assert read(b'a,b\n1,"say ""x"", y"\n2,""\n')[0] == [(2, ["1", 'say "x", y']), (3, ["2", ""])]


def test_a_row_swallowed_by_a_forgotten_quotation_mark_is_never_read_as_good():
    # The mark that is missing in line 2 is found in line 3, with the right number of cells between.
    whole, broken = read(b'a,b,c\n1,"x,2\n3,"y",4\n5,z,6\n')
    assert whole == [(4, ["5", "z", "6"])]
    assert [(line, reason.partition(":")[0]) for line, _, reason in broken] == [
        (2, "text follows a closing quotation mark")
    ]


def test_a_misplaced_quotation_mark_explains_a_wrong_number_of_cells():
    _, broken = read(b'a,b\n1,"x"y,"z"\n')
    assert [reason.partition(":")[0] for *_, reason in broken] == ["text follows a closing quotation mark"]


def test_a_quotation_mark_that_is_never_closed_is_told_with_the_line_where_it_opens():
    assert refuse(b'a,b\n1,2\n3,"x\n4,5\n').startswith(
        't.csv: 1 problem\n  line 3: a quotation mark (") opened here is never closed'
    )


def test_a_quotation_mark_that_is_never_closed_is_told_before_the_whole_file_is_in_memory(monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 16)
    monkeypatch.setattr(chunks, "MOST_ROW_BYTES", 64)
    source = io.BytesIO(b'a,b\n1,"x\n' + b"2,3\n" * 1000)
    with pytest.raises(InvalidTableError, match="line 2"):
        list(read_rows(source, "t.csv")[1])
    assert source.tell() < 200


def test_a_row_without_end_is_told_before_the_whole_file_is_in_memory(monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 16)
    monkeypatch.setattr(chunks, "MOST_ROW_BYTES", 64)
    source = io.BytesIO(b"a,b\n1,2\n" + b"x" * 1000)
    with pytest.raises(InvalidTableError, match="line 3: the row that begins here is too long"):
        list(read_rows(source, "t.csv")[1])
    assert source.tell() < 200


def test_bytes_that_are_not_utf8_arrive_marked_also_in_broken_rows():
    whole, broken = read(b"a,b\n1,caf\xe9\n\xff\n")
    assert whole == [(2, ["1", "caf\ufdd0e9"])]
    assert [cells for _, cells, _ in broken] == [("\ufdd0ff",)]


@pytest.mark.parametrize("size", range(1, 100, 3))
def test_the_size_of_the_chunks_makes_no_difference(monkeypatch, size):
    text = b'a,b\r\n1,"x\r\ny"\r\n\r\n2\r\n3,"say ""z"""\r\n4,\xc3\xa9\r\n5,"q"r\r\n6,7'
    expected = read(text)
    monkeypatch.setattr(chunks, "CHUNK_BYTES", size)
    assert read(text) == expected


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04 rest", "this is an Excel workbook or a ZIP archive renamed .csv"),
        (b"\xd0\xcf\x11\xe0 rest", "this is an old Excel workbook renamed .csv"),
        (b"%PDF-1.7", "this is a PDF renamed .csv"),
        (b"\x1f\x8b rest", "this is a gzip archive"),
        (b"PAR1 rest", "this is a Parquet file"),
        ("a,b\n1,2\n".encode("utf-16"), "this is UTF-16 text"),
        ("a,b\n1,2\n".encode("utf-16-le"), "this is UTF-16 text"),
        ("عين,b\n".encode("utf-16"), "this is UTF-16 text"),
        (b"\n\n,\n", "there is no header"),
        (b"\xef\xbb\xbf", "there is no header"),
        (b"a;b\n1;2\n", "the columns are separated by semicolons"),
        (b"a\tb\n1\t2\n", "the columns are separated by tabs"),
        (b"a|b\n1|2\n", "the columns are separated by bars"),
    ],
)
def test_what_is_no_comma_separated_text_is_named(start, words):
    assert refuse(start).startswith(f"t.csv: 1 problem\n  line 1: {words}")
