"""Which rule each block is cut by, where several are given by name."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.tables import require_geometry, require_metres, require_same_crs

__all__ = ["name_rules"]


def name_rules(
    blocks: gpd.GeoDataFrame,
    rules: Mapping[str, LotRule],
    zones: gpd.GeoDataFrame | None = None,
) -> gpd.GeoDataFrame:
    """Give each block the name of its rule: that of its zone, its own, or the first of all.

    Parameters
    ----------
    blocks : GeoDataFrame
        Block polygons in metres; a column ``rule`` may name rules already.
    rules : mapping of str to LotRule
        Rules by name. The first is for blocks that no zone covers and that name none themselves.
    zones : GeoDataFrame, optional
        Polygons in the CRS of `blocks` whose column ``rule`` names rules. A block has the rule
        that covers most of it.

    Returns
    -------
    GeoDataFrame
        The blocks with the column ``rule``.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.
    GeometryError
        If a geometry is missing, empty or invalid.
    SchemaError
        If neither zones nor blocks have a column ``rule``.
    RuleError
        If a zone names a rule that is not given.

    Examples
    --------
    >>> squares = [shapely.box(0, 0, 90, 50), shapely.box(100, 0, 190, 50)]
    >>> blocks = geopandas.GeoDataFrame(index=["A", "B"], geometry=squares, crs=32719)
    >>> zones = geopandas.GeoDataFrame({"rule": ["large"]}, geometry=[shapely.box(95, 0, 300, 50)], crs=32719)
    >>> rules = {"small": LotRule(120.0, 7.0), "large": LotRule(300.0, 12.0)}
    >>> name_rules(blocks, rules, zones)["rule"].to_dict()
    {'A': 'small', 'B': 'large'}
    """
    require_metres(blocks, "blocks")
    if not rules:
        raise RuleError("No rule is given. Give at least one.")
    own = blocks["rule"] if "rule" in blocks else pd.Series(pd.NA, index=blocks.index)
    name = own.astype(object).to_numpy().copy()
    name[(own.isna() | (own.astype(str).str.strip() == "")).to_numpy()] = next(iter(rules))
    if zones is not None:
        row, said = _of_zones(blocks, rules, zones)
        name[row] = said
    elif "rule" not in blocks and len(rules) > 1:
        raise SchemaError(
            f"There are several rules ({', '.join(rules)}), and nothing tells which is for which block. Give "
            "zones: polygons whose column 'rule' names them; or blocks with that column."
        )
    return blocks.assign(rule=pd.array(name, dtype="string"))


def _of_zones(
    blocks: gpd.GeoDataFrame, rules: Mapping[str, LotRule], zones: gpd.GeoDataFrame
) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    """Return which blocks lie in zones, and the rule that covers most of each."""
    require_same_crs(blocks=blocks, zones=zones)
    require_geometry(zones, "Polygon", "MultiPolygon", name="zones")
    if "rule" not in zones:
        columns = ", ".join(map(str, zones.columns))
        raise SchemaError(f"zones has no column 'rule' to name a rule in. The columns are: {columns}.")
    unknown = zones[~zones["rule"].isin(list(rules))]
    if len(unknown):
        raise RuleError(
            f"zones {', '.join(map(str, unknown.index[:5]))} name rules that are not given "
            f"({', '.join(sorted({str(said) for said in unknown['rule']}))}); known: {', '.join(rules)}."
        )
    shapes, land = (np.asarray(layer.geometry.array, dtype=object) for layer in (blocks, zones))
    block, zone = shapely.STRtree(land).query(shapes, predicate="intersects")
    table = pd.DataFrame(
        {
            "block": block,
            "rule": zones["rule"].astype(str).to_numpy()[zone],
            "area": shapely.area(shapely.intersection(shapes[block], land[zone])),
        }
    )
    total = table.groupby(["block", "rule"], as_index=False)["area"].sum().query("area > 0")
    most = total.sort_values(["block", "area", "rule"], ascending=[True, False, True]).drop_duplicates(
        "block"
    )
    return most["block"].to_numpy(), most["rule"].to_numpy()
