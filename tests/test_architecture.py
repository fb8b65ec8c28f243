"""Who may know whom."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "dashboard" / "web" / "static"
MODULES = sorted(
    path for package in ("geodata", "dashboard") for path in (ROOT / package).rglob("*.py") if "data" not in path.parts
)
FLOORS = (
    ("geodata.errors",),
    ("geodata.tables",),
    ("geodata.incidents",),
    ("geodata.review",),
    ("geodata.actors", "geodata.gazetteer"),
    ("geodata.formats",),
    ("geodata.store",),
    ("geodata.exports",),
    ("geodata.dictionary", "geodata.commands", "geodata.__main__"),
    ("dashboard.text", "dashboard.turns"),
    (
        "dashboard.review_text",
        "dashboard.download_text",
    ),
    ("dashboard.state", "dashboard.sources"),
    ("dashboard.file_names", "dashboard.web.map_data", "dashboard.web.viewports"),
    ("dashboard.maps",),
    ("dashboard.session",),
    ("dashboard.views",),
    ("dashboard.sidebar", "dashboard.web"),
    ("dashboard.main", "dashboard.app"),
)
"""From the ground up: a module imports from its own floor and from those below it."""

WITH_STREAMLIT = ("app.py", "main.py", "session.py", "sidebar.py", "sources.py", "views")
TILES = ("https://tile.openstreetmap.org/", "https://server.arcgisonline.com/")
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/1999/xhtml")


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> set[str]:
    """Return the dotted names that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: say where from"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def floor(name: str) -> int | None:
    """Return the floor of a module; the packages themselves are on none."""
    found = [n for n, names in enumerate(FLOORS) for own in names if name == own or name.startswith(f"{own}.")]
    return found[0] if found else None


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_downwards_only(path):
    own = floor(name_of(path))
    if own is None:
        assert path.name == "__init__.py", f"{name_of(path)} stands on no floor: say where it belongs"
        return
    above = {name for name in imports(path) if (floor(name) or 0) > own}
    assert not above


def test_the_core_knows_neither_page_nor_map():
    names = [name_of(path) for path in MODULES if path.is_relative_to(ROOT / "geodata") and path.stem != "__main__"]
    program = f"""
import importlib, sys
for name in {names!r}:
    importlib.import_module(name)
loaded = {{name.partition(".")[0] for name in sys.modules}}
print(*sorted(loaded & {{"streamlit", "folium", "branca", "streamlit_folium", "dashboard", "starlette"}}))
"""
    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert told.stdout.split() == []


@pytest.mark.parametrize("path", [p for p in MODULES if p.is_relative_to(ROOT / "dashboard")], ids=name_of)
def test_streamlit_is_known_only_where_a_page_is_made(path):
    if path.relative_to(ROOT / "dashboard").parts[0] not in WITH_STREAMLIT:
        assert not {name for name in imports(path) if name.partition(".")[0].startswith("streamlit")}


@pytest.mark.parametrize("path", [p for p in MODULES if p.is_relative_to(ROOT / "dashboard")], ids=name_of)
def test_folium_is_known_only_in_maps(path):
    if path.parent.name != "maps":
        assert not {name for name in imports(path) if name.partition(".")[0] in {"folium", "branca"}}


@pytest.mark.parametrize("path", [p for p in MODULES if p.is_relative_to(ROOT / "dashboard")], ids=name_of)
def test_the_dashboard_leaves_reading_to_the_core(path):
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & {"read_csv", "read_excel", "read_file", "read_parquet", "read_json", "DictReader"}
    assert not {name for name in imports(path) if name.split(".")[0] in {"csv", "duckdb", "openpyxl", "sqlite3"}}
    assert not {name for name in imports(path) if name.startswith(("geodata.tables", "geodata.incidents.read"))}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_checks_of_data_raise_and_never_assert(path):
    assert not [node.lineno for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Assert)]


@pytest.mark.parametrize(
    "path",
    [p for p in sorted(STATIC.rglob("*")) if p.suffix in {".js", ".css", ".html", ".svg"} and "vendor" not in p.parts],
    ids=lambda path: path.name,
)
def test_our_browser_files_name_no_other_host_but_the_tile_sets(path):
    urls = re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"'`)]*", _without_comments(path))
    assert not [url for url in urls if not url.startswith((*TILES, *NAMESPACES))]


@pytest.mark.parametrize("path", sorted((STATIC / "vendor").rglob("*.css")), ids=lambda path: path.name)
def test_vendored_styles_load_nothing_from_elsewhere(path):
    assert not re.search(r"url\(['\"]?(https?:)?//|@import", path.read_text(encoding="utf-8"))


def _without_comments(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
