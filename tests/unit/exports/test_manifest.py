"""A manifest says what a file was made from, and lets a stranger make it again."""

import hashlib
import io
import json
import tomllib
import zipfile
from datetime import date
from pathlib import Path

import pytest
from builders import csv_of
from exporting import listing_of, store_of
from hypothesis import given
from hypothesis import strategies as st

import geodata
from geodata.__main__ import main
from geodata.exports.bundle import to_bundle
from geodata.exports.coarse import read_coarsening
from geodata.exports.csv import to_csv
from geodata.exports.formats import FORMATS
from geodata.exports.licences import licences_of
from geodata.exports.questions import question_from_json, question_to_json
from geodata.store.filters import IncidentFilter

ROWS = [
    {"place": "Tower 22", "sources": "doc:1"},
    {"place": "Syria", "sources": "ACLED"},
    {"place": "Atlantis", "category": "threat"},
    {"place": "Baghdad", "date_earliest": "never"},
]
WORDS = st.frozensets(st.text(max_size=5), max_size=3)


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "table.csv"
    file.write_bytes(csv_of(*ROWS))
    return file


def exported(table, *arguments):
    out = table.with_name("list.csv")
    assert main(["export", str(table), "-o", str(out), *arguments]) == 0
    return out, json.loads(out.with_name("list.csv.manifest.json").read_text(encoding="utf-8"))


def test_its_counts_add_up(table):
    _, told = exported(table, "--category", "kinetic")
    assert told["counts"] == {
        "read": 4,
        "rejected": 1,
        "left_out_by_filter": 1,
        "held_back": 1,
        "in_file": 1,
        "exact": 1,
        "approximate": 0,
        "unplaced": 0,
    }


def test_it_tells_filter_licences_citation_and_dataset(table):
    _, told = exported(table, "--category", "kinetic", "--start", "2024-02-01")
    assert told["question"]["words"] == "from 1 Feb 2024, as far as known; category: kinetic"
    assert "GeoNames" not in told["citation"]
    assert told["file"]["sha256"][:12] in told["citation"]
    assert told["dataset"]["@type"] == "Dataset"
    dataset = told["dataset"]
    assert dataset["temporalCoverage"] == "2024-02-01/.."
    assert dataset["distribution"]["name"] == "list.csv"
    assert dataset["distribution"]["contentSize"] == told["file"]["bytes"]
    assert dataset["identifier"] == f"sha256:{told['file']['sha256']}"
    assert dataset["isBasedOn"]["identifier"] == f"sha256:{told['inputs']['table.csv']}"
    assert "gazetteer/places.csv" in told["inputs"]
    assert str(table.parent) not in json.dumps(told)


def test_a_provider_s_own_terms_stand_first():
    store = store_of({"place": "Tower 22"})
    told = {"format": "ucdp", "format_title": "UCDP GED", "format_licence": "CC BY 4.0", "format_credit": "Cite UCDP."}
    vars(store)["meta"] = {**store.meta, **told}
    first = licences_of(listing_of(store), [])[0]
    assert (first.name, first.terms, first.obligation) == ("UCDP GED", "CC BY 4.0", "Cite UCDP.")
    assert licences_of(listing_of(store_of({"place": "Tower 22"})), [])[0].name.startswith("Incidents, coded")


def test_a_file_can_be_made_again(table, capsys):
    out, _ = exported(table, "--order", "place", "--coarsen", "25km", "--include-restricted")
    assert main(["verify", str(out), "--incidents", str(table)]) == 0
    assert "yes  made again, the file is the same to the byte" in capsys.readouterr().out


def test_a_picture_of_a_part_can_be_made_again(table):
    out = table.with_name("map.svg")
    assert main(["map", str(table), "-o", str(out), "--include-restricted", "--bounds", "38.6,33,39,33.5"]) == 0
    whole = table.with_name("whole.svg")
    assert main(["map", str(table), "--include-restricted", "-o", str(whole)]) == 0
    assert "1 outside this frame" in out.read_text(encoding="utf-8")
    assert "outside this frame" not in whole.read_text(encoding="utf-8")
    assert main(["verify", str(out), "--incidents", str(table)]) == 0


def test_a_bundle_holds_the_file_its_manifest_and_the_citation():
    listing = listing_of(store_of(*ROWS[:2]))
    with zipfile.ZipFile(io.BytesIO(b"".join(to_bundle(listing, "csv", "list.csv")))) as bundle:
        assert bundle.namelist() == ["list.csv", "list.csv.manifest.json", "CITATION.txt"]
        content, manifest, credit = map(bundle.read, bundle.namelist())
    assert json.loads(manifest)["file"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert json.loads(manifest)["citation"] in credit.decode()
    assert "Name the documents" in credit.decode()
    assert "verify list.csv --incidents table.csv" in credit.decode()


def test_a_changed_file_is_told(table, capsys):
    out, _ = exported(table)
    out.write_bytes(out.read_bytes() + b"\n")
    assert main(["verify", str(out), "--incidents", str(table)]) == 1
    assert "NO   the file is the one of the manifest" in capsys.readouterr().out


def test_a_changed_table_is_told(table, capsys):
    out, _ = exported(table)
    table.write_bytes(csv_of(*ROWS, {"place": "Amman"}))
    assert main(["verify", str(out), "--incidents", str(table)]) == 1
    told = capsys.readouterr().out
    assert "NO   table.csv is the same" in told
    assert "NO   made again, the file is the same to the byte" in told


def test_what_is_no_manifest_is_told(table, capsys):
    table.with_name("table.csv.manifest.json").write_text("[]")
    assert main(["verify", str(table)]) == 1
    assert "table.csv.manifest.json is no manifest of ours" in capsys.readouterr().err


def test_rows_that_may_not_be_passed_on_are_held_back_unless_confirmed(table, capsys):
    _, told = exported(table)
    assert told["counts"]["held_back"] == 1
    assert told["held_back"] == {"of ACLED, whose terms forbid to pass them on": 1}
    assert (
        "held back 1 of ACLED, whose terms forbid to pass them on: --include-restricted gives them"
        in capsys.readouterr().err
    )
    _, told = exported(table, "--include-restricted")
    assert (told["counts"]["held_back"], told["counts"]["in_file"]) == (0, 3)
    assert told["held_back"] == {}


@pytest.mark.parametrize("form", FORMATS)
def test_the_time_and_the_link_alone_do_not_change_what_is_counted(form):
    listing = listing_of(store_of({"place": "Tower 22"}), made="2024-05-31T12:00:00Z", link="http://here/?q=a")
    assert b"".join(FORMATS[form].write(listing))
    assert listing.counts == {"exact": 1}


@given(
    st.builds(
        IncidentFilter,
        start=st.none() | st.dates(min_value=date(1900, 1, 1)),
        within=st.booleans(),
        undated=st.booleans(),
        factions=WORDS,
        countries=WORDS,
        text=st.text(max_size=5),
    )
)
def test_a_filter_comes_back_from_json(question):
    assert question_from_json(json.loads(json.dumps(question_to_json(question)))) == question


@pytest.mark.parametrize(
    ("to", "point", "uncertainty"), [("25km", (38.6986, 33.3442), 18_178), ("province", (38.0, 32.5), 100_000)]
)
def test_points_can_be_made_vaguer(to, point, uncertainty):
    listing = listing_of(store_of({"place": "Tower 22"}), coarsening=read_coarsening(to))
    row = next(listing.batches()).to_pylist()[0]
    assert (row["lon"], row["lat"]) == pytest.approx(point, abs=0.15)
    assert row["uncertainty_m"] == pytest.approx(uncertainty, rel=0.05)
    assert (row["given_lon"], row["given_lat"]) == (None, None)
    assert b"38.7," not in b"".join(to_csv(listing))


def test_a_row_s_own_point_is_left_out_when_points_are_made_vaguer():
    store = store_of({"place": "a house", "given_lon": "38.7123", "given_lat": "33.3123"})
    assert b"38.7123" in b"".join(to_csv(listing_of(store)))
    listing = listing_of(store, coarsening=read_coarsening("25km"))
    for form in ("csv", "geojson", "kml", "html"):
        assert b"38.7123" not in b"".join(FORMATS[form].write(listing))
    row = next(listing.batches()).to_pylist()[0]
    assert (row["given_lon"], row["given_lat"]) == (None, None)
    assert row["lon"] == pytest.approx(38.7123, abs=0.2)


def test_the_version_is_the_project_s():
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    assert geodata.__version__ == project["project"]["version"]
