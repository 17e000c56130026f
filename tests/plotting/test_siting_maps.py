"""Maps of taps and latrines say what is on them, in both languages."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ilo_gis import norms, plotting, siting
from ilo_gis.errors import RuleError

pytest.importorskip("matplotlib")
NORMS = norms.load("pe")


def row(count):
    boxes = [shapely.box(8 * k, 6, 8 * k + 8, 26) for k in range(count)]
    names = pd.Index([f"A-{k}" for k in range(1, count + 1)], name="lot_id")
    street = gpd.GeoDataFrame(geometry=[shapely.LineString([(-20, 0), (8 * count, 0)])], crs=32719)
    return gpd.GeoDataFrame(index=names, geometry=boxes, crs=32719), street


def words(figure):
    texts = [t.get_text() for axes in [figure, *figure.axes] for t in axes.texts]
    return "\n".join(
        texts + [t.get_text() for axes in figure.axes if axes.legend_ for t in axes.legend_.texts]
    )


def test_taps_with_the_sphere_test():
    lots, street = row(120)
    found = siting.taps(lots, street, siting.TapTerms.from_norms(NORMS, max_walk=200.0))
    drawn = {"streets": street, "findings": found.findings, "walks": True}
    said = words(plotting.taps_map(found.taps, found.lots, lots, **drawn, lang="en"))
    assert "Sphere test" in said
    assert "Public tap" in said
    assert "Pileta pública" in said
    assert "Lot without a tap" in said  # the two sites of the face are 240 m from its ends
    spanish = words(plotting.taps_map(found.taps, found.lots, lots, **drawn))
    assert "El caudal no cumple con Esfera" in spanish.replace("\n", " ")


def test_latrines_with_their_reasons(tmp_path):
    lots, street = row(5)
    table = siting.latrines(lots, street, siting.LatrineTerms.from_norms(NORMS)).latrines
    said = words(plotting.latrines_map(table, lots, street, tmp_path / "l.png", around="A-3"))
    for text in ("Zanja compartida / Shared trench", "A-3: Esquina delantera", "Futuro desagüe"):
        assert text in said
    assert (tmp_path / "l.png").stat().st_size > 10_000
    with pytest.raises(RuleError, match="Z-9"):
        plotting.latrines_map(table, lots, street, around="Z-9")
