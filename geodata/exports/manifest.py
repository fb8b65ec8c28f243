"""What a file was made from, so that a stranger can make it again."""

import hashlib
import json
import platform
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyogrio

from geodata import __version__
from geodata.exports.citation import cite, to_dataset
from geodata.exports.formats import FORMATS
from geodata.exports.frame import write_bounds
from geodata.exports.html_map import STATIC
from geodata.exports.licences import licences_of
from geodata.exports.listing import Listing
from geodata.exports.questions import question_to_json
from geodata.exports.words import describe_order, describe_question
from geodata.incidents.schema import Location
from geodata.store.counts import count_rows
from geodata.store.filters import IncidentFilter

ENDING = ".manifest.json"
DECISIONS = "decisions"
"""What the file of the reader's decisions is called among the inputs."""
_HOME = Path(__file__).parents[1]
_LIBRARIES = (
    "duckdb",
    "fpdf2",
    "geopandas",
    "ibis-framework",
    "matplotlib",
    "pandas",
    "pyarrow",
    "shapely",
    "uharfbuzz",
    "xlsxwriter",
)


class Digest:
    """The SHA-256 and the length of bytes that pass by."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.size = 0

    def watch(self, content: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the same bytes, and take note of them."""
        for part in content:
            self._hash.update(part)
            self.size += len(part)
            yield part

    @property
    def sha256(self) -> str:
        """Return the hash of what has passed so far, in hexadecimal."""
        return self._hash.hexdigest()


def make_manifest(listing: Listing, form: str, *, name: str, digest: Digest) -> dict[str, Any]:
    """Return the manifest of a file that has just been written.

    Parameters
    ----------
    listing
        Whose rows have been taken, all of them.
    form
        A key of `FORMATS`.
    name
        The file's, without its folder.
    """
    licences = licences_of(listing, sorted(listing.places))
    file = {"name": name, "format": form, "bytes": digest.size, "sha256": digest.sha256}
    return {
        "manifest": 1,
        "file": file,
        "made": listing.made,
        "question": {
            "words": describe_question(listing.question),
            "order": listing.order,
            "order_words": describe_order(listing),
            "link": listing.link,
            "fields": question_to_json(listing.question),
            "coarsened_to": str(listing.coarsening or ""),
            "bounds": write_bounds(listing.bounds) if listing.bounds else "",
            "restricted_confirmed": listing.confirmed,
        },
        "counts": count(listing),
        "held_back": dict(sorted(listing.held.items())),
        "inputs": _inputs(listing.store.meta),
        "mapping": json.loads(listing.store.meta.get("mapping", "null")),
        "software": software(),
        "licences": [asdict(licence) for licence in licences],
        "citation": cite(listing, digest.sha256),
        "dataset": to_dataset(listing, licences, file, FORMATS[form].media_type),
    }


def _inputs(meta: Mapping[str, str]) -> dict[str, str]:
    decided = {DECISIONS: meta["decisions_sha256"]} if "decisions_sha256" in meta else {}
    return {meta["source"]: meta["sha256"], **decided, **reference_digests()}


def count(listing: Listing) -> dict[str, Any]:
    """Return counts that add up: read = rejected + left out + held back + exact + approximate + unplaced."""
    read, rejected = (int(listing.store.meta[name]) for name in ("rows_read", "rows_rejected"))
    held, kept = listing.held.total(), listing.counts.total()
    accepted = count_rows(listing.store, IncidentFilter())
    return {
        "read": read,
        "rejected": rejected,
        "left_out_by_filter": accepted - held - kept,
        "held_back": held,
        "in_file": kept,
        **{str(location): listing.counts[location] for location in Location},
    }


@cache
def reference_digests() -> Mapping[str, str]:
    """Return the hashes of gazetteer and actors, which decide about places and sides."""
    files = sorted(file for room in ("actors", "gazetteer") for file in (_HOME / room / "data").iterdir())
    return {f"{file.parts[-3]}/{file.name}": _digest(file) for file in files if file.suffix in {".csv", ".geojson"}}


@cache
def software() -> Mapping[str, str]:
    """Return the versions that decide about bytes, and a hash of our own code."""
    return {
        "incident-map": __version__,
        "code_sha256": _code_digest(),
        "python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "gdal": pyogrio.__gdal_version_string__,
        **{name: version(name) for name in _LIBRARIES},
    }


def to_json(manifest: Mapping[str, Any]) -> str:
    """Return the manifest as it is written."""
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def _code_digest() -> str:
    code = [*_HOME.rglob("*.py"), *_HOME.rglob("*.sql")]
    page = [file for file in STATIC.rglob("*") if file.is_file()]
    told = hashlib.sha256()
    for file in sorted(code) + sorted(page):
        told.update(f"{file.name} {_digest(file)}\n".encode())
    return told.hexdigest()


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
