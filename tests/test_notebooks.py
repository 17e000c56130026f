"""The notebooks of the docs: executed, without errors, small, and they run again."""

import json

import pytest
from test_docs import DOCS, python

from ilo_gis import io

NOTEBOOKS = sorted(DOCS.glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)


def code_cells(notebook):
    return [cell for cell in json.loads(notebook.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]


def test_there_is_one_for_each_part():
    assert [notebook.stem for notebook in NOTEBOOKS] == ["master_plan", "planning", "promuvi", "relocation"]


@each_notebook
def test_it_is_executed_and_small(notebook):
    cells = code_cells(notebook)
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [out for cell in cells for out in cell["outputs"]]
    assert any("image/png" in out.get("data", {}) for out in outputs)
    assert not any(out["output_type"] == "error" for out in outputs)
    assert notebook.stat().st_size < 1_500_000


@pytest.mark.slow
@each_notebook
def test_it_runs(notebook, tmp_path):
    lines = "\n".join("".join(cell["source"]) for cell in code_cells(notebook)).splitlines()
    code = "\n".join(line for line in lines if "Image" not in line)  # of IPython, to show pictures
    done = python(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert all(io.is_project(made) for made in tmp_path.glob("sector.gpkg"))
