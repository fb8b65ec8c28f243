"""In which encoding a text file is written."""

import codecs
import re
from typing import BinaryIO

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Western (Windows-1252, ISO-8859-1)",
    "cp1256": "Arabic (Windows-1256)",
}
_CHUNK = 1 << 22
_MOST_ZEROS = 5
_SAMPLE = 1 << 14
_WELL_FORMED = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_ARABIC_WORD = re.compile(rb"[\xc0-\xff]{3,}")
_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")


def find_encoding(file: BinaryIO) -> str:
    """Return Python's name of the encoding of a file, and leave the file at its start.

    It is told by its mark; else it is UTF-8 unless most of its letters beyond ASCII cannot be; else Western or Arabic.
    """
    start = file.read(4096)
    file.seek(0)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    if start.count(0) * _MOST_ZEROS > len(start):
        return _without_mark(start)
    sample = _sample_beyond_utf8(file)
    file.seek(0)
    return _guess(sample) if sample else "utf-8"


def encoding_in_words(encoding: str) -> str:
    """Return what people call an encoding."""
    return _NAMES.get(encoding, encoding)


class Transcoded:
    """A text file, read as UTF-8 whatever it is written in; what cannot be decoded stands as an escape."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)("backslashreplace")

    def read(self, size: int) -> bytes:
        """Return about `size` bytes more, none only at the end."""
        while True:
            more = self._file.read(size)
            text = self._decoder.decode(more, final=not more)
            if text or not more:
                return text.encode()


def _without_mark(start: bytes) -> str:
    """Return which UTF-16 it is: Latin letters, digits and delimiters have a zero in their higher byte."""
    return "utf-16-be" if start[0::2].count(0) > start[1::2].count(0) else "utf-16-le"


def _sample_beyond_utf8(file: BinaryIO) -> bytes:
    """Return lines with letters beyond ASCII, none if all of the file is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    while more := file.read(_CHUNK):
        try:
            decoder.decode(more)
        except UnicodeDecodeError:
            return b"\n".join(_LINE.findall(more))[:_SAMPLE] or more[-_SAMPLE:]
    return b""


def _guess(sample: bytes) -> str:
    high = len(_HIGH.findall(sample))
    if sum(map(len, _WELL_FORMED.findall(sample))) * 2 > high:
        return "utf-8"
    if sum(map(len, _ARABIC_WORD.findall(sample))) * 2 > high:
        best = from_bytes(sample, cp_isolation=["cp1252", "cp1256"]).best()
        return "cp1256" if best is None else best.encoding
    return "cp1252"
