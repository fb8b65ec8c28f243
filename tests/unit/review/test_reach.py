import pytest
from builders import read_rows_of
from deciding import accept, accept_actor, decided, leave, same

from geodata.review.decisions import Decision
from geodata.review.reach import Reach


def seen(*decisions: Decision, rows: list[dict[str, str]]) -> Reach:
    reach = Reach(decided(*decisions))
    for row in rows:
        reach.see(read_rows_of(row).incidents)
    return reach


def told(reach: Reach) -> list[str]:
    return [str(p) for p in reach.find_problems(find_place={"tanf": 1}.get, find_actor={"axis": 1}.get)]


def test_the_rows_that_a_decision_names_are_counted():
    place, actor = accept("Tanf", "tanf"), accept_actor("boys", "axis")
    reach = seen(place, actor, rows=[{"place": "tanf"}, {"place": "Tanf", "actor": "Boys"}, {"presumed_actor": "boys"}])
    assert (reach.count(place), reach.count(actor)) == (2, 2)
    assert not told(reach)


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (leave("Tanf", country="Iraq", line=4), "line 4, name='Tanf': no row writes this place with given_country "),
        (accept("Tower", "atlantis"), "target='atlantis': no place has this id"),
        (accept_actor("boys", "axis"), "name='boys': no row writes this actor: correct or remove it"),
        (accept_actor("x", "nobody"), "target='nobody': no actor has this id"),
        (same("INC-1", "INC-9"), "no row has the id INC-9"),
    ],
)
def test_a_decision_that_changes_nothing_is_told(decision, reason):
    (problem,) = told(seen(decision, rows=[{"place": "Tanf"}, {"place": "Tower", "actor": "x"}]))
    assert reason in problem


def test_it_is_told_in_which_context_no_row_writes_the_name():
    (problem,) = told(seen(leave("Tanf", country="Iraq"), rows=[{"place": "Tanf"}]))
    assert "with given_country 'Iraq' and without given_admin1" in problem
