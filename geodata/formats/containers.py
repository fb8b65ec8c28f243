"""What sort of file it is, by its first bytes."""

import gzip
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, BinaryIO, TypeAlias

from geodata.errors import InvalidTableError, Problem, shown
from geodata.formats.contents import Contents
from geodata.formats.delimited import read_delimited
from geodata.formats.geojson import read_geojson
from geodata.formats.geopackage import read_geopackage
from geodata.formats.parquet import read_parquet
from geodata.formats.workbook import read_workbook

Reader: TypeAlias = Callable[[BinaryIO, str], Contents]

_START = 4096
_SAVE = 'open it in a spreadsheet program and save it as "CSV UTF-8"'
_NO_TABLE = 'and no table: copy its table into a spreadsheet program and save it as "CSV UTF-8"'
_DAMAGED = "this is a packed file that is damaged or was not fully copied: copy it again"
_ENCRYPTED = "the archive is protected by a password: unpack it first"
_EMPTY = "the file is empty: the first line must name the columns"
_BROKEN_ZIP = f"this is an Excel workbook or a ZIP archive that is damaged: {_SAVE}"
_REFUSED = (
    (b"%PDF", f"this is a PDF {_NO_TABLE}"),
    (b"\x89PNG", f"this is a picture {_NO_TABLE}"),
    (b"\xff\xd8\xff", f"this is a picture {_NO_TABLE}"),
    (b"GIF8", f"this is a picture {_NO_TABLE}"),
    (b"BM6", f"this is a picture {_NO_TABLE}"),
    (b"RIFF", f"this is a picture or a recording {_NO_TABLE}"),
    (b"II*\x00", f"this is a picture {_NO_TABLE}"),
    (b"MM\x00*", f"this is a picture {_NO_TABLE}"),
    (b"{\\rtf", f"this is a text document {_NO_TABLE}"),
    (b"7z\xbc\xaf\x27\x1c", "this is a 7z archive: unpack it first"),
    (b"Rar!", "this is a RAR archive: unpack it first"),
    (b"BZh", "this is a bzip2 archive: unpack it first"),
    (b"\xfd7zXZ", "this is an xz archive: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "this is a zstd archive: unpack it first"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<kml", b"<svg", b"<!--", b"<head", b"<body", b"<table", b"<div")
_IS_MARKUP = "this is a web page or another document in markup, and no table: save the table itself as CSV UTF-8"
_TABLES = (".csv", ".tsv", ".txt", ".geojson", ".json", ".parquet", ".xlsx", ".xls", ".ods")


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
    _refuse(start, name)
    for signature, reader in _READERS:
        if start.startswith(signature):
            return reader(file, name)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")):
        return read_geojson(file, name)
    return read_delimited(file, name)


def _refuse(start: bytes, name: str) -> None:
    reason = "" if start else _EMPTY
    reason = next((told for signature, told in _REFUSED if start.startswith(signature)), reason)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:9].lower().startswith(_MARKUP):
        reason = _IS_MARKUP
    if reason:
        raise InvalidTableError(name, [Problem(line=1, reason=reason)])


def _read_gzip(file: BinaryIO, name: str) -> Contents:
    return _unpacked(gzip.GzipFile(fileobj=file), name, "gzip")


def _read_zip(file: BinaryIO, name: str) -> Contents:
    """Return the rows of a workbook, or of the only table in an archive."""
    try:
        archive = zipfile.ZipFile(file)
        members = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise InvalidTableError(name, [Problem(line=1, reason=_BROKEN_ZIP)]) from error
    if "mimetype" in members or "[Content_Types].xml" in members:
        if not _is_workbook(archive):
            raise InvalidTableError(name, [Problem(line=1, reason=f"this is a document of another kind {_NO_TABLE}")])
        file.seek(0)
        return read_workbook(file, name)
    tables = [member for member in members if PurePosixPath(member).suffix.lower() in _TABLES]
    tables = [member for member in tables if not member.startswith("__MACOSX/")]
    if len(tables) != 1:
        found = shown(", ".join(tables)) if tables else "none"
        reason = f"this is a ZIP archive that should hold one table, and holds {found}: unpack it, and give the table"
        raise InvalidTableError(name, [Problem(line=1, reason=reason)])
    try:
        return _unpacked(archive.open(tables[0]), name, f"ZIP, {tables[0]}")
    except (RuntimeError, NotImplementedError) as error:
        raise InvalidTableError(name, [Problem(line=1, reason=_ENCRYPTED)]) from error


def _is_workbook(archive: zipfile.ZipFile) -> bool:
    """Return whether a document of Office or LibreOffice is a workbook, as far as it tells."""
    members = archive.namelist()
    if "mimetype" in members:
        return b"spreadsheet" in archive.read("mimetype")
    return any(member.startswith("xl/") for member in members)


def _unpacked(file: Any, name: str, called: str) -> Contents:  # noqa: ANN401, a file in a file
    try:
        contents = read_contents(file, name)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise InvalidTableError(name, [Problem(line=1, reason=_DAMAGED)]) from error
    return replace(contents, container=f"{contents.container} in {called}")


_READERS: tuple[tuple[bytes, Reader], ...] = (
    (b"\x1f\x8b", _read_gzip),
    (b"PK\x03\x04", _read_zip),
    (b"PK\x05\x06", _read_zip),
    (b"\xd0\xcf\x11\xe0", read_workbook),
    (b"PAR1", read_parquet),
    (b"SQLite format 3\x00", read_geopackage),
)
