import pyarrow as pa
import pytest

from geodata.store import answers
from geodata.store.answers import Answers

ANSWER = pa.table({"n": [1, 2, 3]})


def test_a_question_that_is_asked_again_is_not_answered_anew():
    given = Answers()
    first = given.find("SELECT 1", lambda _: ANSWER)
    assert given.find("SELECT 1", lambda _: pytest.fail("it was run again")) is first
    assert given.find("SELECT 2", lambda sql: pa.table({"sql": [sql]}))["sql"].to_pylist() == ["SELECT 2"]


def test_what_was_not_asked_for_lately_is_forgotten(monkeypatch):
    monkeypatch.setattr(answers, "MOST_BYTES", 2 * ANSWER.nbytes)
    given, run = Answers(), []
    for sql in ("a", "b", "a", "c", "a", "b"):
        given.find(sql, lambda sql: run.append(sql) or ANSWER)
    assert run == ["a", "b", "c", "b"]


def test_an_answer_that_is_too_large_is_given_but_not_kept(monkeypatch):
    monkeypatch.setattr(answers, "MOST_BYTES", 1)
    given, run = Answers(), []
    for _ in range(2):
        assert given.find("a", lambda sql: run.append(sql) or ANSWER) is ANSWER
    assert run == ["a", "a"]
