"""How to cite an exported list."""

import re
from collections.abc import Mapping
from typing import Any

from geodata import __version__
from geodata.exports.columns import EXPORTED
from geodata.exports.licences import Licence, licences_of
from geodata.exports.listing import Listing
from geodata.exports.words import describe_question

TITLE = "Incident map"


def cite(listing: Listing, sha256: str = "") -> str:
    """Return a citation to paste beside an article; a file that cites itself can't tell its own hash."""
    file = f", file SHA-256 {sha256[:12]}…" if sha256 else ""
    day = f", made {listing.made[:10]}" if listing.made else ""
    link = f" {listing.link}" if listing.link else ""
    rows = listing.counts.total()
    return (
        f"{TITLE} {__version__}: {describe_question(listing.question)} ({rows} rows{day}; source table SHA-256 "
        f"{listing.store.meta['sha256'][:12]}…{file}).{link}"
    )


def describe_terms(listing: Listing) -> list[tuple[str, str]]:
    """Return pairs of a subject and what it obliges to: how to cite, and whom to credit; the rows have been taken."""
    licences = licences_of(listing, sorted(listing.places))
    return [
        ("Cite as", cite(listing)),
        *((f"Credit: {licence.name}", f"{licence.terms}. {licence.obligation}") for licence in licences),
    ]


def to_credits(manifest: Mapping[str, Any]) -> str:
    """Return a page of text to put beside a file: how to cite it, whom to credit, and how to make it again."""
    owed = [f"- {licence['name']}: {licence['terms']}. {licence['obligation']}" for licence in manifest["licences"]]
    file, source = manifest["file"], next(iter(manifest["inputs"]))
    return "\n".join(
        [
            *("How to cite", "", manifest["citation"], ""),
            *("Whom to credit, and what they oblige to", "", *owed, ""),
            *("To make the file again to the byte", ""),
            f"python -m geodata verify {file['name']} --incidents {source}",
            "",
        ]
    )


def to_dataset(listing: Listing, licences: list[Licence], file: Mapping[str, Any], media_type: str) -> dict[str, Any]:
    """Return the list as a schema.org Dataset, for catalogues and search engines.

    Parameters
    ----------
    file
        Its `name`, `bytes` and `sha256`.
    """
    question, meta = listing.question, listing.store.meta
    dated = question.start or question.end
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"{TITLE}: {describe_question(question)}",
        "description": "Incidents with place, time, actor, attribution, casualties as reported, and sources.",
        "version": __version__,
        **({"dateCreated": listing.made} if listing.made else {}),
        **({"url": listing.link} if listing.link else {}),
        **({"temporalCoverage": f"{question.start or '..'}/{question.end or '..'}"} if dated else {}),
        **({"spatialCoverage": sorted(question.countries)} if question.countries else {}),
        "inLanguage": "en",
        "variableMeasured": list(EXPORTED),
        "creditText": "; ".join(licence.obligation for licence in licences),
        "license": [_to_url(licence.terms) for licence in licences],
        "isBasedOn": {"@type": "Dataset", "name": meta["source"], "identifier": f"sha256:{meta['sha256']}"},
        "identifier": f"sha256:{file['sha256']}",
        "distribution": {
            "@type": "DataDownload",
            "name": file["name"],
            "encodingFormat": media_type,
            "contentSize": file["bytes"],
            "sha256": file["sha256"],
        },
    }


def _to_url(terms: str) -> str:
    """Return the address of a licence where its terms name one."""
    found = re.search(r"https://\S+", terms)
    return found[0] if found else terms
