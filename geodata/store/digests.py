"""The hash of a file, remembered, so that a large one is not read again to know that it is the same."""

import hashlib
import json
import time
from pathlib import Path
from typing import BinaryIO

SETTLED_NS = 5_000_000_000
"""A file that changed so lately might change again within one tick of its file system's clock."""


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return digest_of(file)


def digest_of(file: BinaryIO) -> str:
    """Return the SHA-256 of all bytes, and go back to the first."""
    digest = hashlib.sha256()
    while part := file.read(1 << 20):
        digest.update(part)
    file.seek(0)
    return digest.hexdigest()


def remembered_digest(path: Path, folder: Path) -> str:
    """Return what `file_digest` does, without reading the file when it is known not to have changed since.

    It is known by its size, its inode, and when its contents and its inode changed last; the latter no program can
    set. A file that changed within `SETTLED_NS` is read each time.

    Parameters
    ----------
    folder
        Where a note is kept for each path.
    """
    note = folder / f"digest-{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]}.json"
    state = _state(path)
    try:
        known = json.loads(note.read_text(encoding="ascii"))
        if known["state"] == state:
            return str(known["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # there is none, or none that can be read: it is made anew
    digest = file_digest(path)
    if state == _state(path) and time.time_ns() - max(state[-2:]) > SETTLED_NS:
        _write(note, json.dumps({"state": state, "sha256": digest}))
    return digest


def _state(path: Path) -> list[int]:
    state = path.stat()
    return [state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns]


def _write(note: Path, text: str) -> None:
    """Write it whole or not at all; without it the file is merely read again."""
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        writing = note.with_suffix(f".{time.time_ns()}.writing")
        writing.write_text(text, encoding="ascii")
        writing.replace(note)
    except OSError:
        return
