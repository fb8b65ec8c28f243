"""A spreadsheet program opens our tables, and shows what is in them."""

import csv
import shutil
import subprocess

import pytest
from exporting import listing_of, store_of

from geodata.exports.columns import EXPORTED
from geodata.exports.formats import FORMATS

ROWS = [
    {
        "place": "البرج 22",
        "summary": "=1+1",
        "actor": 'a "quoted"; b',
        "target": "+49 30",
        "date_earliest": "2024-02-02",
        "killed_low": "3",
        "sources": "doc:1; doc:2",
    },
    {"place": "Atlantis", "date_earliest": "", "date_latest": "", "summary": "-1"},
]
SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
FROM_UTF8 = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Return the sheets of our tables as LibreOffice has them when it has opened them, by file and sheet."""
    assert shutil.which("soffice"), "install Debian's libreoffice-calc-nogui"
    folder, store = tmp_path_factory.mktemp("office"), store_of(*ROWS)
    out = folder / "sheets"
    for forms, how in ((["xlsx"], []), (["csv", "csv-excel"], [FROM_UTF8])):
        files = [folder / f"{form}{FORMATS[form].ending}" for form in forms]
        for form, file in zip(forms, files, strict=True):
            file.write_bytes(b"".join(FORMATS[form].write(listing_of(store))))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", *how, "--convert-to", SHEETS, "--outdir", out, *files]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    return {file.stem: sheet(file) for file in out.iterdir()}


def sheet(file):
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.reader(text))


def rows_of(sheet):
    header, *rows = sheet
    assert header == list(EXPORTED)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_workbook_has_its_sheets_and_no_cell_that_runs(opened):
    first, second = rows_of(opened["xlsx-Incidents"])
    assert (first["place"], first["summary"], first["actor"]) == ("البرج 22", "=1+1", 'a "quoted"; b')
    assert (first["date_earliest"], first["killed_low"], first["target"]) == ("2024-02-02", "3", "+49 30")
    assert (second["date_earliest"], second["killed_low"], second["summary"]) == ("", "", "-1")
    assert [row[1] for row in opened["xlsx-Sources"]] == ["source", "doc:1", "doc:2"]
    assert {"xlsx-Claims", "xlsx-How to read", "xlsx-Columns"} <= set(opened)


@pytest.mark.parametrize("name", ["csv-csv", "csv-excel.excel-csv-excel.excel"])
def test_a_csv_opens_as_a_table_and_no_cell_runs(opened, name):
    first, second = rows_of(opened[name])
    assert (first["place"], first["summary"], first["actor"]) == ("البرج 22", "'=1+1", 'a "quoted"; b')
    assert (first["date_earliest"], first["killed_low"], first["target"]) == ("2024-02-02", "3", "'+49 30")
    assert (second["location"], second["summary"]) == ("unplaced", "'-1")
