import os

import pytest

from ilo_gis import io
from ilo_gis.errors import WriteError


def test_moves_the_file_into_place_and_leaves_nothing_beside_it(tmp_path):
    with io.replacing(tmp_path / "a.txt") as temporary:
        temporary.write_text("new")
        assert not (tmp_path / "a.txt").exists()
    assert (tmp_path / "a.txt").read_text() == "new"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt])
def test_a_crash_leaves_the_old_file(tmp_path, stop):
    target = tmp_path / "a.txt"
    target.write_text("old")

    def crash():
        with io.replacing(target, overwrite=True) as temporary:
            temporary.write_text("half")
            raise stop

    with pytest.raises(stop):
        crash()
    assert target.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_refuses_what_cannot_or_should_not_be_written(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("old")
    for path, reason in (
        (file, "exists. Pass overwrite=True / --overwrite"),
        (tmp_path, "is a folder"),
        (file / "b.txt", "is a file, not a folder"),
        (tmp_path / "no" / "b.txt", "does not exist. Create it"),
    ):
        with pytest.raises(WriteError, match=reason):
            io.require_free(path)


def test_a_file_open_in_another_program_is_not_replaced(tmp_path):
    target = tmp_path / "a.gpkg"
    target.write_text("old")
    (tmp_path / "a.gpkg-wal").write_text("")
    with pytest.raises(WriteError, match="open in another program"):
        io.require_free(target, overwrite=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_rights_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(WriteError, match="No right to write"), io.replacing(tmp_path / "a.txt"):
        pass


def test_a_full_disk_is_called_so(tmp_path, monkeypatch):
    monkeypatch.setattr("ilo_gis.io.atomic.disk_is_full", lambda _: True)
    with pytest.raises(WriteError, match="disk is full"), io.replacing(tmp_path / "a.txt"):
        raise OSError(28, "No space left on device")
    assert not list(tmp_path.iterdir())


def test_keeps_the_rights_of_the_file_and_follows_a_link(tmp_path):
    target, link = tmp_path / "a.txt", tmp_path / "link.txt"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    with io.replacing(link, overwrite=True) as temporary:
        temporary.write_text("new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640
