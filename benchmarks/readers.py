"""`python -m benchmarks.readers [ROWS] [--readers N]`: many readers who move their sliders at once, against one alone.

A reader is what a browser is to the server: a websocket that runs the page, and HTTP requests of the map. When all have
opened the page, each moves its slider about once a second: the map asks for what its viewport shows, the page is run
with the new date, and the time is taken until the map has its answer, and until the page has come whole too. What the
browser itself then takes to paint is not measured; all readers and the server share this machine's cores.
"""

import argparse
import asyncio
import random
import re
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx2
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.serving import memory_mb, serve
from benchmarks.synthetic import write_incidents

MOVES = 12
PAUSE_S = (0.7, 1.3)
READER = r"reader(?:\\+u00[0-9a-f]{2})+([\w-]{22})"
VIEW = {"west": 36, "south": 28, "east": 52, "north": 38, "zoom": 6}

Took = tuple[float, float]
"""Seconds until the map has its answer, and until the whole page has come."""


def main() -> None:
    """Measure one reader, then many, then one again."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.readers", description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--readers", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "made-up.csv"
        write_incidents(table, arguments.rows)
        compare(table, arguments.readers, f"{arguments.rows:,}")


def compare(table: Path, readers: int, name: str) -> None:
    """Print the medians of one reader and of many, and their ratios."""
    with serve("dashboard/app.py", table) as (address, pid):
        httpx2.get(f"{address}/healthz", timeout=600)
        alone = [*asyncio.run(_read(address, 1)), *asyncio.run(_read(address, 1))]
        many = asyncio.run(_read(address, readers))
        memory = memory_mb(pid)
    told = [_compare(what, alone, many, part) for part, what in enumerate(("map", "whole page"))]
    print(f"{name:>12}  {'   '.join(told)}   server {memory:4.0f} MB")


def _compare(what: str, alone: Sequence[Took], many: Sequence[Took], part: int) -> str:
    one, all_ = (statistics.median(took[part] for took in moves) for moves in (alone, many))
    slowest = statistics.quantiles([took[part] for took in many], n=20)[-1]
    return (
        f"{what}: one reader {one * 1000:4.0f} ms, many {all_ * 1000:4.0f} ms = {all_ / one:4.2f} ×, "
        f"19 of 20 moves within {slowest * 1000:4.0f} ms"
    )


async def _read(address: str, readers: int) -> list[Took]:
    """Return how long each move of each reader took; a move that fails ends the measurement."""
    all_open = asyncio.Barrier(readers)
    async with asyncio.TaskGroup() as group:
        reading = [group.create_task(_reader(address, number, all_open)) for number in range(readers)]
    return [took for task in reading for took in task.result()]


async def _reader(address: str, number: int, all_open: asyncio.Barrier) -> list[Took]:
    chance = random.Random(number)  # noqa: S311, nothing is secret about it
    stream = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    async with (
        connect(stream, subprotocols=["streamlit"], origin=address, max_size=None) as page,
        httpx2.AsyncClient(base_url=address, timeout=120) as map_,
    ):
        held: set[str] = set()
        opened = await _run(page, WidgetStates(), held)
        (widget, (first, last)), reader = _find_slider(opened), _find_reader(opened)
        await all_open.wait()
        took = []
        for _ in range(MOVES):
            await asyncio.sleep(chance.uniform(*PAUSE_S))
            start = first + (last - first) * chance.random() / 2
            began = time.perf_counter()
            answered, told = await asyncio.gather(
                _ask_map(map_, reader, start), _run(page, _states(widget, (start, last)), held)
            )
            took.append((answered - began, time.perf_counter() - began))
            if not any("start=" in message.page_info_changed.query_string for message in told):
                raise RuntimeError("the page did not take the date over")
        return took


async def _ask_map(map_: httpx2.AsyncClient, reader: str, start: float) -> float:
    """Ask as the map does; return when the answer has come."""
    day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=start)).date()
    asked = VIEW | {"start": day.isoformat(), "reader": reader}
    answer = await map_.get(f"/api/incidents/cells?{urlencode(asked)}")
    answer.raise_for_status()
    return time.perf_counter()


async def _run(page: ClientConnection, states: WidgetStates, held: set[str]) -> list[ForwardMsg]:
    """Run the page and return all that it sends; what is `held` already, a browser tells, is only named."""
    asked = BackMsg()
    asked.rerun_script.widget_states.CopyFrom(states)
    asked.rerun_script.cached_message_hashes.extend(held)
    await page.send(asked.SerializeToString())
    told: list[ForwardMsg] = []
    while not told or told[-1].WhichOneof("type") != "script_finished":
        told.append(ForwardMsg.FromString(await page.recv()))
    held.update(message.hash for message in told if message.metadata.cacheable)
    if told[-1].script_finished != ForwardMsg.FINISHED_SUCCESSFULLY or any(map(_is_error, told)):
        raise RuntimeError("the page failed")
    return told


def _is_error(message: ForwardMsg) -> bool:
    return message.delta.new_element.WhichOneof("type") == "exception"


def _find_slider(told: Sequence[ForwardMsg]) -> tuple[str, tuple[float, float]]:
    sliders = (message.delta.new_element.slider for message in told if message.delta.new_element.HasField("slider"))
    slider = next(sliders)
    return slider.id, (slider.min, slider.max)


def _find_reader(told: Sequence[ForwardMsg]) -> str:
    """Return the word that the page has given to its map."""
    shown = "".join(message.delta.new_element.component_instance.json_args for message in told)
    return re.findall(READER, shown)[0]


def _states(widget: str, dates: tuple[float, float]) -> WidgetStates:
    states = WidgetStates()
    states.widgets.add(id=widget).double_array_value.data.extend(dates)
    return states


if __name__ == "__main__":
    main()
