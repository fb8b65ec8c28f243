"""The list as KML, for Google Earth and its like."""

import re
import zipfile
from collections.abc import Iterator
from html import escape
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

import pyarrow as pa
import shapely

from geodata.exports.citation import describe_terms
from geodata.exports.columns import EXPORTED
from geodata.exports.geometry import Shapes
from geodata.exports.growing import GrowingFile
from geodata.exports.listing import Listing
from geodata.exports.reading import HOW_TO_READ
from geodata.exports.sides import SIDE_COLOURS, SIDE_NAMES
from geodata.exports.words import describe_listing
from geodata.incidents.dates import describe_interval

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_IN_MEMORY = 8 << 20
_CHUNK = 1 << 20
_NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def to_kml(listing: Listing) -> Iterator[bytes]:
    """Yield the rows as KML 2.2, a folder a side, in their order within each.

    A row known to an area only is that area; one without a place has no geometry. Each has a time span, all columns as
    data, and a description in words.
    """
    folders: dict[str, BinaryIO] = {
        side: SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115, closed below  # pyright: ignore[reportAssignmentType]
        for side in SIDE_NAMES
    }
    shapes = Shapes(listing.gazetteer.areas, _to_kml_shapes, pa.string())
    try:
        for batch in listing.batches():
            geometry = shapes.of(batch).to_pylist()
            for row, shape in zip(batch.select([*EXPORTED]).to_pylist(), geometry, strict=True):
                folders[row["side"]].write(_placemark(row, shape or "").encode())
        yield _head(listing).encode()
        for side, folder in folders.items():
            yield from _folder(side, folder)
        yield b"</Document>\n</kml>\n"
    finally:
        for folder in folders.values():
            folder.close()


def to_kmz(listing: Listing) -> Iterator[bytes]:
    """Yield the same, compressed, as Google Earth saves it."""
    file: Any = GrowingFile()  # a file that is only ever appended to
    entry = zipfile.ZipInfo("doc.kml", _FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(file, "w") as archive, archive.open(entry, "w", force_zip64=True) as document:
        for part in to_kml(listing):
            document.write(part)
            yield file.taken()
    yield file.taken()


def _head(listing: Listing) -> str:
    styles = "".join(_style(side, colour) for side, colour in SIDE_COLOURS.items())
    pairs = (*describe_listing(listing), *describe_terms(listing), *HOW_TO_READ)
    told = "\n".join(f"{subject}: {meaning}" for subject, meaning in pairs)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
        f"<name>Incidents</name>\n<description>{_html(told)}</description>\n{styles}"
    )


def _style(side: str, colour: str) -> str:
    """Return the style of a side; KML writes colours as opacity, blue, green, red."""
    bgr = colour[5:7] + colour[3:5] + colour[1:3]
    return (
        f'<Style id="{side}"><IconStyle><color>ff{bgr}</color></IconStyle><LabelStyle><scale>0.8</scale></LabelStyle>'
        f"<LineStyle><color>ff{bgr}</color><width>1.5</width></LineStyle><PolyStyle><color>40{bgr}</color></PolyStyle>"
        "<BalloonStyle><text>$[description]</text></BalloonStyle></Style>\n"
    )


def _folder(side: str, content: BinaryIO) -> Iterator[bytes]:
    if not content.tell():
        return
    content.seek(0)
    yield f"<Folder><name>{_xml(SIDE_NAMES[side])}</name>\n".encode()
    while part := content.read(_CHUNK):
        yield part
    yield b"</Folder>\n"


def _placemark(row: dict[str, Any], shape: str) -> str:
    days = describe_interval(row["date_earliest"], row["date_latest"], row["date_precision"])
    event = (row["event_type"] or row["category"]).replace("_", " ")
    told = [
        ("", f"{row['incident_id']}: {event}, {days}"),
        ("", row["summary"]),
        ("Place", f"{row['place_name'] or row['place']} (known to: {row['known_to'] or 'unknown'})"),
        ("Not on the map", row["reason"] if row["location"] == "unplaced" else ""),
        ("Actor", f"{row['actor_name'] or 'unknown'} ({row['attribution']})"),
        ("Said by", row["attributed_by"]),
        ("Denied by", row["denied_by"]),
        ("Sources", row["sources"]),
    ]
    words = "\n".join(f"{subject}: {text}" if subject else text for subject, text in told if text)
    data = "".join(
        f'<Data name="{name}"><value>{_xml(str(value))}</value></Data>'
        for name, value in row.items()
        if value is not None
    )
    return (
        f"<Placemark><name>{_xml(row['place_name'] or row['place'] or row['incident_id'])}</name>"
        f"<description>{_html(words)}</description>{_span(row)}<styleUrl>#{row['side']}</styleUrl>"
        f"<ExtendedData>{data}</ExtendedData>{shape}</Placemark>\n"
    )


def _span(row: dict[str, Any]) -> str:
    if row["date_earliest"] is None:
        return ""
    return f"<TimeSpan><begin>{row['date_earliest']}</begin><end>{row['date_latest']}</end></TimeSpan>"


def _html(text: str) -> str:
    """Return text for a description, which is read as HTML: escaped for that, and again as XML."""
    return _xml(escape(text).replace("\n", "<br>"))


def _xml(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text)).replace("\r", "&#13;")


def _to_kml_shapes(geometries: Any) -> list[str]:  # noqa: ANN401, an array of geometries
    return [_to_kml_shape(geometry) for geometry in geometries]


def _to_kml_shape(geometry: Any) -> str:  # noqa: ANN401
    if geometry.geom_type == "Point":
        return f"<Point><coordinates>{_corners(geometry)}</coordinates></Point>"
    if geometry.geom_type == "MultiPolygon":
        return f"<MultiGeometry>{''.join(map(_to_kml_shape, geometry.geoms))}</MultiGeometry>"
    rings = [("outer", geometry.exterior), *(("inner", ring) for ring in geometry.interiors)]
    edges = (
        f"<{side}BoundaryIs><LinearRing><coordinates>{_corners(ring)}</coordinates></LinearRing></{side}BoundaryIs>"
        for side, ring in rings
    )
    return f"<Polygon>{''.join(edges)}</Polygon>"


def _corners(line: Any) -> str:  # noqa: ANN401
    return " ".join(f"{lon:.7g},{lat:.7g}" for lon, lat in shapely.get_coordinates(line).tolist())
