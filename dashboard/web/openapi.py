"""What the routes for other programs are, in the words of OpenAPI."""

from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboard.state import ORDERS
from geodata import __version__
from geodata.exports.formats import FORMATS
from geodata.incidents.schema import Attribution, Category, EventType, Precision, Side

_BAD = {"description": "A parameter can't be used; `error` says which and why."}


def openapi(_request: Request) -> Response:
    """Answer with the OpenAPI document."""
    return JSONResponse(document())


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the downloads."""
    paths = {f"/api/incidents{form.ending}": _path(name) for name, form in FORMATS.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Incident map",
            "version": __version__,
            "description": (
                "The incidents that the page shows, by the parameters of its address. Facets are joined by AND, the "
                "values of one by OR. Without `category` the kinetic incidents alone; `category=any` for all."
            ),
        },
        "servers": [{"url": "/"}],
        "paths": paths | {"/api/incidents.manifest.json": _manifest()},
        "components": {"parameters": {parameter["name"]: parameter for parameter in _parameters()}},
    }


def _path(name: str) -> dict[str, Any]:
    form = FORMATS[name]
    headers = {
        "ETag": {"description": "Changes with data, software and address.", "schema": {"type": "string"}},
        "X-Total-Count": {"description": "Rows in all.", "schema": {"type": "integer"}},
        "Link": {"description": "The next page, rel=next.", "schema": {"type": "string"}},
    }
    content = {form.media_type.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}}
    told = {"description": "The rows, unplaced ones included.", "headers": headers, "content": content}
    return {
        "get": {
            "operationId": f"incidents-{name}",
            "summary": f"Incidents as {form.title}: {form.use}",
            "parameters": [_reference(parameter["name"]) for parameter in _parameters()],
            "responses": {"200": told, "304": {"description": "Not changed since that ETag."}, "400": _BAD},
        }
    }


def _manifest() -> dict[str, Any]:
    own = {"name": "format", "in": "query", "schema": {"type": "string", "enum": list(FORMATS), "default": "csv"}}
    content = {"application/json": {"schema": {"type": "object"}}}
    return {
        "get": {
            "operationId": "manifest",
            "summary": "The manifest of what the same parameters give: counts, inputs, licences, citation",
            "parameters": [own, *(_reference(parameter["name"]) for parameter in _parameters())],
            "responses": {"200": {"description": "The manifest.", "content": content}, "400": _BAD},
        }
    }


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/parameters/{name}"}


@cache
def _parameters() -> list[dict[str, Any]]:
    day, flag, whole = {"type": "string", "format": "date"}, {"enum": ["0", "1"]}, {"type": "integer", "minimum": 0}
    return [
        _parameter("start", day, "First day, included."),
        _parameter("end", day, "Last day, included."),
        _parameter("within", flag, "1: only what surely lies between them."),
        _parameter("undated", flag, "0: leave out what has no date."),
        _several("side", list(Side), "Sides of the actor; one facet with faction."),
        _several("faction", None, "Actor ids."),
        _parameter("members", flag, "0: not those under the faction's umbrella."),
        _parameter("presumed", flag, "1: also where the faction is only presumed."),
        _several("category", [*Category, "any"], "Sorts of event; `any` for all."),
        _several("type", list(EventType), "Event types."),
        _several("country", None, "English short names."),
        _several("attribution", list(Attribution), "How the actor is known."),
        _several("known_to", list(Precision), "How finely the place is known."),
        _parameter("denied", flag, "1: only what somebody denies."),
        _parameter("q", {"type": "string"}, "Words that must all occur."),
        _parameter("sort", {"enum": list(ORDERS)}, "Order of the rows."),
        _parameter("limit", whole, "Rows of a page; all when absent."),
        _parameter("offset", whole, "Rows before the page."),
        _parameter("bounds", {"type": "string"}, "What pictures and reports show: west,south,east,north in degrees."),
        _parameter("coarsen", {"type": "string"}, "Make points vaguer: town, province or a distance like 25km."),
    ]


def _parameter(name: str, schema: dict[str, Any], meaning: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": meaning, "schema": schema}


def _several(name: str, words: list[str] | None, meaning: str) -> dict[str, Any]:
    items = {"type": "string", **({"enum": words} if words else {})}
    return _parameter(name, {"type": "array", "items": items}, meaning) | {"style": "form", "explode": True}
