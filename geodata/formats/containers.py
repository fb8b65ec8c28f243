"""What sort of file it is, by its first bytes."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, BinaryIO, TypeAlias

from geodata.errors import InvalidTableError, Problem
from geodata.formats.contents import Contents
from geodata.formats.delimited import read_delimited
from geodata.tables.signatures import refuse_foreign_bytes

Reader: TypeAlias = Callable[[BinaryIO, str], Contents]

_START = 4096
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_READERS: tuple[tuple[bytes, Reader], ...] = ()


def read_contents(file: BinaryIO, name: str) -> Contents:
    """Return the rows of a file, whatever sort of file it is.

    Parameters
    ----------
    file
        Open at its start, and able to go back there.

    Raises
    ------
    InvalidTableError
        If it holds no table that can be read here; the reason says what to do.
    """
    start = file.read(_START)
    file.seek(0)
    if start.startswith(_GZIP):
        return _packed(gzip.GzipFile(fileobj=file), name, "gzip")
    for signature, reader in _READERS:
        if start.startswith(signature):
            return reader(file, name)
    if not start.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" not in start[:4]:
        refuse_foreign_bytes(start, name)
    return read_delimited(file, name)


def _packed(file: Any, name: str, called: str) -> Contents:  # noqa: ANN401, a file in a file
    try:
        contents = read_contents(file, name)
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidTableError(name, [Problem(line=1, reason=f"{_DAMAGED} ({error})")]) from error
    return replace(contents, container=f"{contents.container} in {called}")


_DAMAGED = "this is a packed file that is damaged or was not fully copied: copy it again"
