"""A file together with its manifest and how to cite it."""

import zipfile
from collections.abc import Iterator
from typing import Any

from geodata.exports.citation import to_credits
from geodata.exports.formats import FORMATS
from geodata.exports.growing import GrowingFile
from geodata.exports.listing import Listing
from geodata.exports.manifest import ENDING, Digest, make_manifest, to_json

CREDITS = "CITATION.txt"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def to_bundle(listing: Listing, form: str, name: str) -> Iterator[bytes]:
    """Yield a ZIP of the list in a form under that name, its manifest, and a citation to paste.

    Unpacked, `python -m geodata verify` makes the file again.
    """
    file: Any = GrowingFile()  # a file that is only ever appended to
    digest = Digest()
    with zipfile.ZipFile(file, "w") as archive:
        with archive.open(_entry(name), "w", force_zip64=True) as content:
            for part in digest.watch(FORMATS[form].write(listing)):
                content.write(part)
                yield file.taken()
        manifest = make_manifest(listing, form, name=name, digest=digest)
        archive.writestr(_entry(name + ENDING), to_json(manifest))
        archive.writestr(_entry(CREDITS), to_credits(manifest))
    yield file.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
