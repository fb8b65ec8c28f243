"""Bytes that are not UTF-8, carried through a text reader without loss and without hiding them."""

import codecs

# A code point that Unicode reserves for use inside programs; the byte follows it as two hexadecimal digits.
MARK = "\ufdd0"
_HANDLER = "geodata.undecodable"


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    found = error.object[error.start : error.end]
    return "".join(f"{MARK}{byte:02x}" for byte in found), error.end


codecs.register_error(_HANDLER, _mark)


def decode_marked(text: bytes) -> str:
    """Return the text, each byte that is not UTF-8 as `MARK` and two digits."""
    return text.decode("utf-8", errors=_HANDLER)


def mark_undecodable(text: bytes) -> bytes:
    """Return the text as UTF-8, the same object where it is that already."""
    if text.isascii():
        return text
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return decode_marked(text).encode("utf-8")
    return text


def show_undecodable(text: str) -> str:
    r"""Return the text with each marked byte as an escape like ``\xe9``."""
    return text.replace(MARK, "\\x")
