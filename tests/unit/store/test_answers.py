import pyarrow as pa
import pytest

from geodata.store import answers
from geodata.store.answers import Answers

ANSWER, OTHER = pa.table({"n": [1, 2, 3]}), pa.table({"n": [4]})


def test_a_question_that_is_asked_again_is_not_answered_anew():
    given = Answers()
    first = given.find("SELECT 1", lambda: ANSWER)
    assert given.find("SELECT 1", lambda: pytest.fail("it was run again")) is first
    assert given.find("SELECT 2", lambda: OTHER) is OTHER


def test_what_was_not_asked_for_lately_is_forgotten(monkeypatch):
    monkeypatch.setattr(answers, "MOST_BYTES", 2 * ANSWER.nbytes)
    given, run = Answers(), []
    for sql in ("a", "b", "a", "c", "a", "b"):
        given.find(sql, lambda sql=sql: run.append(sql) or ANSWER)
    assert run == ["a", "b", "c", "b"]


def test_an_answer_that_is_too_large_is_given_but_not_kept(monkeypatch):
    monkeypatch.setattr(answers, "MOST_BYTES", 1)
    given, run = Answers(), []
    for _ in range(2):
        assert given.find("a", lambda: run.append("a") or ANSWER) is ANSWER
    assert run == ["a", "a"]
