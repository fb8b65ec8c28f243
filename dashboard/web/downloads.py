"""The list for other programs: the page's filter as an address, in every format."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import chain

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from dashboard.file_names import file_stem
from dashboard.sources import Source, find_source
from dashboard.state import View, from_address, to_address
from geodata.errors import GeodataError
from geodata.exports.coarse import read_coarsening
from geodata.exports.formats import FORMATS, Format
from geodata.exports.frame import read_bounds
from geodata.exports.listing import Listing
from geodata.exports.manifest import Digest, make_manifest, reference_digests, software
from geodata.store.counts import count_rows

MOST_DIGITS = 9


def incidents_as(name: str) -> Callable[[Request], Response]:
    """Return the endpoint that answers with the incidents in one format."""
    form = FORMATS[name]

    def endpoint(request: Request) -> Response:
        return _answer(request, name, form)

    return endpoint


def manifest(request: Request) -> Response:
    """Answer with the manifest of what the same address gives in ``format``, CSV by default."""
    name = request.query_params.get("format", "csv")
    if name not in FORMATS:
        return JSONResponse({"error": f"format must be one of {', '.join(FORMATS)}"}, 400)
    listing = _listing(request, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    digest = Digest()
    for _ in digest.watch(FORMATS[name].write(listing)):
        pass
    file = f"{file_stem(_view(request))}{FORMATS[name].ending}"
    return JSONResponse(make_manifest(listing, name, name=file, digest=digest))


def _answer(request: Request, name: str, form: Format) -> Response:
    listing = _listing(request)
    headers = {"etag": _etag(request, name), "cache-control": "no-cache"}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    headers["content-disposition"] = f'attachment; filename="{file_stem(_view(request))}{form.ending}"'
    headers |= _paging(request, listing)
    content = form.write(listing)
    # The first part now, while what a format cannot hold can still be told.
    return StreamingResponse(chain([next(content)], content), media_type=form.media_type, headers=headers)


def _source(request: Request) -> Source:
    return find_source(request.query_params.get("table", ""))


def _listing(request: Request, made: str = "") -> Listing:
    source, view, asked = _source(request), _view(request), request.query_params
    limit = _whole(asked, "limit")
    return Listing(
        store=source.store,
        gazetteer=source.gazetteer,
        question=view.question,
        order=view.order,
        coarsening=read_coarsening(asked["coarsen"]) if asked.get("coarsen") else None,
        made=made,
        link=str(request.url) if made else "",
        bounds=read_bounds(asked["bounds"]) if asked.get("bounds") else None,
        offset=_whole(asked, "offset") or 0,
        limit=limit,
    )


def _view(request: Request) -> View:
    asked = request.query_params
    return from_address({name: asked.getlist(name) for name in asked})


def _whole(asked: Mapping[str, str], name: str) -> int | None:
    text = asked.get(name, "")
    if text and not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise GeodataError(f"{name} must be a whole number")
    return int(text) if text else None


def _paging(request: Request, listing: Listing) -> dict[str, str]:
    """Return how many rows there are in all, and the address of the next page if there is one."""
    total = count_rows(listing.store, listing.question)
    headers = {"x-total-count": str(total)}
    end = listing.offset + (listing.limit or 0)
    if listing.limit and end < total:
        headers["link"] = f'<{request.url.include_query_params(offset=end)}>; rel="next"'
    return headers


def _etag(request: Request, name: str) -> str:
    """Return a mark that changes with the data, the software and whatever of the address decides about the bytes."""
    view, asked = _view(request), request.query_params
    told = [
        name,
        _source(request).store.version,
        *sorted(reference_digests().items()),
        *sorted(software().items()),
    ]
    told += [
        *sorted(to_address(view).items()),
        *(asked.get(own, "") for own in ("limit", "offset", "coarsen", "bounds")),
    ]
    return f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"'
