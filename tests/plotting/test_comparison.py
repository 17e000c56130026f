import dataclasses

import numpy as np
import pandas as pd
import pytest
from fake_plan import fake_plan

from ilo_gis import plotting, tables
from ilo_gis.errors import CRSError, RuleError, WriteError

pytest.importorskip("matplotlib")


def plan(lots, near=90.0, **options):
    rows = [
        ("lots", "Legal lots", "Lotes conformes", lots, "lots", "more"),
        ("street_share", "Street land", "Área de vías", 30.0 + lots / 100, "%", "neither"),
        ("green_near", "Near green", "Cerca de área verde", near, "%", "more"),
        ("cost_per_lot", "Cost per lot", "Costo por lote", 2e6 / lots, "USD/lot", "less"),
    ]
    columns = ["indicator", "label", "label_es", "value", "unit", "direction"]
    table = tables.conform(pd.DataFrame(rows, columns=columns), "indicators")
    return dataclasses.replace(fake_plan(**options), indicators=table)


def texts(figure):
    return [t for axes in [figure, *figure.axes] for t in axes.texts]


def test_maps_lie_side_by_side_at_one_scale_with_their_figures(tmp_path):
    path = tmp_path / "both.png"
    figure = plotting.compare_map({"A": plan(900, columns=6), "B": plan(1200)}, path, dpi=60)
    assert path.read_bytes().startswith(b"\x89PNG")
    maps = [axes for axes in figure.axes if axes.collections]
    assert len(maps) == 2
    assert maps[0].get_xlim() == maps[1].get_xlim()
    assert maps[0].get_position().y0 == maps[1].get_position().y0
    bold = {t.get_text() for t in texts(figure) if t.get_fontweight() == "bold"}
    said = {t.get_text() for t in texts(figure)}
    thin = "\u202f"
    # the best by its direction; what is neither, or the same, has no best
    assert {"A", "B", f"1{thin}200 lotes", f"1{thin}667 USD/lote"} <= bold
    assert {"900 lotes", f"90{thin}%", f"42{thin}%", "Lotes conformes"} <= said - bold
    (legend,) = (axes.get_legend() for axes in figure.axes if axes.get_legend())
    assert [t.get_text() for t in legend.get_texts()].count("Recreación pública") == 1


def test_words_are_in_the_language_asked_for_and_figures_may_be_missing():
    figure = plotting.compare_map({"A": fake_plan(), "B": fake_plan()}, lang="en", title="Two", dpi=60)
    said = {t.get_text() for t in texts(figure)}
    assert "Two" in said
    assert any(t.startswith("All maps at one scale") and "bold" not in t for t in said)


def test_wrong_plans_are_told(tmp_path):
    with pytest.raises(RuleError, match="lang='qu'"):
        plotting.compare_map({"A": fake_plan()}, lang="qu")
    moved = fake_plan()
    layers = {f.name: getattr(moved, f.name) for f in dataclasses.fields(moved)}
    south = {n: t.to_crs(32718) for n, t in layers.items() if hasattr(t, "to_crs")}
    with pytest.raises(CRSError):
        plotting.compare_map({"A": fake_plan(), "B": dataclasses.replace(moved, **south)})
    (tmp_path / "x.png").write_text("precious")
    with pytest.raises(WriteError, match="exists"):
        plotting.compare_map({"A": fake_plan()}, tmp_path / "x.png", dpi=50)


def test_reserves_have_the_colour_of_their_use_under_any_of_its_names():
    figure = plotting.plan_map(with_kind("Equipamiento"), dpi=60)
    assert "Educación (1)" in legend_of(figure)
    assert blue(figure) > 100
    assert blue(plotting.plan_map(with_kind("parque"), dpi=60)) == 0
    assert "Aportes (1)" in legend_of(plotting.plan_map(with_kind("mercado"), dpi=60))


def test_collectors_and_land_that_is_not_for_building_are_drawn():
    plan = fake_plan()
    lines = plan.street_lines.assign(street_class=pd.array(["colectora", None, "calle", None], "string"))
    losses = plan.reserves.rename_axis("loss_id")[["area", "geometry"]].assign(reason="ravine")
    plan = dataclasses.replace(plan, street_lines=lines, losses=tables.conform(losses, "losses"))
    assert {"Vías colectoras", "Vías locales secundarias", "Ejes de vía", "No edificable"} <= set(
        legend_of(plotting.plan_map(plan, dpi=60))
    )


def with_kind(kind):
    plan = fake_plan(errors=0)
    return dataclasses.replace(plan, reserves=plan.reserves.assign(kind=pd.array([kind], "string")))


def legend_of(figure):
    return [t.get_text() for axes in figure.axes if axes.get_legend() for t in axes.get_legend().get_texts()]


def blue(figure):
    figure.canvas.draw()
    image = np.asarray(figure.canvas.buffer_rgba())[:, : int(0.66 * 15.6 * 60)].astype(int)
    return ((image[..., 2] - image[..., 0]) > 40).sum()


def test_a_street_has_its_name_once_where_it_fits_and_never_upside_down(monkeypatch):
    written = []

    def keep(axes, xy, texts, size, **looks):
        written.extend(zip(texts, np.broadcast_to(looks.get("angle", 0.0), len(texts)), strict=True))

    plan = fake_plan(3, 3)
    names = ["Av. Ilo", "Av. Ilo", "Calle que no cabe " * 9, None]
    plan = dataclasses.replace(
        plan, street_lines=plan.street_lines.assign(name=pd.array(names, "string"), width=12.0)
    )
    monkeypatch.setattr(plotting.layers.drawing, "draw_text", keep)
    plotting.plan_map(plan, dpi=60)
    named = [(text, angle) for text, angle in written if " " in text]
    assert [text for text, _ in named] == ["Av. Ilo"]
    assert -np.pi / 2 <= named[0][1] < np.pi / 2
    # where the street is too narrow on paper for letters that can be read, there is none
    written.clear()
    plotting.plan_map(dataclasses.replace(plan, street_lines=plan.street_lines.assign(width=0.5)), dpi=60)
    assert not [text for text, _ in written if " " in text]
