"""The tests take the newest PostgreSQL that has PostGIS, and `make system` the package of the release."""

from pathlib import Path

from benchmarks.cluster import programs

PACKAGES = Path(__file__).parents[2] / ".ci" / "system-packages"


def test_the_newest_version_with_postgis_is_taken(tmp_path):
    assert programs(tmp_path) is None
    for version, postgis in (("9.6", True), ("15", True), ("17", True), ("18", False)):
        (tmp_path / "lib" / "postgresql" / version / "bin").mkdir(parents=True)
        (tmp_path / "lib" / "postgresql" / version / "bin" / "initdb").touch()
        if postgis:
            folder = tmp_path / "share" / "postgresql" / version / "extension"
            folder.mkdir(parents=True)
            (folder / "postgis.control").touch()
    assert programs(tmp_path) == tmp_path / "lib" / "postgresql" / "17" / "bin"


def test_the_package_asked_for_is_that_of_any_release():
    text = PACKAGES.read_text("utf-8")
    assert "postgresql-postgis" in text
    assert "postgresql-15" not in text
