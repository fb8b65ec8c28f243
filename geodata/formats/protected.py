"""Workbooks that cannot be read without their password."""

import struct
import zipfile
from typing import BinaryIO

_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # what a protected .xlsx is inside: one stream of this name
_FIRST_RECORD = b"\x09\x08\x10\x00\x00\x06\x05\x00"  # BOF of an .xls: its id, its length, BIFF8, the workbook's globals
_FILEPASS = 0x2F
_RECORDS_BEFORE = 5


def is_protected(file: BinaryIO) -> bool:
    """Return whether a workbook of Excel or LibreOffice is protected by a password, and go back to its start."""
    file.seek(0)
    if file.read(2) == b"PK":
        return _is_protected_package(file)
    content = file.read()
    file.seek(0)
    return _PACKAGE in content or _has_filepass(content)


def _is_protected_package(file: BinaryIO) -> bool:
    """Return whether the manifest of an .ods tells how its parts are encrypted."""
    try:
        with zipfile.ZipFile(file) as archive:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (KeyError, zipfile.BadZipFile, RuntimeError):
        return False
    finally:
        file.seek(0)


def _has_filepass(content: bytes) -> bool:
    """Return whether one of the first records of an .xls says by what it is encrypted."""
    at = content.find(_FIRST_RECORD)
    for _ in range(_RECORDS_BEFORE):
        if not 0 <= at <= len(content) - 4:
            return False
        record, length = struct.unpack_from("<HH", content, at)
        if record == _FILEPASS:
            return True
        at += 4 + length
    return False
