"""`verify`: whether an exported file is what its manifest says, and can be made again to the byte."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geodata.actors.actors import read_actors
from geodata.commands.arguments import INCIDENTS
from geodata.commands.decisions import add_decisions, take_decisions
from geodata.errors import GeodataError
from geodata.exports.coarse import read_coarsening
from geodata.exports.formats import FORMATS
from geodata.exports.frame import read_bounds
from geodata.exports.listing import Listing
from geodata.exports.manifest import DECISIONS, ENDING, Digest, count, reference_digests, software
from geodata.exports.questions import question_from_json
from geodata.formats.mapping import ColumnMapping
from geodata.gazetteer.places import read_gazetteer
from geodata.review.decisions import Decisions
from geodata.review.file import digest_decisions
from geodata.store.digests import file_digest
from geodata.store.engine import open_store
from geodata.store.load import load_incidents

HELP = "make an exported file again from its manifest, and say whether the bytes are the same"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command may be told."""
    parser.add_argument("file", type=Path, metavar="FILE", help=f"an exported file, with FILE{ENDING} beside it")
    parser.add_argument("--incidents", type=Path, default=INCIDENTS, help="the table it was made from")
    add_decisions(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what agrees and what does not; return 1 when anything does not."""
    told = read_manifest(arguments.file.with_name(arguments.file.name + ENDING))
    checks = [("the file is the one of the manifest", file_digest(arguments.file) == told["file"]["sha256"])]
    decisions = take_decisions(arguments)
    here = {arguments.incidents.name: file_digest(arguments.incidents), **reference_digests()}
    here |= {DECISIONS: digest_decisions(decisions)} if decisions else {}
    checks += [(f"{name} is the same", here.get(name) == digest) for name, digest in told["inputs"].items()]
    digest, counts = make_again(told, arguments.incidents, decisions)
    checks.append(("the counts are the same", counts == told["counts"]))
    checks.append(("made again, the file is the same to the byte", digest == told["file"]["sha256"]))
    for claim, holds in checks:
        print(f"{'yes' if holds else 'NO '}  {claim}")
    if not all(holds for _, holds in checks):
        print(*_other_versions(told["software"]), sep="\n")
        return 1
    return 0


def read_manifest(path: Path) -> Mapping[str, Any]:
    """Return a manifest.

    Raises
    ------
    GeodataError
        If it is none of ours.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise GeodataError(f"{path.name} is no manifest: {error}") from error
    if not isinstance(told, dict) or told.get("manifest") != 1:  # pyright: ignore[reportUnknownMemberType]
        raise GeodataError(f"{path.name} is no manifest of ours")
    return told  # pyright: ignore[reportUnknownVariableType]


def make_again(told: Mapping[str, Any], incidents: Path, decisions: Decisions) -> tuple[str, dict[str, Any]]:
    """Return the SHA-256 and the counts of the file that a manifest describes, made from `incidents`."""
    gazetteer, question = read_gazetteer(), told["question"]
    with TemporaryDirectory() as folder:
        file = load_incidents(
            incidents, Path(folder), gazetteer, read_actors(), mapping=_mapping(told), decisions=decisions
        )
        listing = Listing(
            store=open_store(file),
            gazetteer=gazetteer,
            question=question_from_json(question["fields"]),
            order=question["order"],
            coarsening=read_coarsening(question["coarsened_to"]) if question["coarsened_to"] else None,
            made=told["made"],
            link=question["link"],
            bounds=read_bounds(question["bounds"]) if question["bounds"] else None,
            confirmed=question["restricted_confirmed"],
        )
        digest = Digest()
        for _ in digest.watch(FORMATS[told["file"]["format"]].write(listing)):
            pass
        return digest.sha256, count(listing)


def _mapping(told: Mapping[str, Any]) -> ColumnMapping | None:
    """Return how the columns of the table were read; None for a known format, and in older manifests."""
    mapping = told.get("mapping")
    return ColumnMapping.from_text(json.dumps(mapping)) if mapping else None


def _other_versions(then: Mapping[str, str]) -> list[str]:
    now = software()
    return [f"     {name} was {old}, here {now.get(name)}" for name, old in then.items() if now.get(name) != old]
