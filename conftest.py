import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import ilo_gis

if int(np.__version__.split(".")[0]) > 1:  # docstrings show numbers as numpy 1 does
    np.set_printoptions(legacy="1.25")

collect_ignore = ["ilo_gis/io/revisions/env.py"]  # runs inside alembic only


@pytest.fixture(autouse=True)
def names_used_in_docstrings(doctest_namespace):
    doctest_namespace |= {"geopandas": gpd, "pandas": pd, "np": np, "shapely": shapely, "ilo_gis": ilo_gis}
