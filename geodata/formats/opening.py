"""Any file that holds incidents, opened."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, TypeAlias

from geodata.errors import GeodataError, Problem
from geodata.formats import acled, columns, gtd, ucdp
from geodata.formats.cells import Cells
from geodata.formats.containers import read_contents
from geodata.formats.contents import Contents
from geodata.formats.detect import detect_format, is_canonical
from geodata.formats.format import CANONICAL, COLUMNS, Format, FormatKey
from geodata.formats.geometry import use_points, without_shapes
from geodata.formats.guessing import guess_mapping
from geodata.formats.mapping import ColumnMapping
from geodata.formats.translation import Columns, to_batch
from geodata.incidents.read import Reading, read_whole, refuse_repeats, regroup, table_name, to_batches, to_reading
from geodata.tables.table import TableBatch

Translator: TypeAlias = Callable[[Cells], Columns]
PREVIEWED_ROWS = 20
_SAMPLED_ROWS = 1000
_NO_ROWS = "there is no row under this header: add one"
_TRANSLATORS: Mapping[FormatKey, tuple[Format, str, Translator]] = {
    "acled": (acled.FORMAT, acled.OWN_ID, acled.translate),
    "gtd": (gtd.FORMAT, gtd.OWN_ID, gtd.translate),
    "ucdp": (ucdp.FORMAT, ucdp.OWN_ID, ucdp.translate),
}

_FORMATS: Mapping[FormatKey, Format] = {
    "canonical": CANONICAL,
    "columns": COLUMNS,
    **{key: about for key, (about, _, _) in _TRANSLATORS.items()},
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

    def batches(self, batch_rows: int = 100_000, *, first_lines: dict[str, int] | None = None) -> Iterator[Reading]:
        """Yield the incidents in batches of about `batch_rows`, each row checked by itself only.

        Memory does not grow with the table. There is at least one batch. May be asked again, which reads again.

        Parameters
        ----------
        first_lines
            If given, rows whose id an earlier one has are rejected too; it then holds the line of each id.

        Raises
        ------
        InvalidTableError
            When a line is reached that makes a table of it impossible.
        """
        rows = self.rows()
        if first_lines is not None:
            rows = refuse_repeats(rows, first_lines, self.format.repeated)
        yield from regroup(map(to_reading, rows), batch_rows)

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
        first = next((block for block in contents.blocks if block.cells.num_rows or block.broken), None)
    rows = [] if first is None else [tuple(row.values()) for row in first.cells.slice(0, _SAMPLED_ROWS).to_pylist()]
    if key == "columns":
        mapping = mapping or guess_mapping(contents.header.names, rows)
        columns.refuse_unmappable(mapping, contents.header, called)
    elif mapping:
        raise GeodataError(f"{called} needs no mapping: it is known as {_FORMATS[key].title}")
    return OpenTable(
        source=source,
        name=called,
        format=_FORMATS[key],
        mapping=mapping,
        preview=Preview(header=contents.header.names, rows=tuple(rows[:PREVIEWED_ROWS])),
        written=contents.described,
        problems=_known_problems(contents, mapping, empty=first is None),
    )


def _read(file: BinaryIO, name: str) -> Contents:
    contents = read_contents(file, name)
    return use_points(contents, canonical=is_canonical(contents.header.names))


def _known_problems(contents: Contents, mapping: ColumnMapping | None, *, empty: bool) -> tuple[Problem, ...]:
    told = filter(None, (contents.notice, _NO_ROWS if empty else ""))
    notices = (Problem(line=contents.header.line, reason=reason) for reason in told)
    return (*notices, *(columns.find_faults(mapping, contents.header) if mapping else ()))


def _translate(contents: Contents, table: OpenTable) -> Iterator[TableBatch]:
    if table.format.key == "canonical":
        batches = to_batches((contents.header, contents.blocks), name=table.name, inert=contents.inert)
    elif table.mapping:
        columns.refuse_without_place(table.mapping, contents.header, table.name)
        translate = columns.MappedColumns(table.mapping, table.name).translate
        used = tuple(table.mapping.columns.values())
        batches = _foreign(contents, translate, table.mapping.columns.get("incident_id", ""), used)
    else:
        _, own_id, translate = _TRANSLATORS[table.format.key]
        batches = _foreign(contents, translate, own_id, ())
    problems = table.problems
    for batch in batches:
        yield replace(batch, header_problems=(*problems, *batch.header_problems)) if problems else batch
        problems = ()


def _foreign(contents: Contents, translate: Translator, own_id: str, used: Sequence[str]) -> Iterator[TableBatch]:
    for block in without_shapes(contents.blocks, used):
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
