"""The check of dependencies that `make lint` runs: it finds what it is there to find."""

import importlib.util
import tomllib
from email.message import Message
from importlib.machinery import SourceFileLoader
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("packaging")
CI = Path(__file__).parents[1] / ".ci"
KNOWN = tomllib.loads((CI / "dependencies.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def check():
    loader = SourceFileLoader("check_dependencies", str(CI / "check-dependencies"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def package(version, requires=(), **told):
    metadata = Message()
    for name, value in told.items():
        metadata[name.replace("_", "-")] = value
    return SimpleNamespace(version=version, requires=list(requires), metadata=metadata)


def test_the_tree_follows_extras_and_markers_and_tells_what_is_missing_or_old(check):
    there = {
        "a": package("1.0", ["b>=2", "c; extra == 'more'", "d; python_version < '3'"]),
        "b": package("1.9"),
    }

    def find(name):
        if name not in there:
            raise PackageNotFoundError(name)
        return there[name]

    found, faults = check.tree([check.Requirement("a[more]")], find)
    assert set(found) == {"a", "b"}
    assert faults == [
        "a asks for b>=2: 1.9 is installed",
        'a asks for c; extra == "more": it is not installed',
    ]


@pytest.mark.parametrize(
    ("told", "allowed"),
    [
        ({"License_Expression": "MIT AND LGPL-3.0-only"}, True),
        ({"License_Expression": "GPL-3.0-only OR BSD-3-Clause"}, True),
        ({"License_Expression": "GPL-3.0-or-later"}, False),
        ({"License": "Dual Licensed - GNU AFFERO GPL 3.0 or Artifex Commercial"}, False),
        ({"Classifier": "License :: OSI Approved :: Apache Software License"}, True),
        ({"License": "BSD", "Classifier": "License :: OSI Approved :: GNU GPL v3"}, False),
        ({}, False),
    ],
)
def test_licences_that_are_refused_or_not_told_are_found(check, told, allowed):
    faults = check.unlicensed({"a": package("1", **told)}, KNOWN["licences"])
    assert bool(faults) is not allowed


def test_versions_before_the_mended_one_are_found(check):
    old, new = {"pyarrow": package("14.0.0")}, {"pyarrow": package("14.0.1")}
    assert "CVE-2023-47248" in check.vulnerable(old, KNOWN["advisories"])[0]
    assert check.vulnerable(new, KNOWN["advisories"]) == []
    for one in KNOWN["advisories"]:
        assert check.Version(one["fixed"])
        assert one["source"].endswith(one["ids"][0])
        assert one["confidence"] in {"known", "likely"}


def test_every_import_is_declared_and_one_that_is_not_is_found(check):
    project = tomllib.loads((CI.parent / "pyproject.toml").read_text("utf-8"))["project"]
    asked, owners = check.declared(project), check.packages_distributions()
    assert check.undeclared(CI.parent / "ilo_gis", asked, owners) == []
    fewer = [one for one in asked if one.name != "ezdxf"]
    assert check.undeclared(CI.parent / "ilo_gis" / "io", fewer, owners)[0].startswith("ezdxf is imported")
