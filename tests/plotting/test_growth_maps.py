"""Maps of phases and of shared land: what they say, and that the same tables give the same bytes."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ilo_gis import plotting, tables
from ilo_gis.errors import CRSError, RuleError, WriteError

pytest.importorskip("matplotlib")


def boxes(count, **columns):
    shapes = [shapely.box(254_000 + 100 * k, 8_047_000, 254_090 + 100 * k, 8_047_080) for k in range(count)]
    return gpd.GeoDataFrame(columns, geometry=shapes, index=list("ABC")[:count], crs=32719)


def phases():
    layer = boxes(
        3,
        order=[1, 2, None],
        opened=[1990, 1992, None],
        lots=[1429, 1400, 900],
        cost=[1e6, 1.2e6, 1e6],
        cost_per_lot=[700.0, 857.0, 1111.0],
        reason="",
        reason_es="",
    )
    return tables.conform(layer.rename_axis("area_id"), "phases")


def balance(short=29):
    rows = {"demand": [1429] * 3, "supply": [1400, 0, 1400], "cost": 0.0, "surplus": 0}
    rows |= {"cumulative_demand": [1429, 2858, 4287], "cumulative_supply": [1400, 1400, 2800]}
    frame = pd.DataFrame(rows | {"shortage": [short, 2 * short, short]}, index=[1990, 1991, 1992])
    return tables.conform(frame.rename_axis("year"), "phase_balance")


def shared():
    layer = boxes(3, group=["PROMUVI", "PROMUVI", "ENACE"], locked=[False, True, False])
    return tables.conform(layer.assign(reason="", reason_es="").rename_axis("block_id"), "land_shares")


def figures():
    rows = {"label": ["Municipal programme", "State"], "label_es": ["Programa municipal", "Estado"]}
    rows |= {"measure": "lots", "share": [0.6, 0.4], "due": [36.0, 24.0], "given": [40.0, 20.0]}
    rows |= {"difference": [4.0, -4.0], "largest_block": 20.0, "exact": True, "blocks": [2, 1], "parts": 1}
    frame = pd.DataFrame(rows, index=["PROMUVI", "ENACE"])
    return tables.conform(frame.rename_axis("group"), "share_figures")


def words(figure):
    said = [t.get_text() for axes in [figure, *figure.axes] for t in axes.texts]
    legends = [axes.get_legend() for axes in figure.axes if axes.get_legend()]
    return said + [t.get_text() for one in legends for t in one.get_texts()]


def test_the_map_of_phases_tells_years_order_and_what_is_short():
    said = words(plotting.phases_map(phases(), balance(), note="Esquemático, no es levantamiento"))
    for text in ("Etapas de expansión urbana", "1990", "1992", "No se abre", "Oferta", "Demanda", "Déficit"):
        assert text in said
    assert "1991" not in said  # nothing opens then
    assert any("Esquemático" in text for text in said)
    assert "Déficit" not in words(plotting.phases_map(phases(), balance(short=0)))


def test_the_map_of_shares_tells_groups_and_what_is_due():
    said = words(plotting.shares_map(shared(), figures(), services=boxes(1)))
    for text in ("Programa municipal", "Estado", "Manzana fijada a mano", "Servicios", "60.0 %", "+4", "−4"):
        assert text in said
    assert "Cada parte es exacta con ese margen: sí." in " ".join(said)
    english = words(plotting.shares_map(shared(), figures(), lang="en"))
    assert "Municipal programme" in english
    assert "Land shared among groups" in english


@pytest.mark.parametrize(
    "draw",
    [
        lambda path, **more: plotting.phases_map(phases(), balance(), path, **more),
        lambda path, **more: plotting.shares_map(shared(), figures(), path, **more),
    ],
)
def test_same_bytes_no_silent_overwriting_known_languages(tmp_path, draw):
    for name in ("1.png", "2.png"):
        draw(tmp_path / name)
    assert (tmp_path / "1.png").read_bytes() == (tmp_path / "2.png").read_bytes()
    with pytest.raises(WriteError, match="exists"):
        draw(tmp_path / "1.png")
    with pytest.raises(RuleError, match="Choose one of: es, en"):
        draw(None, lang="qu")


def test_layers_of_another_crs_are_refused():
    with pytest.raises(CRSError, match="Bring them together"):
        plotting.shares_map(shared(), figures(), services=boxes(1).to_crs(32718))
    with pytest.raises(CRSError, match="Bring them together"):
        plotting.phases_map(phases(), balance(), context=[boxes(1).to_crs(32718)])
