"""What the documents say is true."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from geodata.__main__ import main
from geodata.dictionary import data_dictionary

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "dashboard" / "web" / "static" / "vendor"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def commands() -> list[str]:
    """Return the lines of the shell that the README asks a reader to type."""
    readme = ROOT / "README.md"
    if not readme.exists():
        return []
    text = readme.read_text(encoding="utf-8")
    fenced = re.findall(r"```(?:sh|bash|shell|console)?\n(.*?)```", text, re.DOTALL)
    return [line.removeprefix("$ ").strip() for block in fenced for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("command", commands())
def test_every_command_of_the_readme_exists(command):
    words = [word for word in shlex.split(command, comments=True) if not re.fullmatch(r"[A-Z_]+=.*", word)]
    if not words:
        return
    if words[0] == "make":
        assert {word for word in words[1:] if "=" not in word} <= TARGETS
    elif words[:2] == ["streamlit", "run"]:
        assert (ROOT / words[2]).is_file()
    elif words[0].startswith("python") and words[1:3] == ["-m", "geodata"]:
        with pytest.raises(SystemExit) as left:
            main([words[3], "--help"])
        assert left.value.code == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_it(page):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_is_named_is_there(page):
    named = re.findall(r"`((?:geodata|dashboard|tests|docs|benchmarks)/[\w./-]+)`", page.read_text(encoding="utf-8"))
    assert not [path for path in named if not (ROOT / path).exists()]


def test_the_data_dictionary_is_the_generated_one():
    assert (ROOT / "docs" / "data.md").read_text(encoding="utf-8") == data_dictionary()


def test_the_notice_names_every_vendored_folder_with_a_licence_and_its_version():
    notice = (ROOT / "NOTICE.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w.-]+)` \|.*?\| ([\d.]+) \|", notice, re.MULTILINE))
    assert set(rows) == {folder.name for folder in VENDOR.iterdir()}
    for folder in VENDOR.iterdir():
        assert (folder / "LICENSE").read_text(encoding="utf-8").strip()
    assert rows["leaflet"] in (VENDOR / "leaflet" / "leaflet.js").read_text(encoding="utf-8")[:200]


def test_every_target_that_is_phony_is_there():
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert set(phony[1].split()) <= TARGETS


def test_every_requirement_is_pinned_to_a_range_with_its_reason():
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"#.*|[a-z0-9-]+>=[\d.]+,<[\d.]+ +# .+", line), line


def test_what_the_page_needs_is_not_what_only_tests_need():
    tests = (ROOT / "tests" / "requirements.txt").read_text(encoding="utf-8")
    product = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    names = [set(re.findall(r"^([a-z-]+)", text, re.MULTILINE)) for text in (tests, product)]
    assert not names[0] & names[1]


def test_the_page_asks_nobody_else_for_anything():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["browser"] == {"gatherUsageStats": False, "serverAddress": "localhost"}
    assert config["client"]["showErrorDetails"] == "none"


def test_no_document_holds_a_path_of_a_machine():
    for page in PAGES:
        assert not re.search(r"(?<![\w.])/(home|work|root|tmp|Users)/", page.read_text(encoding="utf-8")), page.name
