import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from builders import csv_of
from exporting import WRITTEN, listing_of, reread, store_of
from opening import opened, read, refusal

from geodata.exports.formats import FORMATS

HERE = Path(__file__).parent
PLAIN = csv_of({"place": "البرج 22", "summary": "é; a, b\tc|d"}, {"killed_low": "3"})


def in_zip(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(".".join(name.rsplit("_", 1)), content)
    return file.getvalue()


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file.getvalue()


def cells_of(content: bytes) -> list[list[str]]:
    rows = [line.split(",") for line in content.decode().splitlines()]
    assert len({len(row) for row in rows}) == 1
    return rows


@pytest.mark.parametrize(
    ("write", "described"),
    [
        (lambda text: text.encode(), "CSV, separated by commas, UTF-8"),
        (lambda text: text.encode("utf-8-sig"), "CSV, separated by commas, UTF-8"),
        (lambda text: text.encode("utf-16"), "CSV, separated by commas, UTF-16"),
        (lambda text: text.encode("utf-16-le"), "CSV, separated by commas, UTF-16"),
        (lambda text: text.encode("utf-16-be"), "CSV, separated by commas, UTF-16"),
        (lambda text: text.encode("utf-32"), "CSV, separated by commas, UTF-32"),
        (lambda text: gzip.compress(text.encode()), "CSV in gzip, separated by commas, UTF-8"),
        (lambda text: in_zip(a_csv=text.encode(), readme_md=b"x"), "CSV in ZIP, a.csv, separated by commas, UTF-8"),
    ],
)
def test_a_text_is_the_same_in_any_encoding_and_packing(write: Callable[[str], bytes], described):
    content = write(PLAIN.decode())
    assert opened(content).written == described
    pd.testing.assert_frame_equal(read(content).incidents, read(PLAIN).incidents)


@pytest.mark.parametrize(("delimiter", "called"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_a_text_is_the_same_with_any_delimiter(delimiter, called):
    plain = csv_of({"place": "Tower 22", "summary": 'a "b"\nc'}, {"summary": "d"})
    header, rest = plain.decode().split("\n", 1)
    other = header.replace(",", delimiter) + "\n" + rest.replace(",", delimiter)
    assert f"separated by {called}" in opened(other.encode()).written
    pd.testing.assert_frame_equal(read(other.encode()).incidents, read(plain).incidents)


def test_a_delimiter_inside_quotation_marks_is_text_and_a_broken_row_is_told():
    table = b'incident_id;date_earliest;date_latest;place;category\n"a;1";;;"x;y";kinetic\nb;;;z\nc;;;"z"z;kinetic\n'
    reading = read(table)
    assert [problem.reason.split(":")[0] for problem in reading.problems] == [
        "must be one id, without a semicolon",
        "has 4 cells instead of 5",
        "text follows a closing quotation mark",
    ]
    assert [problem.line for problem in reading.problems] == [2, 3, 4]


@pytest.mark.parametrize(("delimiter", "called"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_a_row_with_too_many_cells_is_told_by_the_delimiter_that_the_table_has(delimiter, called):
    table = "incident_id,date_earliest,date_latest,place,category\na,,,x,y,kinetic\n".replace(",", delimiter)
    (problem,) = read(table.encode()).problems
    assert problem.reason == f'has 6 cells instead of 5: put each cell that holds a {called} in quotation marks (")'


@pytest.mark.parametrize("form", ["csv", "geojson", "parquet", "gpkg", "xlsx"])
def test_what_we_exported_reads_back_to_the_same_rows(form):
    rows = (
        {"place": "Mafraq", "summary": "'=1+1", "killed_low": "3", "given_lon": "0.0000001", "given_lat": "2"},
        {"place": "Nowhere", "date_earliest": "", "date_latest": "", "actor": "\r\n  é البرج"},
        {"given_lon": "1.5", "given_lat": "-2", "summary": "=1", "sources": "a:1; b:2"},
    )
    store = store_of(*rows)
    expected = reread(b"".join(FORMATS["csv"].write(listing_of(store))))
    reading = read(b"".join(FORMATS[form].write(listing_of(store))))
    assert reading.problems == ()
    pd.testing.assert_frame_equal(reading.incidents[WRITTEN].sort_values("incident_id", ignore_index=True), expected)


def test_types_of_a_parquet_file_are_written_as_in_a_csv():
    frame = pd.DataFrame(
        {
            "incident_id": ["a", "b"],
            "date_earliest": pd.to_datetime(["2024-02-02", None]),
            "date_latest": pd.to_datetime(["2024-02-03", None]),
            "place": pd.Categorical(["x", "y"]),
            "category": "kinetic",
            "killed_best": [3.0, None],
            "given_lon": [1e-7, None],
            "given_lat": [2.5, None],
            "sources": [["a", "b"], []],
        }
    )
    file = io.BytesIO()
    frame.to_parquet(file)
    reading = read(file.getvalue())
    assert reading.problems == ()
    first = reading.incidents.iloc[0]
    assert (first["killed_best"], first["given_lon"], first["sources"]) == (3, 1e-7, "a; b")
    assert reading.incidents["date_precision"].tolist() == ["range", "unknown"]


def test_the_lines_of_a_workbook_are_those_of_its_sheet_and_titles_may_stand_above():
    rows = cells_of(csv_of({}, {"category": "odd"}))
    reading = read(workbook(("Sheet1", [["Attacks of 2024"], [], *rows])))
    assert (reading.incidents["line"].tolist(), reading.rejected["line"].tolist()) == ([4], [5])


def test_the_first_sheet_with_anything_in_it_is_read_and_the_others_are_named():
    rows = cells_of(csv_of({}))
    table = opened(workbook(("Empty", []), ("Mine", rows), ("Notes", [["x"]])))
    assert table.written == "workbook, sheet Mine"
    assert [problem.reason for problem in table.problems] == ["only the sheet Mine is read, not Notes"]


def test_dates_and_numbers_of_a_workbook_are_written_as_in_a_csv():
    header = [
        "incident_id",
        "date_earliest",
        "date_latest",
        "place",
        "category",
        "killed_low",
        "given_lon",
        "given_lat",
    ]
    day = pd.Timestamp("2024-02-02").to_pydatetime()
    reading = read(workbook(("a", [header, [1, day, day, "x", "kinetic", 3, 1.5, -2.25]])))
    assert reading.problems == ()
    row = reading.incidents.iloc[0]
    assert (row["incident_id"], row["date_latest"], row["killed_low"], row["given_lat"]) == ("1", day, 3, -2.25)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "there is no header"),
        (b"%PDF-1.7\n", "this is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "this is a picture"),
        (b"\xff\xd8\xff\xe0", "this is a picture"),
        (b"<!DOCTYPE html><html>", "this is a web page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>', "this is a web page or another document in markup"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "this is an old Office file or a workbook that cannot be opened",
        ),
        (b"PK\x03\x04", "this is an Excel workbook or a ZIP archive that is damaged"),
        (in_zip(), "this is a ZIP archive that should hold one table, and holds none"),
        (in_zip(a_csv=b"x", b_csv=b"y"), "this is a ZIP archive that should hold one table, and holds a.csv, b.csv"),
        (gzip.compress(PLAIN)[:-12], "this is a packed file that is damaged"),
        (b"\x1f\x8b\x08\x00", "this is a packed file that is damaged"),
        (b"PAR1" + bytes(40), "this is a Parquet file that is damaged"),
        (b"SQLite format 3\x00" + bytes(100), "this is a SQLite file, but no GeoPackage"),
        (b'{"type": "Feature"}', "this is JSON, but no GeoJSON"),
        (b'{"features": [1]}', "this is JSON, but no GeoJSON"),
        (b"[1, 2]", "this is JSON, but no GeoJSON"),
        (b'{"features": [{"properties": {"a": 1}}', "this is JSON that breaks off"),
        (b"{oops", "this is JSON that breaks off"),
        (b'{"features": []}', "this is JSON, but no GeoJSON FeatureCollection with anything in it"),
        (b'{"properties": {"a": 1}}\n{"properties": {"a": 2}}\n', "this is a JSON document on each line"),
        (b"<!-- saved -->\n<html>", "this is a web page"),
        (b"\n<table><tr><td>a</td></tr></table>", "this is a web page"),
        (in_zip(word_xml=b"", **{"[Content_Types]_xml": b""}), "this is a document of another kind and no table"),
        (in_zip(mimetype=b"application/vnd.oasis.opendocument.text"), "this is a document of another kind"),
        (b"7z\xbc\xaf\x27\x1c", "this is a 7z archive"),
        (workbook(("Sheet1", [])), "there is no header"),
    ],
)
def test_a_file_that_does_not_open_says_why_and_what_to_do(content, reason):
    told = refusal(content)
    assert told.startswith(reason)
    assert ":" in told


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_workbook_that_is_protected_by_a_password_is_told_so(ending):
    content = (HERE / f"protected.{ending}").read_bytes()
    assert refusal(content) == "the workbook is protected by a password: save it without one"


@pytest.mark.parametrize("name", ["old.xls", "office.ods"])
def test_workbooks_of_other_programs_open(name):
    reading = read((HERE / name).read_bytes())
    assert reading.incidents["place"].tolist() == ["Tower 22", "البرج 22"]
    assert reading.incidents["date_latest"].dt.strftime("%Y-%m-%d").tolist()[0] == "2024-02-03"


def test_a_workbook_with_hidden_sheets_only_is_told_so():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("shown").activate()
        hidden = book.add_worksheet("hidden")
        hidden.write_row(0, 0, ["Place", "Date"])
        hidden.hide()
    assert refusal(file.getvalue()).startswith("only hidden sheets hold anything: show the one")


def test_a_file_that_breaks_off_half_way_is_refused_and_not_taken_for_whole():
    content = gzip.compress(csv_of(*({"summary": str(n) * 40} for n in range(20_000))))
    assert refusal(content[: len(content) // 2]).startswith("this is a packed file that is damaged")


def test_a_zero_byte_in_a_cell_does_not_make_it_utf_16():
    table = csv_of({"summary": "a\0b"})
    assert opened(table).written == "CSV, separated by commas, UTF-8"


@pytest.mark.parametrize(
    ("encoding", "called", "place"),
    [
        ("cp1252", "Western (Windows-1252, ISO-8859-1)", "Forêt de l’Émir"),
        ("latin-1", "Western (Windows-1252, ISO-8859-1)", "Café"),
        ("cp1256", "Arabic (Windows-1256)", "قاعدة عين الأسد الجوية في محافظة الأنبار"),
    ],
)
def test_a_table_in_an_old_encoding_is_read_as_it_was_meant(encoding, called, place):
    table = opened(f"Place,Notes\n{place},x\n".encode(encoding))
    assert table.written == f"CSV, separated by commas, {called}"
    assert table.read().incidents["place"].tolist() == [place]


def test_a_few_bytes_that_are_no_utf8_do_not_change_the_encoding_of_the_others():
    content = "Place,Notes\nقاعدة عين الأسد,x\nTanf,".encode() + b"caf\xe9\n"
    table = opened(content)
    assert table.written == "CSV, separated by commas, UTF-8"
    assert table.read().incidents[["place", "summary"]].to_numpy().tolist() == [
        ["قاعدة عين الأسد", "x"],
        ["Tanf", r"caf\xe9"],
    ]


def in_parquet(frame: pd.DataFrame) -> bytes:
    file = io.BytesIO()
    frame.to_parquet(file)
    return file.getvalue()


HEADER = csv_of({}).splitlines()[0].decode()
BLANK = pd.DataFrame("", index=range(30_000), columns=HEADER.split(","))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"{HEADER}\n".encode(), True),
        (f"{HEADER}\n\n,,,,\n".encode(), True),
        (b"Date;Place\n", True),
        (workbook(("a", [["Attacks"], HEADER.split(",")])), True),
        (in_parquet(BLANK), True),
        (in_parquet(pd.concat([BLANK, BLANK[:1].assign(incident_id="INC-1")])), False),
        (f"{HEADER}\ntoo,few\n".encode(), False),
    ],
    ids=["header", "blank rows", "other columns", "workbook", "blank Parquet", "a row behind blank ones", "broken row"],
)
def test_a_table_without_rows_is_opened_and_told_to_have_none(content, told):
    table = opened(content)
    reading = table.read()
    assert (reading.rows == 0) == told
    for problems in (table.problems, reading.problems):
        assert ("there is no row under this header: add one" in [problem.reason for problem in problems]) == told
