import io

import pytest
from deciding import accept, accept_actor, decided, leave, point, read_lines, same

from geodata.errors import InvalidTableError
from geodata.review.decisions import NOTHING_DECIDED
from geodata.review.file import digest_decisions, read_decisions, write_decisions

SHORT = "what,name,decision,target"


def test_a_file_says_what_names_mean():
    decisions, problems = read_lines(
        "place,Tower XX,Jordan,,accept,tower-22,,,,,told by the author",
        "place,the ridge,,,point,,39.5,33.25,site,750,",
        "place,somewhere,Iraq,Anbar,leave,,,,,,",
        "actor,the boys,,,accept,axis,,,,,",
        "duplicate,,,,same,INC-1; INC-2,,,,,",
    )
    assert not problems
    assert decisions == decided(
        accept("Tower XX", "tower-22", country="Jordan", note="told by the author"),
        point("the ridge", 39.5, 33.25, "site", uncertainty_m=750),
        leave("somewhere", country="Iraq", admin1="Anbar"),
        accept_actor("the boys", "axis"),
        same("INC-1", "INC-2"),
    )


def test_the_columns_of_context_and_point_may_be_missing():
    decisions, problems = read_lines("place,Tower XX,accept,tower-22", header=SHORT)
    assert decisions == decided(accept("Tower XX", "tower-22"))
    assert not problems


def test_a_line_without_a_decision_is_not_decided_yet():
    assert read_lines("place,Tower XX,,tower-22", header=SHORT) == (NOTHING_DECIDED, [])


def test_what_the_review_tells_beside_is_not_read():
    header = f"{SHORT},rows,reason,candidates"
    assert read_lines("place,x,accept,a,many,because,a b", header=header) == (decided(accept("x", "a")), [])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("plcae,x,,,leave,,,,,,", "what='plcae': must be one of place, actor, duplicate (perhaps place)"),
        ("place,x,,,acept,a,,,,,", "(perhaps accept)"),
        ("place,x,,,same,a,,,,,", "decision='same': must be one of accept, point, leave where what is 'place'"),
        ("actor,x,,,point,,1,1,site,,", "must be one of accept, leave where what is 'actor'"),
        ("place, ,,,leave,,,,,,", "name=' ': must not be blank"),
        ("place,x,,,accept,,,,,,", "target='': must be one place_id"),
        ("place,x,,,accept,a; b,,,,,", "target='a; b': must be one place_id"),
        ("place,x,,,point,,,33,site,,", "lon='': must be degrees between -180 and 180"),
        ("place,x,,,point,,39,91,site,,", "lat='91': must be degrees between -90 and 90"),
        ("place,x,,,point,,39,33,,,", "precision='': must be one of site, town"),
        ("place,x,,,point,,39,33,site,0,", "uncertainty_m='0': must be more than 0 metres"),
        ("place,x,,,leave,,39,33,,,", "lon='39': is only for a point"),
        ("place,x,,,point,,east,33,site,,", "lon='east': must be a number"),
        ("actor,x,Iraq,,leave,,,,,,", "country='Iraq': is only for a place"),
        ("duplicate,,,,same,INC-1,,,,,", "must be the ids of two incidents"),
        ("duplicate,,,,same,INC-1; INC-1,,,,,", "must be the ids of two incidents"),
        ("place,x", "has 2 cells instead of 11"),
    ],
)
def test_a_bad_line_is_told_and_loses_no_other(line, told):
    decisions, problems = read_lines("place,before,,,leave,,,,,,", line, "place,after,,,leave,,,,,,")
    assert decisions == decided(leave("before"), leave("after"))
    assert problems[0].startswith("line 3")
    assert told in problems[0]


def test_of_two_lines_about_the_same_the_first_stays():
    decisions, problems = read_lines("place,X  y,leave,", "place,x Y,accept,a", header=SHORT)
    assert decisions == decided(leave("X  y"))
    assert problems == ["line 3: line 2 decides about the same: keep one of them"]


def test_two_incidents_are_the_same_pair_in_either_order():
    _, problems = read_lines("duplicate,,same,a; b", "duplicate,,distinct,b; a", header=SHORT)
    assert problems == ["line 3: line 2 decides about the same: keep one of them"]


def test_what_is_no_file_of_decisions_is_refused():
    with pytest.raises(InvalidTableError, match=r"decisions\.csv: .*\n.*what.*the column is missing"):
        read_lines("x", header="y")


def test_a_name_that_a_spreadsheet_would_run_is_no_formula_in_the_file():
    written = write_decisions(decided(leave("=1+1", note="@x")))
    assert b'"\'=1+1"' in written
    assert read_decisions(io.BytesIO(written), name="x")[0] == decided(leave("=1+1", note="@x"))


def test_the_order_of_deciding_makes_no_difference_to_the_file():
    first, second = leave("a"), accept("b", "place")
    assert write_decisions(decided(first, second)) == write_decisions(decided(second, first))
    assert digest_decisions(decided(first, second)) == digest_decisions(decided(second, first))
    assert digest_decisions(decided(first)) != digest_decisions(decided(second))
