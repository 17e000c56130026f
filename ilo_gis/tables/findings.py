"""Findings: what a check found, always in the same table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.tables.schema import conform, empty

__all__ = ["SEVERITIES", "findings", "join_findings"]

SEVERITIES = ("error", "warning", "info")


def findings(  # noqa: PLR0913  (one argument a column)
    table: str,
    layer: gpd.GeoDataFrame | None,
    rule: str,
    message: str | Iterable[str],
    *,
    severity: str = "error",
    article: str = "",
    required: Any = np.nan,
    found: Any = np.nan,
    unit: str = "",
    crs: object = None,
) -> gpd.GeoDataFrame:
    """Make one finding per row of a layer, or a single one about the whole table.

    Parameters
    ----------
    table : str
        Table the features are in.
    layer : GeoDataFrame or None
        The features at fault, their ids as index; None for a finding about the whole table.
    rule : str
        Rule broken, such as ``"lot.min_area"``.
    message : str or iterable of str
        One text for all, or one for each row.
    severity, article, required, found, unit
        Columns of the table ``findings``; `required` and `found` may be one value or one a row.
    crs : CRS, optional
        CRS where `layer` is None.

    Returns
    -------
    GeoDataFrame
        Table ``findings``.

    Examples
    --------
    >>> small = geopandas.GeoDataFrame(index=["K-3"], geometry=[shapely.box(0, 0, 8, 10)], crs=32719)
    >>> findings("lots", small, "lot.min_area", "too small", found=small.area)["feature"].tolist()
    ['K-3']
    """
    if layer is not None:
        crs = layer.crs
        if layer.empty:
            return empty("findings", crs)
    features = [""] if layer is None else layer.index.astype(str)
    count = len(features)
    frame = gpd.GeoDataFrame(
        {
            "table": table,
            "feature": features,
            "rule": rule,
            "article": article or None,
            "severity": severity,
            "required": np.broadcast_to(np.asarray(required, dtype=float), count),
            "found": np.broadcast_to(np.asarray(found, dtype=float), count),
            "unit": unit or None,
            "message": [message] * count if isinstance(message, str) else list(message),
        },
        geometry=[None] if layer is None else np.asarray(layer.geometry.array),
        crs=crs,
    )
    return join_findings(frame)


def join_findings(*tables: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return several tables of findings as one, the gravest first, numbered from 1.

    Examples
    --------
    >>> join_findings(ilo_gis.tables.empty("findings", 32719)).empty
    True
    """
    filled = [t for t in tables if len(t)]
    if not filled:
        return tables[0]
    joined = pd.concat(filled, ignore_index=True)
    rank = joined["severity"].astype(str).map(SEVERITIES.index)
    joined = joined.iloc[np.argsort(rank.to_numpy(), kind="stable")].reset_index(drop=True)
    joined.index = pd.RangeIndex(1, len(joined) + 1, name="finding")
    return conform(joined.assign(severity=pd.Categorical(joined["severity"], SEVERITIES)), "findings")
