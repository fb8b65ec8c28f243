"""The formats of the downloads."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from geodata.exports import html_map, xlsx
from geodata.exports.csv import to_csv, to_excel_csv, to_hxl_csv
from geodata.exports.geojson import to_geojson
from geodata.exports.geopackage import to_geopackage
from geodata.exports.html_map import to_html_map
from geodata.exports.kml import to_kml, to_kmz
from geodata.exports.listing import Listing
from geodata.exports.parquet import to_geoparquet
from geodata.exports.xlsx import to_xlsx


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One form of the list.

    Attributes
    ----------
    ending
        Of the file's name, with its dot; formats may share one.
    use
        When to choose it, a few words.
    most
        How many rows it can hold, or None.
    """

    title: str
    ending: str
    media_type: str
    write: Callable[[Listing], Iterator[bytes]]
    use: str
    most: int | None = None


def _drawn(module: str, write: str) -> Callable[[Listing], Iterator[bytes]]:
    """Return a writer whose module is loaded when it is first used: Matplotlib would delay the page by a second."""

    def draw(listing: Listing) -> Iterator[bytes]:
        return getattr(import_module(f"geodata.exports.{module}"), write)(listing)

    return draw


def _format(  # noqa: PLR0913, the fields in their order, a line a format
    title: str,
    ending: str,
    media_type: str,
    write: Callable[[Listing], Iterator[bytes]],
    use: str,
    *,
    most: int | None = None,
) -> Format:
    return Format(title=title, ending=ending, media_type=media_type, write=write, use=use, most=most)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": _format("CSV", ".csv", "text/csv; charset=utf-8", to_csv, "any program; reads back without loss"),
        "geojson": _format("GeoJSON", ".geojson", "application/geo+json", to_geojson, "web maps and GIS"),
        "xlsx": _format(
            "Excel",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            to_xlsx,
            "typed columns, sources and claims on sheets of their own",
            most=xlsx.MOST_ROWS,
        ),
        "html": _format(
            "Map (HTML)",
            ".html",
            "text/html; charset=utf-8",
            to_html_map,
            "one page that opens without a network",
            most=html_map.MOST_ROWS,
        ),
        "report": _format(
            "Report (HTML)",
            ".report.html",
            "text/html; charset=utf-8",
            _drawn("report", "to_report"),
            "a page to print: map, figures, timeline, list",
        ),
        "pdf": _format(
            "Report (PDF)",
            ".pdf",
            "application/pdf",
            _drawn("pdf", "to_pdf"),
            "the same on paper, to print and to send",
        ),
        "png": _format(
            "Picture (PNG)", ".png", "image/png", _drawn("picture", "to_png"), "the map, to put beside an article"
        ),
        "svg": _format(
            "Picture (SVG)", ".svg", "image/svg+xml", _drawn("picture", "to_svg"), "the map, to be edited and scaled"
        ),
        "csv-excel": _format(
            "CSV for Excel",
            ".excel.csv",
            "text/csv; charset=utf-8",
            to_excel_csv,
            "opens in Excel with its letters right",
        ),
        "csv-hxl": _format(
            "CSV with HXL tags", ".hxl.csv", "text/csv; charset=utf-8", to_hxl_csv, "humanitarian data tools"
        ),
        "gpkg": _format(
            "GeoPackage",
            ".gpkg",
            "application/geopackage+sqlite3",
            to_geopackage,
            "QGIS; areas, sources, claims as layers",
        ),
        "parquet": _format(
            "GeoParquet",
            ".parquet",
            "application/vnd.apache.parquet",
            to_geoparquet,
            "millions of rows; DuckDB, pandas",
        ),
        "kmz": _format("KMZ", ".kmz", "application/vnd.google-earth.kmz", to_kmz, "Google Earth, a folder a side"),
        "kml": _format("KML", ".kml", "application/vnd.google-earth.kml+xml", to_kml, "the same, not compressed"),
    }
)


MAPS: Mapping[str, str] = MappingProxyType(
    {".report.html": "report", ".html": "html", ".pdf": "pdf", ".png": "png", ".svg": "svg"}
)
"""The formats that show a map, by the ending of the file's name."""


def format_of(name: str) -> str | None:
    """Return the format that a file's name tells, the most telling ending first, or None."""
    matching = [key for key, form in FORMATS.items() if name.lower().endswith(form.ending)]
    return max(matching, key=lambda key: len(FORMATS[key].ending), default=None)
