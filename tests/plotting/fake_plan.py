"""Plans made of rectangles, small or as large as a city, for tests of files and maps."""

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import affinity

from ilo_gis import tables

CRS = 32719
ORIGIN = (252_000.0, 8_046_000.0)


def letters(i):
    text = ""
    i += 1
    while i:
        i, rest = divmod(i - 1, 26)
        text = chr(65 + rest) + text
    return text


def fake_plan(columns=4, rows=3, lots=10, street=12.0, angle=0.0, errors=2):
    """Blocks of 2 x `lots` lots of 8 x 20 m in a grid; of five or more, the last is a reserve.

    The last lot of each fifth block is a remnant.
    """
    width, height = lots * 8.0, 40.0
    site = shapely.box(-street, -street, columns * (width + street), rows * (height + street))
    blocks, ids, cut = [], [], []
    for i in range(columns * rows):
        x, y = (i % columns) * (width + street), (i // columns) * (height + street)
        blocks.append(shapely.box(x, y, x + width, y + height))
        ids.append(letters(i))
        for j in range(2 * lots):
            a, b = x + (j % lots) * 8, y + (j // lots) * 20
            rest = i % 5 == 4 and j == 2 * lots - 1
            number = pd.NA if rest else j + 1
            code = f"{ids[-1]}-R1" if rest else f"{ids[-1]}-{j + 1}"
            cut.append(
                (code, ids[-1], number, rest, j % lots in (0, lots - 1), shapely.box(a, b, a + 8, b + 20))
            )
    return _plan(site, blocks, ids, cut, angle, errors)


def _plan(site, blocks, ids, cut, angle, errors):
    def place(shapes):
        turned = [affinity.rotate(s, angle, origin=(0, 0)) for s in shapes]
        return gpd.GeoSeries(turned, crs=CRS).translate(*ORIGIN).array

    block = gpd.GeoDataFrame({"area": shapely.area(blocks), "width": 40.0}, geometry=place(blocks))
    block.index = pd.Index(ids, name="block_id", dtype=object)
    kept = ids[-1:] if len(ids) > 4 else []
    reserve = (
        block.loc[kept, ["area", "geometry"]].assign(block_id=kept, kind="park").rename_axis("reserve_id")
    )
    code, of, number, rest, corner, shape = zip(*[lot for lot in cut if lot[1] not in kept], strict=True)
    rest = np.array(rest)
    lot = gpd.GeoDataFrame(
        {
            "block_id": of,
            "number": pd.array(number, dtype="Int64"),
            "kind": np.where(rest, "remnant", "lot"),
            "reason": pd.array(np.where(rest, "too narrow", None), dtype="string"),
            "area": 160.0,
            "frontage": 8.0,
            "ratio": 2.5,
            "corner": pd.array(np.array(corner, dtype=object), dtype="boolean"),
        },
        geometry=place(shape),
        index=pd.Index(code, name="lot_id", dtype=object),
    )
    land = shapely.difference(site, shapely.union_all(blocks))
    street = gpd.GeoDataFrame(
        {"area": [land.area]}, geometry=place([land]), index=pd.Index(["S1"], name="street_id")
    )
    edges = list(site.buffer(-6, join_style="mitre").exterior.coords)
    lines = [shapely.LineString(pair) for pair in pairwise(edges)]
    line = gpd.GeoDataFrame({"width": 12.0, "length": shapely.length(lines)}, geometry=place(lines))
    line.index = pd.Index([f"L{i + 1}" for i in range(len(line))], name="line_id")
    picked = lot.iloc[7 :: max(1, len(lot) // max(errors, 1))].head(errors)
    finding = gpd.GeoDataFrame(
        {
            "table": "lots",
            "feature": picked.index.to_numpy(),
            "rule": "lot.min_area",
            "article": None,
            "severity": "error",
            "required": 160.0,
            "found": 150.5,
            "unit": "m2",
            "message": "Too small.",
            "message_es": "Área menor que la mínima.",
        },
        geometry=picked.geometry.array,
        index=pd.RangeIndex(1, len(picked) + 1, name="finding"),
    )
    summary = _summary(site.area, lot, reserve, land.area)
    parts = {
        "streets": street,
        "street_lines": line,
        "blocks": block,
        "reserves": reserve,
        "lots": lot,
        "findings": finding,
    }
    parts = {name: tables.conform(part.set_crs(CRS), name) for name, part in parts.items()}
    return tables.Plan(**parts, summary=tables.conform(summary, "summary"))


def _summary(whole, lot, reserve, street_area):
    of = lot.groupby("kind")["area"].agg(["size", "sum"]).reindex(["lot", "remnant"], fill_value=0)
    count = [1, *of["size"], len(reserve), 1]
    area = np.array([whole, *of["sum"], reserve["area"].sum(), street_area])
    table = pd.DataFrame(
        {"count": count, "area": area, "ellipsoidal_area": area / 1.0007, "share": 100 * area / whole}
    )
    return table.set_index(pd.Index(["site", "lots", "remnants", "reserves", "streets"], name="item"))
