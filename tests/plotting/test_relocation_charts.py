import pandas as pd
import pytest

from ilo_gis import io, relocation
from ilo_gis.errors import RuleError
from ilo_gis.plotting import gantt, s_curve
from ilo_gis.plotting.relocation_charts import A3, CRITICAL, DONE, FOOT, HEAD

PROGRAMME = {"start": "1993-06-01", "on": "1994-06-30"}


@pytest.fixture(scope="module")
def made():
    return relocation.schedule(io.sample("relocation_tasks"), **PROGRAMME)


def colours(figure):
    """Return the colours of the bars that tasks have, by their number."""
    from matplotlib.colors import to_hex

    bars = [bar for bar in figure.axes[1].patches if 0.5 < bar.get_height() < 0.9]
    found = [to_hex(bar.get_facecolor()) for bar in bars]
    return {colour: found.count(colour) for colour in (CRITICAL, DONE)}


def test_the_tasks_of_the_sample_fit_on_one_a3_sheet(made, tmp_path):
    path = tmp_path / "g.png"
    land = io.sample("occupants")
    figure = gantt(made.times, path, on=PROGRAMME["on"], occupants=land)
    assert tuple(figure.get_size_inches()) == A3
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert {"Etapa 1", "Etapa 2", "Etapa 3", "Aduana del Perú", "Desocupación"} <= set(texts)
    rows = len(made.times) + 3
    height = (A3[1] - HEAD - FOOT) / rows * 72  # points that a row has
    assert max(text.get_fontsize() for text in figure.axes[0].texts) < height
    milestones = (made.times["duration"] == 0).sum()
    assert colours(figure) == {
        CRITICAL: made.times["critical"].sum() - milestones,  # the openings are diamonds
        DONE: (made.times["status"] == "done").sum(),
    }
    first = path.read_bytes()
    gantt(made.times.sample(frac=1, random_state=3), path, on=PROGRAMME["on"], occupants=land, overwrite=True)
    assert path.read_bytes() == first


def test_a_longer_programme_makes_the_sheet_taller_not_the_rows_thinner(made):
    twice = pd.concat([made.times, made.times.rename(index="{}_2".format)]).rename_axis("task_id")
    assert gantt(twice, lang="en").get_figheight() > A3[1]


def test_the_curve_tells_what_is_free(tmp_path):
    curve = relocation.programme_curve(io.sample("relocation_tasks"), io.sample("occupants"), **PROGRAMME)
    figure = s_curve(curve, tmp_path / "c.png", on=PROGRAMME["on"], lang="en")
    assert "Freed: 5\u202f400 m² (20 %)" in " ".join(text.get_text() for text in figure.texts)
    planned, expected, done = figure.axes[0].lines[:3]
    assert planned.get_ydata()[-1] == expected.get_ydata()[-1] == 27_400
    assert expected.get_ydata()[0] == done.get_ydata()[-1] == 5_400
    with pytest.raises(RuleError, match="lang"):
        s_curve(curve, lang="qu")
