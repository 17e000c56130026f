"""The pages of algorithms are what the docstrings say now."""

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize(("lang", "name"), [("en", "algorithms.md"), ("es", "algorithms.es.md")])
def test_the_page_is_current(lang, name):
    spec = importlib.util.spec_from_file_location("algorithms", DOCS / "algorithms.py")
    algorithms = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(algorithms)
    assert (DOCS / name).read_text("utf-8") == algorithms.page(lang), "run: python docs/algorithms.py"
    assert algorithms.page(lang).count("`ilo_gis:") == 1 + len(algorithms.NAMES)
