"""The HTTP routes beside the page; every parameter is input from a stranger."""

import re
from asyncio import get_running_loop
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dashboard.maps.base import SCRIPTS
from dashboard.sources import Source, TableGoneError, find_source, open_source
from dashboard.state import from_address
from dashboard.web import downloads, map_data, viewports
from dashboard.web.openapi import openapi
from geodata.errors import GeodataError
from geodata.exports.formats import FORMATS
from geodata.gazetteer.places import Gazetteer
from geodata.store.cells import Viewport
from geodata.store.engine import TooLongError
from geodata.store.filters import IncidentFilter
from geodata.store.mercator import LEVEL

STATIC = Path(__file__).with_name("static")
MOST_ZOOM = 24
READER_LENGTH = 22  # secrets.token_urlsafe(16)
LONGEST_QUERY = 8_000
MOST_DAYS = 3
"""So many steps a slider of two thumbs may make next, other than back."""
MOST_AT_ONCE = 8
"""Questions that are answered at the same time; the others wait, and leave threads of the pool to the page."""
MOST_PATIENCE_S = 20
_answered_now = BoundedSemaphore(MOST_AT_ONCE)
_apart = ThreadPoolExecutor(1, "health")
_CELL = re.compile(r"(\d{1,2})/(\d{1,9})/(\d{1,9})")


class BadRequestError(ValueError):
    """A parameter that can't be used; the message names it and what it must be."""


def _answering(answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Return `answer` as an endpoint that runs in the thread pool and tells a bad parameter in one sentence."""

    def endpoint(request: Request) -> Response:
        if len(request.url.query) > LONGEST_QUERY:
            return JSONResponse({"error": f"the query is longer than {LONGEST_QUERY} characters"}, 414)
        if not _answered_now.acquire(timeout=MOST_PATIENCE_S):
            return _later(f"more than {MOST_AT_ONCE} questions are being answered: ask again")
        try:
            return answer(request)
        except TooLongError as error:
            return _later(str(error))
        except TableGoneError as error:
            return JSONResponse({"error": str(error)}, 404)
        except (BadRequestError, GeodataError, OSError) as error:
            return JSONResponse({"error": str(error)}, 400)
        finally:
            _answered_now.release()

    return endpoint


def _later(message: str) -> Response:
    return JSONResponse({"error": message}, 503, headers={"retry-after": "5"})


def _source(request: Request) -> Source:
    return find_source(request.query_params.get("table", ""))


def _question(parameters: QueryParams) -> IncidentFilter:
    return from_address({name: parameters.getlist(name) for name in parameters}).question


def _viewport(parameters: Mapping[str, str]) -> Viewport:
    west, east = (_number(parameters, name, -1e6, 1e6) for name in ("west", "east"))
    south, north = (_number(parameters, name, -90, 90) for name in ("south", "north"))
    if west > east or south > north:
        message = "west must not lie east of east, nor south north of north"
        raise BadRequestError(message)
    zoom = int(_number(parameters, "zoom", 0, MOST_ZOOM))
    return Viewport(west=max(west, -180), south=south, east=min(east, 180), north=north, zoom=zoom)


def _number(parameters: Mapping[str, str], name: str, low: float, high: float) -> float:
    message = f"{name} must be a number from {low:g} to {high:g}"
    try:
        value = float(parameters.get(name, ""))
    except ValueError as error:
        raise BadRequestError(message) from error
    if not low <= value <= high:
        raise BadRequestError(message)
    return value


def _cell(parameters: Mapping[str, str]) -> str:
    cell = parameters.get("cell", "")
    found = _CELL.fullmatch(cell)
    if cell and not (found and int(found[1]) <= LEVEL):
        message = "cell must be level/x/y as the cells of the map name it"
        raise BadRequestError(message)
    return cell


def _days(parameters: Mapping[str, str]) -> list[list[date | None]]:
    told = parameters.get("days", "").split(",")
    try:
        days = [[date.fromisoformat(day) if day else None for day in span.split("/")] for span in told]
    except ValueError:
        days = []
    if 0 < len(days) <= MOST_DAYS and all(len(span) == len(("first", "last")) for span in days):
        return days
    message = f"days must be at most {MOST_DAYS} times first/last, such as 2024-02-02/2024-02-03, with commas between"
    raise BadRequestError(message)


async def healthz(_request: Request) -> Response:
    """Say that the server runs and its incidents can be asked, however many questions wait for their turn."""
    return await get_running_loop().run_in_executor(_apart, _health)


def _health() -> Response:
    try:
        store = open_source().store
    except (GeodataError, OSError) as error:
        return JSONResponse({"error": str(error)}, 503)
    return JSONResponse({"status": "ok", "rows": int(store.meta["rows_read"])})


def cells(request: Request) -> Response:
    """Answer with the incidents of a viewport."""
    parameters = request.query_params
    source, question, viewport = _source(request), _question(parameters), _viewport(parameters)
    reader = parameters.get("reader", "")
    with viewports.answering(reader, viewport) if len(reader) == READER_LENGTH else nullcontext():
        return JSONResponse(map_data.cells(source, question, viewport))


def foreseen(request: Request) -> Response:
    """Answer with the incidents of a viewport at each of some `days`, ``first/last`` and open where blank."""
    parameters = request.query_params
    source, question, viewport = _source(request), _question(parameters), _viewport(parameters)
    questions = [replace(question, start=start, end=end) for start, end in _days(parameters)]
    return JSONResponse([map_data.cells(source, asked, viewport) for asked in questions])


def at(request: Request) -> Response:
    """Answer with the incidents of one place or cell."""
    place, cell = request.query_params.get("place", ""), _cell(request.query_params)
    if not (place or cell):
        message = "place or cell must be given"
        raise BadRequestError(message)
    return JSONResponse(map_data.at(_source(request), _question(request.query_params), place=place, cell=cell))


def provinces(request: Request) -> Response:
    """Answer with the counts by province."""
    return JSONResponse(map_data.provinces(_source(request), _question(request.query_params)))


def _of_gazetteer(answer: Callable[[Gazetteer], str]) -> Callable[[Request], Response]:
    body = lru_cache(maxsize=2)(answer)

    def endpoint(_request: Request) -> Response:
        headers = {"cache-control": "max-age=300"}
        return Response(body(open_source().gazetteer), media_type="application/json", headers=headers)

    return endpoint


def scripts(request: Request) -> Response:
    """Return the map's scripts in one file: its frame would fetch them one after the other."""
    body, tag = _scripts()
    headers = {"cache-control": "no-cache", "etag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/javascript", headers=headers)


@lru_cache(maxsize=1)
def _scripts() -> tuple[str, str]:
    body = "\n".join(['"use strict";', *((STATIC / name).read_text(encoding="utf-8") for name in SCRIPTS)])
    return body, f'"{sha256(body.encode()).hexdigest()}"'


def not_found(request: Request) -> Response:
    """Say so; without it the page itself would answer under any address."""
    return JSONResponse({"error": f"there is no {request.url.path}"}, 404)


ROUTES = [
    Route("/healthz", healthz),
    Route("/api/incidents/cells", _answering(cells)),
    Route("/api/incidents/foreseen", _answering(foreseen)),
    Route("/api/incidents/at", _answering(at)),
    Route("/api/incidents/provinces", _answering(provinces)),
    *(
        Route(f"/api/incidents{form.ending}", _answering(downloads.incidents_as(name)))
        for name, form in FORMATS.items()
    ),
    Route("/api/incidents.manifest.json", _answering(downloads.manifest)),
    Route("/api/openapi.json", openapi),
    Route("/api/places", _answering(_of_gazetteer(map_data.places))),
    Route("/api/areas", _answering(_of_gazetteer(map_data.areas))),
    Route("/api/perimeters", _answering(_of_gazetteer(map_data.perimeters))),
    Route("/api/{rest:path}", not_found),
    Route("/map/scripts.js", scripts),
    Mount("/map", StaticFiles(directory=STATIC)),
]
