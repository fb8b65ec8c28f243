import pytest

from geodata.errors import InvalidTableError
from geodata.incidents.documents import COLUMNS as DOCUMENT_COLUMNS
from geodata.incidents.documents import read_documents
from geodata.incidents.tallies import COLUMNS as TALLY_COLUMNS
from geodata.incidents.tallies import read_tallies

DOCUMENTS = ",".join(column.name for column in DOCUMENT_COLUMNS)
TALLIES = ",".join(column.name for column in TALLY_COLUMNS)


def test_documents_are_read_with_their_number_of_lines(tmp_path):
    file = tmp_path / "documents.csv"
    file.write_text(f"{DOCUMENTS}\nelias-2020,T,P,A,2020-11-01,2020-11-30,,40\n")
    row = read_documents(file).iloc[0]
    assert (row["document"], row["lines"], row["line"]) == ("elias-2020", 40, 2)


def test_a_faulty_table_of_documents_is_refused_with_all_its_problems(tmp_path):
    file = tmp_path / "documents.csv"
    file.write_text(f"{DOCUMENTS}\n,T,P,A,2020-11-01,2020-11-31,,40\nx,T\n")
    with pytest.raises(InvalidTableError) as caught:
        read_documents(file)
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [
        (2, "document"),
        (2, "date_latest"),
        (3, ""),
    ]


def test_tallies_are_read_with_blank_for_what_is_not_told(tmp_path):
    file = tmp_path / "tallies.csv"
    file.write_text(f"{TALLIES}\nTAL-001,27,,about,attacks,2019-10-01,,,Iraq,a general,doc:1,\n")
    row = read_tallies(file).iloc[0]
    assert (row["count_low"], row["qualifier"]) == (27, "about")
    assert row[["count_high", "period_end"]].isna().all()


def test_a_tally_with_a_qualifier_of_its_own_is_refused(tmp_path):
    file = tmp_path / "tallies.csv"
    file.write_text(f"{TALLIES}\nTAL-001,27,,some,attacks,,,,Iraq,a general,doc:1,\n")
    with pytest.raises(InvalidTableError, match="qualifier='some': must be one of exactly, about"):
        read_tallies(file)
