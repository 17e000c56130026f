"""More processes, the same result."""

from functools import partial

import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from ilo_gis import scale
from ilo_gis.errors import Cancelled
from ilo_gis.subdivision import LotRule, cut_lots

RULE = LotRule(min_area=160.0, min_frontage=8.0)


def blocks(count):
    width = np.random.default_rng(1).uniform(60, 120, count)
    x = 254_000 + 150.0 * np.arange(count)
    return gpd.GeoDataFrame(
        geometry=shapely.box(x, 8_047_000, x + width, 8_047_050),
        index=[f"B{n}" for n in range(count)],
        crs=32719,
    )


def test_two_processes_give_the_same_bytes():
    given = blocks(scale.WORTH_IT)
    alone = cut_lots(given, RULE)
    together = scale.run(given, partial(cut_lots, rule=RULE), workers=2)
    assert_geodataframe_equal(together, alone)
    assert (together.to_wkb()["geometry"] == alone.to_wkb()["geometry"]).all()


def test_a_short_table_is_done_here():
    assert len(scale.run(blocks(2), lambda part: part, workers=2)) == 2  # a lambda cannot leave the process


def test_it_can_be_stopped():
    with pytest.raises(Cancelled):
        scale.run(blocks(scale.WORTH_IT), partial(cut_lots, rule=RULE), workers=2, progress=lambda *_: False)
