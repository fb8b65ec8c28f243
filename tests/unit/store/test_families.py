import pytest
from storing import make_store

from geodata.store.counts import summarize
from geodata.store.filters import IncidentFilter

EVERYTHING = IncidentFilter()


def people(**numbers: str) -> dict[str, str]:
    return {f"killed_{bound}": number for bound, number in numbers.items()} | {"killed_said_by": "somebody"}


def killed(*rows: dict[str, str], question: IncidentFilter = EVERYTHING) -> tuple[int, int, int]:
    told = summarize(make_store(*rows), question).killed
    return told.low, told.best, told.high


def test_an_umbrella_is_no_incident_of_its_own():
    told = summarize(make_store({}, {"part_of": "INC-1"}, {"part_of": "INC-1"}, {}), EVERYTHING)
    assert (told.rows, told.umbrellas, told.incidents) == (4, 1, 3)


def test_a_claimed_umbrella_is_no_claimed_incident():
    claim = {"attribution": "claimed", "actor": "Axis", "attributed_by": "Axis"}
    told = summarize(make_store(claim, claim | {"part_of": "INC-1"}), EVERYTHING)
    assert (told.incidents, told.claimed) == (1, 1)


def test_the_number_of_an_umbrella_stands_for_its_parts():
    rows = people(low="10", best="12", high="16"), people(best="3") | {"part_of": "INC-1"}
    assert killed(*rows) == (10, 12, 16)


def test_parts_that_add_up_to_more_raise_the_highest():
    parts = [people(best="9") | {"part_of": "INC-1"}] * 2
    assert killed(people(low="10", best="12", high="16"), *parts) == (10, 12, 18)


def test_parts_of_a_silent_umbrella_are_added_up():
    assert killed({}, people(best="3") | {"part_of": "INC-1"}, people(low="2") | {"part_of": "INC-1"}) == (5, 5, 5)


def test_a_part_counts_for_itself_when_its_umbrella_does_not_match():
    rows = people(best="12") | {"category": "threat"}, people(best="3") | {"part_of": "INC-1"}
    assert killed(*rows, question=IncidentFilter(categories=frozenset({"kinetic"}))) == (3, 3, 3)


def test_a_part_of_a_part_counts_under_the_nearest_umbrella_that_matches():
    rows = (
        people(best="12"),
        people(best="7") | {"part_of": "INC-1", "category": "threat"},
        people(best="20") | {"part_of": "INC-2"},
    )
    assert killed(*rows, question=IncidentFilter(categories=frozenset({"kinetic"}))) == (12, 12, 20)


def test_rows_that_are_parts_of_each_other_are_counted():
    told = summarize(make_store({"part_of": "INC-2"}, {"part_of": "INC-1"}), EVERYTHING)
    assert told.rows == 2
    assert told.incidents >= 1


def test_silence_is_no_zero():
    told = summarize(make_store({}, people(best="0")), EVERYTHING).killed
    assert (told.stated, told.silent, told.low, told.high) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ({"low": "3"}, (3, 3, 3)),
        ({"high": "5"}, (5, 5, 5)),
        ({"low": "3", "high": "5"}, (3, 3, 5)),
        ({"low": "1", "best": "2", "high": "3"}, (1, 2, 3)),
    ],
)
@pytest.mark.parametrize("parts", [0, 1])
def test_what_is_not_told_is_taken_from_what_is(told, meant, parts):
    assert killed(people(**told), *[{"part_of": "INC-1"}] * parts) == meant
