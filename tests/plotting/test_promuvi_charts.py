"""Charts and maps of PROMUVI: what they say, and that the same tables give the same bytes."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ilo_gis import plotting, tables
from ilo_gis.errors import CRSError, RuleError, WriteError

pytest.importorskip("matplotlib")

ON = pd.Timestamp("1992-03-15")
MONTHS = pd.DatetimeIndex(["1992-01-01", "1992-02-01", "1992-03-01"], name="month")
NAMES = {"tap": "Pileta pública", "water": "Agua potable"}


def lots():
    shapes = [shapely.box(254_000 + 10 * k, 8_047_000, 254_008 + 10 * k, 8_047_020) for k in range(4)]
    told = {
        "block_id": "A",
        "extension_area": ["1", "1", "2", "10"],
        "stage": ["free", "allotted", "titled", "titled"],
        "water": ["none", "planned", "done", "under_way"],
        "note": "simulado y esquemático / simulated and schematic",
    }
    index = pd.Index(["A-1", "A-2", "A-3", "A-4"], name="lot_id")
    return tables.conform(gpd.GeoDataFrame(told, index=index, geometry=shapes, crs=32719), "lot_progress")


def curve():
    rows = [
        (month, name, 5 * k, done)
        for name in NAMES
        for k, (month, done) in enumerate(zip(MONTHS, (1, 2, None), strict=True))
    ]
    table = pd.DataFrame(rows, columns=["month", "service", "planned", "done"])
    return tables.conform(table.set_axis([f"i{n}" for n in range(len(table))]), "service_curve")


def stages():
    table = {"allotted": [4, 6, 6], "occupied": [2, 4, 5], "adjudicated": [0, 1, 3], "titled": [0, 0, 2]}
    return tables.conform(pd.DataFrame(table, index=MONTHS), "stage_curve")


def progress():
    rows = {"by": "programme", "group": "", "service": list(NAMES), "lots": 10, "planned": [1, 5]}
    rows |= {"under_way": [2, 0], "done": [7, 1], "share": [0.7, 0.1]}
    return tables.conform(pd.DataFrame(rows, index=["a", "b"]), "service_progress")


def forecast(untold=3.0):
    rows = {"expected": [1.5, 1.0], "low": [0.0, 0.0], "high": [3.0, 2.0], "cumulative": [3.5, 4.5]}
    rows |= {"cumulative_low": [2.0, 3.0], "cumulative_high": [5.0, 6.0], "untold": [0.0, untold]}
    months = pd.DatetimeIndex(["1992-03-01", "1992-04-01"])
    return tables.conform(pd.DataFrame(rows, index=months), "forecast")


def words(figure):
    said = [t.get_text() for axes in [figure, *figure.axes] for t in axes.texts]
    for axes in figure.axes:
        said += [axes.get_title(loc="left"), *(t.get_text() for t in axes.get_yticklabels())]
        said += [t.get_text() for t in axes.get_legend().get_texts()] if axes.get_legend() else []
    return said


def drawn(what, path=None, **more):
    if what == "curves":
        return plotting.progress_curves(curve(), stages(), path, names=NAMES, on=ON, **more)
    if what == "bars":
        return plotting.progress_bars(progress(), path, names=NAMES, **more)
    if what == "forecast":
        return plotting.forecast_chart(forecast(), stages()["titled"], path, on=ON, level=0.8, **more)
    if what == "stages":
        return plotting.stage_map(lots(), path, on=ON, **more)
    return plotting.service_map(lots(), "water", path, name="Agua potable", on=ON, **more)


@pytest.mark.parametrize(
    ("what", "es", "en"),
    [
        ("curves", ["Pileta pública", "Titulado", "Al 15/03/1992"], ["Titled", "On 1992-03-15"]),
        ("bars", ["Terminado", "En ejecución", "7 / 10", "Agua potable"], ["Done", "Under way"]),
        ("forecast", ["Intervalo de 80 %", "Entregados", "Títulos por mes"], ["80 % interval", "Delivered"]),
        ("stages", ["Titulado / Titled (2)", "Adjudicado"], ["Adjudicated"]),
        ("service", ["PROMUVI: agua potable al 15/03/1992", "Terminado / Done (1)"], ["Under way"]),
    ],
)
def test_they_say_what_they_show(what, es, en):
    for lang, wanted in (("es", es), ("en", en)):
        said = words(drawn(what, lang=lang, note="Simulado"))
        assert [text for text in wanted if text not in said] == []
        assert any("Simulado" in text for text in said)


def test_what_cannot_be_told_is_told():
    said = " ".join(words(drawn("forecast")))
    assert "Sin pronóstico: 3 lotes" in said
    quiet = plotting.forecast_chart(forecast(untold=0.0), stages()["titled"], on=ON, level=0.9)
    assert "Sin pronóstico" not in " ".join(words(quiet))


def test_maps_say_that_lots_are_simulated_and_sort_areas_by_number():
    for lang, text in (("es", "simulado y esquemático"), ("en", "simulated and schematic")):
        said = words(drawn("stages", lang=lang))
        assert any(text in one for one in said)
    rows = [text for text in said if text in ("1", "2", "10")]
    assert rows.index("10") > rows.index("2")


@pytest.mark.parametrize("what", ["curves", "bars", "forecast", "stages", "service"])
def test_the_same_tables_give_the_same_bytes_and_no_file_is_lost(what, tmp_path):
    paths = [tmp_path / "a.png", tmp_path / "b.png"]
    for path in paths:
        drawn(what, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with pytest.raises(WriteError):
        drawn(what, paths[0])


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(RuleError, match="did you mean water"):
        plotting.service_map(lots(), "watr")
    with pytest.raises(RuleError, match="no service 'stage'"):
        plotting.service_map(lots(), "stage")
    with pytest.raises(RuleError, match="lang"):
        drawn("bars", lang="fr")
    with pytest.raises(CRSError):
        plotting.stage_map(lots().to_crs(4326))


def test_the_layer_opens_in_qgis_by_stage():
    style = plotting.qml("lot_progress")
    for text in ('attr="stage"', "Titulado", "Pileta pública"):
        assert text in style
