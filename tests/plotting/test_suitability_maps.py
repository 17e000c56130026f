import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from ilo_gis import plotting
from ilo_gis.errors import CRSError, RuleError
from ilo_gis.plotting.suitability_maps import _ramp

pytest.importorskip("matplotlib")
CLASSES = {"low": 0.0, "apta": 0.7}


def units():
    table = {
        "score": [0.9, 0.1, np.nan, np.nan],
        "suitability_class": pd.array(["apta", "low", "excluded", pd.NA], dtype="string"),
        "excluded": pd.array([pd.NA, pd.NA, "quebrada / ravine", pd.NA], dtype="string"),
        "area": 10_000.0,
    }
    shapes = [shapely.box(100 * k, 0, 100 * k + 100, 100) for k in range(4)]
    return gpd.GeoDataFrame(table, geometry=shapes, crs=32719)


def weights(status):
    row = {"en": "Slope", "es": "Pendiente", "share": 1.0, "confidence": "memory-mid", "status": status}
    return pd.DataFrame([row | {"lower": 3, "higher": 0, "units": 4}])


def words(figure):
    return [t.get_text() for axes in [figure, *figure.axes] for t in axes.texts]


def test_the_legend_has_every_class_and_reason_in_both_languages():
    figure = plotting.suitability_map(units(), CLASSES, weights=weights("illustrative"), title="Prueba")
    said = words(figure)
    for text in ("apta: 0.7 a 1", "apta: 0.7 to 1", "Baja: 0 a 0.7", "Low: 0 to 0.7", "Prueba", "Pendiente"):
        assert text in said
    for text in ("Excluido: quebrada", "Excluded: ravine", "Sin dato", "Not known"):
        assert text in said
    assert said.count("25.0") == 4  # each a hectare of four
    assert any("Pesos ilustrativos" in text for text in said)
    assert any("de 4, si el peso varía en 20 %" in text for text in said)
    own = plotting.suitability_map(units(), CLASSES, weights=weights(""), note="Nota")
    assert not any("ilustrativos" in text for text in words(own))


def test_colours_darken_evenly_enough_to_tell_without_hue():
    for count in range(2, 7):
        light = [sum(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in _ramp(count)]
        assert (np.diff(light) < -40).all()


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(RuleError, match="apta"):
        plotting.suitability_map(units(), {"low": 0.0, "high": 0.7})
    with pytest.raises(RuleError, match="'fr'"):
        plotting.suitability_map(units(), CLASSES, lang="fr")
    with pytest.raises(CRSError):
        plotting.suitability_map(units(), CLASSES, site=units().to_crs(4326))
