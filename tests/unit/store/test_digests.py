import os

import pytest

from geodata.store import digests
from geodata.store.digests import file_digest, remembered_digest


@pytest.fixture
def settled(monkeypatch):
    """Let every file be as old as it must be to be remembered."""
    monkeypatch.setattr(digests, "SETTLED_NS", -1)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("one")
    return path


@pytest.mark.usefixtures("settled")
def test_a_file_that_has_not_changed_is_not_read_again(file, tmp_path, monkeypatch):
    first = remembered_digest(file, tmp_path / "cache")
    monkeypatch.setattr(digests, "file_digest", lambda _: pytest.fail("it was read again"))
    assert remembered_digest(file, tmp_path / "cache") == first


@pytest.mark.usefixtures("settled")
def test_other_contents_of_the_same_size_and_date_are_noticed(file, tmp_path):
    remembered_digest(file, tmp_path / "cache")
    before = file.stat()
    file.write_text("two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert remembered_digest(file, tmp_path / "cache") == file_digest(file)


@pytest.mark.usefixtures("settled")
def test_another_file_in_its_place_is_noticed(file, tmp_path):
    remembered_digest(file, tmp_path / "cache")
    other = tmp_path / "other.csv"
    other.write_text("two")
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    other.replace(file)
    assert remembered_digest(file, tmp_path / "cache") == file_digest(file)


def test_a_file_that_has_just_changed_is_not_trusted_to_stay(file, tmp_path):
    remembered_digest(file, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("note", ["", "{}", "[]", "null", '{"state": 1}'])
def test_a_note_that_cannot_be_read_is_made_anew(file, tmp_path, note):
    first = remembered_digest(file, tmp_path)
    (kept,) = tmp_path.glob("digest-*.json")
    kept.write_text(note)
    assert remembered_digest(file, tmp_path) == first
    assert kept.read_text() != note


@pytest.mark.usefixtures("settled")
def test_without_a_place_for_notes_the_file_is_read_each_time(file):
    assert remembered_digest(file, file) == file_digest(file)
