import pandas as pd
import pytest
from builders import read_rows_of

from geodata.incidents.rules import check_locators, check_rules

GOOD = {
    "killed_low": "1",
    "killed_said_by": "a",
    "injured_best": "1",
    "injured_said_by": "a",
    "flag": "ambiguous",
    "flag_reason": "b",
    "date_basis": "stated",
    "attribution": "claimed",
    "attributed_by": "a",
    "sources": "doc:1",
}
DOCUMENTS = pd.DataFrame({"document": ["doc"], "lines": [9]})


def test_a_row_that_tells_all_has_no_problems():
    assert check_rules(read_rows_of(GOOD).incidents) == []


@pytest.mark.parametrize(
    ("blank", "reason"),
    [
        ("killed_said_by", "must say who gives the number"),
        ("injured_said_by", "must say who gives the number"),
        ("flag_reason", "must say why the row is flagged"),
        ("flag", "must not be blank when there is a flag_reason"),
        ("date_basis", "must say where the date comes from"),
        ("attributed_by", "must say who says so: the row has an attribution"),
        ("sources", "must say where it is told"),
    ],
)
def test_a_row_that_leaves_something_untold_is_told(blank, reason):
    problems = check_rules(read_rows_of(GOOD, GOOD | {blank: ""}).incidents)
    assert [(problem.line, problem.column, problem.reason) for problem in problems] == [(3, blank, reason)]


def test_an_undated_row_has_no_basis_of_its_date():
    undated = GOOD | {"date_earliest": "", "date_latest": ""}
    assert [problem.reason for problem in check_rules(read_rows_of(undated).incidents)] == [
        "must be blank when there is no date"
    ]


def test_a_table_that_never_uses_a_column_is_not_held_to_it():
    assert check_rules(read_rows_of({"killed_low": "1"}).incidents) == []


@pytest.mark.parametrize("source", ["doc:1", "doc:9", "doc:1; doc:2", "Reuters", "https://example.org:8080", ""])
def test_a_source_that_leads_to_a_line_or_is_no_locator_is_right(source):
    assert check_locators(read_rows_of({"sources": source}).incidents, DOCUMENTS) == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("doc:10", "doc has the lines 1 to 9: correct the line"),
        ("doc:0", "doc has the lines 1 to 9: correct the line"),
        ("other:1", "there is no document other: correct it, or add it to documents.csv"),
    ],
)
def test_a_source_that_leads_nowhere_is_a_problem(source, reason):
    problems = check_locators(read_rows_of({}, {"sources": f"doc:1; {source}"}).incidents, DOCUMENTS)
    assert [(p.line, p.column, p.value, p.reason) for p in problems] == [(3, "sources", source, reason)]
