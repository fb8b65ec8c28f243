"""A cluster gives DuckDB's answers, whatever becomes of its workers; run by `make test-cluster`."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from clustering import WITHIN, WORKERS
from questions import FACTS, QUESTIONS, differences

from geodata.store.filters import IncidentFilter

EVERYTHING = IncidentFilter()
HOSTILE = IncidentFilter(text="é % ' \\ {{1}} ${x} :a", denied=True)
SOME_TEXT = IncidentFilter(
    text="Village number 77", countries=frozenset({"", "Iraq"}), known_to=frozenset({"site", "town", ""})
)
CLAIMED = IncidentFilter(
    end=date(2020, 6, 30),
    within=True,
    factions=frozenset({"axis-of-resistance"}),
    presumed=True,
    categories=frozenset({"kinetic"}),
    attributions=frozenset({"claimed", "attributed"}),
)


@pytest.mark.parametrize("question", [EVERYTHING, HOSTILE])
def test_the_shipped_incidents_are_the_same_on_a_cluster(shipped, question):
    assert differences(shipped.spark, shipped.duck, question) == []


@pytest.mark.parametrize("name", FACTS)
def test_what_is_true_of_all_incidents_is_the_same_on_a_cluster(million, name):
    assert FACTS[name](million.spark) == FACTS[name](million.duck)


@pytest.mark.parametrize("question", [EVERYTHING, SOME_TEXT])
def test_every_question_about_a_million_rows_has_the_same_answer_on_a_cluster(million, question):
    assert differences(million.spark, million.duck, question) == []


def test_a_worker_that_dies_while_questions_are_asked_changes_no_answer(million, cluster):
    answers = _answers(million.spark)
    with ThreadPoolExecutor(1) as reader:
        told = [next(answers)]
        rest = reader.submit(list, answers)
        cluster.kill_worker()
        told += rest.result(timeout=2 * WITHIN)
    assert told == list(_answers(million.duck))
    assert cluster.workers[0].poll() is not None
    assert [worker.poll() for worker in cluster.workers[1:]] == [None] * (WORKERS - 1)


def _answers(store) -> Iterator[object]:
    return (ask(store, CLAIMED) for ask in QUESTIONS.values())
