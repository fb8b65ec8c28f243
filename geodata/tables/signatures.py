"""Files that are no comma-separated text at all, told by their first bytes."""

from geodata.errors import InvalidTableError, Problem

_SAVE = 'open it in a spreadsheet program and save it as "CSV UTF-8"'
_SIGNATURES = (
    (b"PK\x03\x04", f"this is an Excel workbook or a ZIP archive renamed .csv: {_SAVE}"),
    (b"\xd0\xcf\x11\xe0", f"this is an old Excel workbook renamed .csv: {_SAVE}"),
    (b"%PDF", "this is a PDF renamed .csv: give the table itself, saved as CSV UTF-8"),
    (b"\x1f\x8b", "this is a gzip archive: unpack it first"),
    (b"PAR1", "this is a Parquet file, not CSV: write it out as CSV UTF-8"),
    (b"\xff\xfe", f"this is UTF-16 text: {_SAVE}"),
    (b"\xfe\xff", f"this is UTF-16 text: {_SAVE}"),
)


def refuse_foreign_bytes(start: bytes, name: str) -> None:
    """Return if the first bytes of a file may be comma-separated text.

    Raises
    ------
    InvalidTableError
        If the file is empty, or bears the signature of a workbook, an archive, a PDF or UTF-16.
    """
    if not start:
        reason = "the file is empty: the first line must name the columns"
    elif found := [reason for signature, reason in _SIGNATURES if start.startswith(signature)]:
        reason = found[0]
    elif b"\x00" in start[:4]:
        reason = f"this is UTF-16 text or no text at all: {_SAVE}"
    else:
        return
    raise InvalidTableError(name, [Problem(line=1, reason=reason)])
