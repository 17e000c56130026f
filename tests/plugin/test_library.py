"""What the plugin says of the packages that this QGIS came with."""

from importlib.metadata import PackageNotFoundError, version

import pytest
from ilo_gis_plugin import library


def test_the_packages_here_are_new_enough(spanish):
    assert library.problems() == []


@pytest.mark.parametrize(
    ("found", "told"), [("1.8.5", 1), ("2.0.7", 1), ("2.1.0", 0), ("0+unknown", 0), (None, 1)]
)
def test_old_and_missing_packages_are_named_and_those_without_a_number_trusted(monkeypatch, found, told):
    def installed(name):
        if name == "shapely" and found is None:
            raise PackageNotFoundError(name)
        return found if name == "shapely" else version(name)

    monkeypatch.setattr(library, "version", installed)
    problems = library.problems()
    assert len(problems) == told
    assert all("shapely" in problem and "2.1" in problem for problem in problems)
