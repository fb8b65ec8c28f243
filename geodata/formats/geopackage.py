"""GeoPackage."""

import warnings
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, BinaryIO

import pyarrow as pa
import pyogrio
from pyogrio.errors import DataSourceError

from geodata.errors import InvalidTableError, Problem, shown
from geodata.formats.blocks import BLOCK_ROWS, block_of_arrow
from geodata.formats.contents import Contents
from geodata.formats.geometry import POINT, block_with_points
from geodata.tables.header import Header
from geodata.tables.rows import Block

_OURS = "incidents"
_DAMAGED = "this is a SQLite file, but no GeoPackage that can be read: write it again, or save it as CSV UTF-8"


def read_geopackage(file: BinaryIO, name: str) -> Contents:
    """Return the features of a GeoPackage's only layer, or of the one called `incidents`; the first is on line 2.

    Raises
    ------
    InvalidTableError
        If the file is damaged, or has several layers of which none is called so.
    """
    path: Any = getattr(file, "name", None)
    source = path if isinstance(path, str) else file.read()
    try:
        with _whatever_its_name():
            return _open(source, name)
    except DataSourceError as error:
        raise InvalidTableError(name, [Problem(line=1, reason=_DAMAGED)]) from error


def _open(source: Any, name: str) -> Contents:  # noqa: ANN401, a path or bytes
    layers = [str(layer) for layer, _ in pyogrio.list_layers(source)]
    layer = _choose(layers, name)
    info: Any = pyogrio.read_info(source, layer=layer)
    names = [str(field) for field in info["fields"]]
    header = Header(names=(*names, *(POINT if info["geometry_type"] else ())), line=1, records=1)
    return Contents(header=header, blocks=_blocks(source, layer, names), container=f"GeoPackage, layer {layer}")


def _choose(layers: list[str], name: str) -> str:
    if len(layers) == 1:
        return layers[0]
    if _OURS in layers:
        return _OURS
    reason = f"there are several layers ({shown(', '.join(layers))}): call the one with the incidents {_OURS}"
    raise InvalidTableError(name, [Problem(line=1, reason=reason)])


def _blocks(source: Any, layer: str, names: list[str]) -> Iterator[Block]:  # noqa: ANN401, a path or bytes
    line = 2
    with ExitStack() as stack:
        with _whatever_its_name():
            opened: Any = pyogrio.open_arrow(source, layer=layer, batch_size=BLOCK_ROWS, use_pyarrow=True)
            meta, reader = stack.enter_context(opened)
        geometry = meta["geometry_name"] or "wkb_geometry"
        for batch in reader:
            table = pa.Table.from_batches([batch])
            told = table.select(names)
            wkb = table.column(geometry).to_numpy() if geometry in table.column_names else None
            yield block_of_arrow(told, line) if wkb is None else block_with_points(told, wkb, meta["crs"], line)
            line += len(batch)
        if line == 2:  # noqa: PLR2004, a layer without rows is a block too
            yield block_of_arrow(pa.table({column: pa.array([], pa.string()) for column in names}), line)


@contextmanager
def _whatever_its_name() -> Generator[None]:
    """Open without GDAL's complaint that bytes, or a file of another name, do not end in .gpkg."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="File .* has GPKG application_id", category=RuntimeWarning)
        yield
