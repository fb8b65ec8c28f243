"""Any file that holds incidents, opened."""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from geodata.errors import Problem
from geodata.formats import acled, gtd, ucdp
from geodata.formats.cells import Cells
from geodata.formats.containers import read_contents
from geodata.formats.contents import Contents
from geodata.formats.detect import detect_format, is_canonical
from geodata.formats.format import CANONICAL, Format, FormatKey
from geodata.formats.geometry import use_points
from geodata.formats.mapping import ColumnMapping
from geodata.formats.translation import Columns, to_batch
from geodata.incidents.read import Reading, read_whole, regroup, table_name, to_batches, to_reading
from geodata.tables.table import TableBatch

Translator: TypeAlias = Callable[[Cells], Columns]
PREVIEWED_ROWS = 20
_TRANSLATORS: Mapping[FormatKey, tuple[Format, str, Translator]] = {
    "acled": (acled.FORMAT, acled.OWN_ID, acled.translate),
    "gtd": (gtd.FORMAT, gtd.OWN_ID, gtd.translate),
    "ucdp": (ucdp.FORMAT, ucdp.OWN_ID, ucdp.translate),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The first rows of a table as text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTable:
    """A file of incidents, known for what it is; its rows are read as they are asked for.

    Attributes
    ----------
    mapping
        How its columns are read, given or guessed; ``None`` for a format that is known.
    written
        How the file is written, in words: "CSV, separated by semicolons, UTF-8".
    problems
        What is known to be wrong with it before its rows are read.
    """

    source: Path | BinaryIO
    name: str
    format: Format
    mapping: ColumnMapping | None
    preview: Preview
    written: str
    problems: tuple[Problem, ...] = ()

    def batches(self, batch_rows: int = 100_000) -> Iterator[Reading]:
        """Yield the incidents in batches of about `batch_rows`, each row checked by itself only.

        Memory does not grow with the table. There is at least one batch. May be asked again, which reads again.

        Raises
        ------
        InvalidTableError
            When a line is reached that makes a table of it impossible.
        """
        yield from regroup(map(to_reading, self.rows()), batch_rows)

    def read(self) -> Reading:
        """Return all incidents, checked against each other too: of rows with the same id, the first stays."""
        return read_whole(self.rows(), self.format.repeated)

    def rows(self) -> Iterator[TableBatch]:
        """Yield the rows with what is wrong with each, as they stand in the file."""
        with _opened(self.source) as file:
            yield from _translate(_read(file, self.name), self)


def open_table(source: Path | BinaryIO, *, name: str = "", mapping: ColumnMapping | None = None) -> OpenTable:
    """Return a file of incidents, known by its contents for what it is.

    Parameters
    ----------
    source
        A file on disk; or an open one that can go back to its start, which stays open.
    name
        What messages call it; the file's name by default.
    mapping
        How to read a table that is in no known format; guessed by default.

    Raises
    ------
    InvalidTableError
        If it is no table of incidents; the reason says what to do.
    OSError
        If the file cannot be opened.
    """
    called = name or table_name(source)
    with _opened(source) as file:
        contents = _read(file, called)
        key = detect_format(contents.header.names)
        first = next(iter(contents.blocks), None)
    rows = [] if first is None else first.cells.slice(0, PREVIEWED_ROWS).to_pylist()
    return OpenTable(
        source=source,
        name=called,
        format=_TRANSLATORS[key][0] if key in _TRANSLATORS else CANONICAL,
        mapping=mapping,
        preview=Preview(header=contents.header.names, rows=tuple(tuple(row.values()) for row in rows)),
        written=contents.described,
        problems=(Problem(line=contents.header.line, reason=contents.notice),) if contents.notice else (),
    )


def _read(file: BinaryIO, name: str) -> Contents:
    contents = read_contents(file, name)
    return use_points(contents, canonical=is_canonical(contents.header.names))


def _translate(contents: Contents, table: OpenTable) -> Iterator[TableBatch]:
    if table.format.key not in _TRANSLATORS:
        yield from to_batches((contents.header, contents.blocks), name=table.name, inert=contents.inert)
        return
    _, own_id, translate = _TRANSLATORS[table.format.key]
    for block in contents.blocks:
        cells = Cells(contents.header.names, block)
        yield to_batch(cells, translate(cells), own_id=own_id, names=contents.header.names)


@contextmanager
def _opened(source: Path | BinaryIO) -> Generator[BinaryIO]:
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield file
    else:
        source.seek(0)
        yield source
