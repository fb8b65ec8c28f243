"""Runs of the page wait for each other, but not for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from dashboard import turns


def test_a_run_waits_until_the_one_before_it_has_ended():
    order: list[str] = []
    began, end = Event(), Event()

    def first():
        with turns.turn():
            began.set()
            end.wait(10)
            order.append("first")

    def second():
        with turns.turn():
            order.append("second")

    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(first)
        began.wait(10)
        waiting = pool.submit(second)
        end.set()
        running.result()
        waiting.result()
    assert order == ["first", "second"]


def test_a_run_does_not_wait_for_ever_and_takes_no_turn_from_those_that_wait(monkeypatch):
    order: list[str] = []

    def impatient(name: str):
        with turns.turn():
            order.append(name)

    with ThreadPoolExecutor(1) as pool:
        with turns.turn():
            monkeypatch.setattr(turns, "PATIENCE_S", 0.05)
            pool.submit(impatient, "impatient").result(timeout=10)
            monkeypatch.setattr(turns, "PATIENCE_S", 10)
            patient = pool.submit(impatient, "patient")
            order.append("first")
        patient.result(timeout=10)
    assert order == ["impatient", "first", "patient"]
