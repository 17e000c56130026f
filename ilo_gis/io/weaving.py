"""One table as three sides have it, and from which side each row and each value of the merge comes."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis import tables
from ilo_gis.io.comparing import unlike

__all__ = ["BASE", "MINE", "THEIRS", "Woven"]

BASE, MINE, THEIRS = range(3)
GEOMETRY = "geometry"
NONE = pd.NA  # text of what is not there

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Woven:
    """A table as `BASE`, `MINE` and `THEIRS` have it, and what of each its merge takes.

    Attributes
    ----------
    ids : Index
        All ids: those of mine, then those that only theirs has, then those that only the base has.
    columns : list of str
        All columns.
    at : array of int, (3, rows)
        Place of each id on each side; -1 where it is not there.
    row : array of int, (rows,)
        Side that says whether the row is there.
    took : array of int, (rows, columns)
        Side that each value is from.
    """

    def __init__(self, name: str, base: pd.DataFrame, mine: pd.DataFrame, theirs: pd.DataFrame) -> None:
        self.name = name
        self.sides = _alike([base, mine, theirs])
        ids, others = self.sides[MINE].index, [self.sides[THEIRS].index, self.sides[BASE].index]
        for other in others:
            ids = ids.append(other.difference(ids, sort=False))
        self.ids = ids.rename(mine.index.name)
        self.columns = [str(column) for column in self.sides[MINE].columns]
        self.at = np.array([side.index.get_indexer(self.ids) for side in self.sides])
        self._mine, self._theirs = self._changed(BASE, MINE), self._changed(BASE, THEIRS)
        self._apart = self._changed(MINE, THEIRS)
        self.row, self.took = self._taken()

    def there(self) -> Bools:
        """Tell which rows the merge has."""
        return self.at[self.row, np.arange(len(self.ids))] >= 0

    def settle(self, row: int, side: int, column: str | None = None) -> None:
        """Take a row as a side has it, or one value of it."""
        if column is None:
            self.row[row], self.took[row] = side, side
        else:
            self.took[row, self.columns.index(column)] = side

    def changed(self) -> list[tuple[int, str]]:
        """Return the rows and columns that both sides changed to different values."""
        found = np.argwhere(self._mine & self._theirs & self._apart)
        return [(int(row), self.columns[column]) for row, column in found]

    def added(self) -> Ints:
        """Return the rows that both sides added differently."""
        base, mine, theirs = self.at >= 0
        return np.flatnonzero(~base & mine & theirs & self._apart.any(axis=1))

    def deleted(self) -> Ints:
        """Return the rows that one side deleted and the other changed."""
        base, mine, theirs = self.at >= 0
        changed = (self._mine | self._theirs).any(axis=1)
        return np.flatnonzero(base & (mine ^ theirs) & changed)

    def own(self, side: int) -> Bools:
        """Tell which rows of the merge have a geometry from one side that the other side has not."""
        other, k = MINE + THEIRS - side, self.columns.index(GEOMETRY)
        only = (self.at[other] < 0) | self._apart[:, k]
        return self.there() & (self.took[:, k] == side) & only

    def shapes(self, side: int, rows: Ints) -> NDArray[np.object_]:
        """Return geometries of rows as a side has them; None where it has not."""
        of = self.sides[side].geometry.to_numpy()
        where = self.at[side][rows]
        found = np.full(len(rows), None, dtype=object)
        found[where >= 0] = of[where[where >= 0]]
        return found

    def text(self, row: int, side: int, column: str) -> object:
        """Return a value of a side as text; of a geometry its area or length."""
        where = self.at[side][row]
        value = self.sides[side][column].iloc[where] if where >= 0 else None
        if isinstance(value, shapely.Geometry):
            return _size(value)
        return NONE if value is None or pd.isna(value) else str(value)

    def told(self, row: int, side: int) -> object:
        """Return the values of a row that a side changed, or in which the sides differ, as text."""
        if self.at[side][row] < 0:
            return NONE
        differ = (self._apart if self.at[BASE][row] < 0 else self._mine | self._theirs)[row]
        told = {c: self.text(row, side, c) for c, wanted in zip(self.columns, differ, strict=True) if wanted}
        return "; ".join(f"{column} = {'' if value is NONE else value}" for column, value in told.items())

    def result(self) -> pd.DataFrame:
        """Return the merged table."""
        keep = np.flatnonzero(self.there())
        if not len(keep):
            return self.sides[MINE].iloc[:0]
        values = {column: self._column(k, keep) for k, column in enumerate(self.columns)}
        frame = pd.DataFrame(values).set_axis(self.ids[keep], axis=0)
        if GEOMETRY in values:
            frame = gpd.GeoDataFrame(frame, geometry=GEOMETRY, crs=self.sides[MINE].crs)
        return tables.conform(frame, self.name)

    # -- inside -----------------------------------------------------------------------------------

    def _column(self, k: int, keep: Ints) -> pd.Series:
        parts, places = [], []
        for side, table in enumerate(self.sides):
            of = np.flatnonzero(self.took[keep, k] == side)
            if len(of):
                parts.append(table[self.columns[k]].iloc[self.at[side][keep[of]]].reset_index(drop=True))
                places.append(of)
        whole = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
        return whole.iloc[np.concatenate(places).argsort()].reset_index(drop=True)

    def _changed(self, first: int, second: int) -> Bools:
        """Tell in which rows and columns two sides that both have the row differ."""
        both = np.flatnonzero((self.at[first] >= 0) & (self.at[second] >= 0))
        found = np.zeros((len(self.ids), len(self.columns)), dtype=bool)
        one, two = (self.sides[side].iloc[self.at[side][both]] for side in (first, second))
        for k, column in enumerate(self.columns):
            found[both, k] = unlike(one[column], two[column])
        return found

    def _taken(self) -> tuple[Ints, Ints]:
        """Return from which side the rows and values are; from the base where the sides disagree."""
        base, mine, theirs = self.at >= 0
        one, two = self._mine, self._theirs
        took = np.where(one & (~two | ~self._apart), MINE, np.where(two & ~one, THEIRS, BASE))
        row = np.full(len(self.ids), MINE)
        row[(theirs & ~mine & ~base) | (base & mine & ~theirs)] = THEIRS
        took[~base] = row[~base, None]
        for open_ in (self.added(), self.deleted()):
            row[open_], took[open_] = BASE, BASE
        return row, took


def _alike(given: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Return the sides of a table with the same columns, type of ids and CRS."""
    placed = [side for side in given if isinstance(side, gpd.GeoDataFrame) and side.crs is not None]
    if placed:
        tables.require_same_crs(**{f"side {k}": side for k, side in enumerate(placed)})
    filled = [side for side in given if len(side)] or given
    kinds: dict[str, pd.Series] = {}
    for side in [*filled, *given]:
        kinds |= {str(c): side[c] for c in side.columns if c not in kinds}
    ids = filled[0].index.dtype
    return [
        _whole(side, kinds, placed[0].crs if placed else None).set_axis(
            side.index.astype(ids).rename(side.index.name), axis=0
        )
        for side in given
    ]


def _whole(side: pd.DataFrame, kinds: Mapping[str, pd.Series], crs: object) -> pd.DataFrame:
    blank = {c: _blank(like, side.index) for c, like in kinds.items() if c not in side}
    whole = side.assign(**blank)[list(kinds)]
    return whole.set_crs(crs) if crs is not None and isinstance(whole, gpd.GeoDataFrame) else whole


def _blank(like: pd.Series, index: pd.Index) -> pd.Series:
    """Return a column without values that may stand beside another one."""
    able = {"i": "Int64", "b": "boolean"}.get(like.dtype.kind, like.dtype)
    return pd.Series(index=index, dtype=able)


def _size(shape: shapely.Geometry) -> str:
    if shape.area > 0:
        return f"{shape.area:.3f} m2"
    return f"{shape.length:.3f} m" if shape.length > 0 else shape.wkt
