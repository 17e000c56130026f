import sys
import time

import numpy as np
import pytest
from fake_plan import fake_plan

from ilo_gis import plotting
from ilo_gis.errors import RuleError, WriteError

pytest.importorskip("matplotlib")


def words(figure):
    return [t.get_text() for axes in [figure, *figure.axes] for t in axes.texts]


def test_a_sheet_says_what_it_shows(tmp_path):
    plan = fake_plan(12, 12, angle=20)
    figure = plotting.plan_map(plan, title="Pampa", note="Esquemático, no es levantamiento", dpi=60)
    said = words(figure)
    for text in (
        "Pampa",
        "Cuadro de áreas",
        "Leyenda",
        "Lotes",
        "Remanentes",
        "Aportes",
        "Vías",
        "Área total",
    ):
        assert text in said
    assert any(t.startswith("Detalle: manzana") for t in said)
    assert any("Esquemático" in t and "EPSG:32719" in t for t in said)
    entries = [
        t.get_text() for axes in figure.axes if axes.get_legend() for t in axes.get_legend().get_texts()
    ]
    assert "Manzanas (144)" in entries
    assert "Errores (2)" in entries
    assert "Zona del detalle" in entries


def test_a_small_plan_needs_no_detail_and_english_is_english():
    said = words(plotting.plan_map(fake_plan(3, 3), lang="en", dpi=60))
    assert "Area table" in said
    assert not any("Detail" in t for t in said)


def test_same_plan_same_bytes_and_no_silent_overwriting(tmp_path):
    plan = fake_plan(6, 5)
    for name in ("1.png", "2.png"):
        plotting.plan_map(plan, tmp_path / name, dpi=50)
    assert (tmp_path / "1.png").read_bytes() == (tmp_path / "2.png").read_bytes()
    with pytest.raises(WriteError, match="exists"):
        plotting.plan_map(plan, tmp_path / "1.png", dpi=50)


def test_an_error_is_drawn_red():
    def red(plan):
        figure = plotting.plan_map(plan, dpi=80)
        figure.canvas.draw()
        image = np.asarray(figure.canvas.buffer_rgba())[:, : int(0.66 * 15.6 * 80)].astype(int)
        return ((image[..., 0] > 150) & (image[..., 1] < 80) & (image[..., 2] < 80)).sum()

    assert red(fake_plan(3, 3, errors=2)) > 50
    assert red(fake_plan(3, 3, errors=0)) == 0


def test_an_extent_limits_what_is_drawn():
    figure = plotting.plan_map(fake_plan(12, 12), extent=(252_000, 8_046_000, 252_100, 8_046_100), dpi=60)
    low, high = figure.axes[0].get_ylim()
    assert (low, high) == (pytest.approx(8_046_000), pytest.approx(8_046_100))


def test_sixty_thousand_lots_take_seconds(tmp_path):
    plan = fake_plan(50, 30, lots=20, angle=12)
    start = time.perf_counter()
    plotting.plan_map(plan, tmp_path / "city.png")
    assert len(plan.lots) == 60_000 - 40
    assert time.perf_counter() - start < 10


def test_wrong_choices_are_told(monkeypatch):
    with pytest.raises(RuleError, match="Choose one of: es, en"):
        plotting.plan_map(fake_plan(1, 1), lang="qu")
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ImportError, match=r"ilo-gis\[plot\]"):
        plotting.plan_map(fake_plan(1, 1))
