"""The ground: heights on a grid, grades of streets on it, and the earth to move for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.linalg import spsolve

from ilo_gis.errors import RuleError
from ilo_gis.geometry.lines import end_nodes
from ilo_gis.geometry.ragged import firsts, rows

__all__ = ["Earthworks", "Elevation", "cut_and_fill", "grades"]

STEP = 5.0  # m. Grades over less are those of stones and walls, not of a street
ACROSS = np.array([-0.4, -0.2, 0.0, 0.2, 0.4])  # share of the width: middles of five strips of a street

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Lines = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Elevation:
    """Heights of the ground on a grid of cells, in metres.

    Attributes
    ----------
    values : array of float, shape (rows, columns)
        Height of the middle of each cell, in m; rows from north to south, columns from west to
        east. NaN where it is not known.
    west, north : float
        Outer corner of the first cell, in m.
    cell : tuple of two floats
        Width and height of a cell, in m.
    crs : CRS, optional
        CRS of the coordinates, in metres.

    Raises
    ------
    RuleError
        If there are fewer than two rows or columns, or a cell has no size.

    Examples
    --------
    A plane that rises 1 m in 10 m to the east:

    >>> plane = ilo_gis.tables.Elevation(np.tile([0.5, 1.5, 2.5], (3, 1)), west=0, north=30, cell=(10, 10))
    >>> plane.heights(np.array([[10.0, 15.0], [3.0, 15.0]])).tolist()
    [1.0, nan]
    """

    values: Floats
    west: float
    north: float
    cell: tuple[float, float]
    crs: object = None

    def __post_init__(self) -> None:
        values = np.array(self.values, dtype=np.float64)
        if values.ndim != 2 or min(values.shape) < 2 or not min(self.cell) > 0:
            raise RuleError(
                f"Heights of shape {values.shape} in cells of {self.cell} m are no ground. At least two rows "
                "and two columns of cells with a size are needed: read a larger part of the raster."
            )
        values.flags.writeable = False
        object.__setattr__(self, "values", values)

    def heights(self, points: Floats) -> Floats:
        """Return the height at points, bilinear between the middles of cells.

        Parameters
        ----------
        points : array of float, shape (n, 2)
            In m, in the CRS of the grid.

        Returns
        -------
        array of float, shape (n,)
            In m; NaN outside the middles of the outer cells, and beside a cell without height.

        Examples
        --------
        >>> ground = ilo_gis.tables.Elevation(np.array([[0.0, 4.0], [0.0, 8.0]]), 0, 2, (1, 1))
        >>> ground.heights(np.array([[1.0, 1.0]])).tolist()
        [3.0]
        """
        return self._between(self.values, points)

    def slope(self) -> Floats:
        """Return the steepest slope at the middle of each cell, as a share (0.1 is 10 %).

        Returns
        -------
        array of float, shape (rows, columns)
            NaN in the outer cells and beside a cell without height.

        References
        ----------
        B. K. P. Horn, "Hill shading and the reflectance map", Proceedings of the IEEE 69 (1), 1981:
        weighted differences over 3 x 3 cells, as `gdaldem slope` has them.

        Examples
        --------
        >>> plane = ilo_gis.tables.Elevation(np.tile([0.5, 1.5, 2.5], (3, 1)), 0, 30, (10, 10))
        >>> float(plane.slope()[1, 1])
        0.1
        """
        return np.hypot(*self._gradient)

    def gradient_at(self, points: Floats) -> Floats:
        """Return the rise per metre to the east and to the north, by Horn, bilinear between cells.

        Parameters
        ----------
        points : array of float, shape (n, 2)
            In m, in the CRS of the grid.

        Returns
        -------
        array of float, shape (n, 2)
            Shares; NaN within two cells of the edge of what is known.

        Examples
        --------
        >>> plane = ilo_gis.tables.Elevation(np.tile([0.5, 1.5, 2.5, 3.5], (4, 1)), 0, 40, (10, 10))
        >>> plane.gradient_at(np.array([[20.0, 20.0]])).tolist()
        [[0.1, 0.0]]
        """
        return np.column_stack([self._between(part, points) for part in self._gradient])

    @cached_property
    def _gradient(self) -> tuple[Floats, Floats]:
        """Rise to the east and to the north in each cell."""
        east, north = np.full((2, *self.values.shape), np.nan)
        z, (wide, high) = self.values, self.cell
        down = z[:-2] + 2 * z[1:-1] + z[2:]
        along = z[:, :-2] + 2 * z[:, 1:-1] + z[:, 2:]
        east[1:-1, 1:-1] = (down[:, 2:] - down[:, :-2]) / (8 * wide)
        north[1:-1, 1:-1] = (along[:-2] - along[2:]) / (8 * high)
        unknown = np.isnan(z)  # Horn's sums do not ask the middle cell itself
        east[unknown] = north[unknown] = np.nan
        return east, north

    def _between(self, grid: Floats, points: Floats) -> Floats:
        """Return values of a grid at points: bilinear, NaN where a cell that counts has none."""
        high, wide = grid.shape
        points = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        x = (points[:, 0] - self.west) / self.cell[0] - 0.5
        y = (self.north - points[:, 1]) / self.cell[1] - 0.5
        found = np.full(len(points), np.nan)
        on = np.flatnonzero((x >= 0) & (x <= wide - 1) & (y >= 0) & (y <= high - 1))
        x, y = x[on], y[on]
        column = np.minimum(x.astype(np.int64), wide - 2)
        row = np.minimum(y.astype(np.int64), high - 2)
        x, y = x - column, y - row
        total = np.zeros(len(on))
        for right, below in ((0, 0), (1, 0), (0, 1), (1, 1)):
            weight = (x if right else 1 - x) * (y if below else 1 - y)
            total += np.where(weight > 0, weight * grid[row + below, column + right], 0.0)
        found[on] = total
        return found


class Earthworks(NamedTuple):
    """Earth to move for each street, m3; NaN where the ground is not known all along it."""

    cut: Floats
    fill: Floats


def grades(lines: Lines, elevation: Elevation) -> tuple[Floats, Floats]:
    """Return the mean and the steepest grade of the ground along lines.

    The ground is measured at equal distances along each line, no farther apart than half a cell or
    5 m, whichever is more. The mean counts climbs and descents alike.

    Parameters
    ----------
    lines : array of LineString, shape (n,)
        In m, in the CRS of the grid.
    elevation : Elevation
        Heights of the ground.

    Returns
    -------
    tuple of two arrays of float, shape (n,)
        Mean and steepest grade as shares (0.1 is 10 %); NaN where the ground is not known all along.

    Examples
    --------
    >>> plane = ilo_gis.tables.Elevation(np.tile(np.arange(9.0), (9, 1)), west=0, north=90, cell=(10, 10))
    >>> uphill, level = shapely.linestrings([[(10, 50), (80, 50)], [(50, 10), (50, 80)]])
    >>> [grade.round(9).tolist() for grade in grades(np.array([uphill, level]), plane)]
    [[0.1, 0.0], [0.1, 0.0]]
    """
    length = shapely.length(lines)
    pieces = _pieces(length, elevation)
    first = firsts(pieces + 1)
    of = rows(first)
    share = (np.arange(len(of)) - first[of]) / pieces[of]
    points = shapely.line_interpolate_point(lines[of], share, normalized=True)
    rise = np.abs(np.diff(elevation.heights(shapely.get_coordinates(points))))
    rise = rise[of[1:] == of[:-1]]
    per_piece = np.divide(length, pieces, out=np.full(len(lines), np.nan), where=length > 0)
    grade = rise / np.repeat(per_piece, pieces)
    start = firsts(pieces)[:-1]
    mean = np.bincount(np.repeat(np.arange(len(lines)), pieces), grade, len(lines)) / pieces
    return mean, np.maximum.reduceat(grade, start) if len(lines) else mean


def cut_and_fill(lines: Lines, width: Floats, elevation: Elevation) -> Earthworks:
    """Estimate the earth that is moved where streets are laid on the ground.

    The model: each street has one even grade between its nodes and is level across. The heights of
    the nodes are those that bring all streets together closest to the ground (least squares over
    their land), so streets meet at one height. Ground above the street is cut, ground below is
    filled up, within the width of the street; slopes beside it, its pavement and the swelling of
    loosened earth are not in it, and land at crossings counts for each street. It compares plans;
    it is no bill of quantities.

    Parameters
    ----------
    lines : array of LineString, shape (n,)
        Centre lines in m, which meet at their ends, in the CRS of the grid.
    width : array of float, shape (n,)
        Width of each street, m.
    elevation : Elevation
        Heights of the ground.

    Returns
    -------
    Earthworks
        `cut` and `fill` in m3, arrays of float of shape (n,); NaN where the ground is not known
        on all the land of a street.

    Examples
    --------
    A street of 40 m by 10 m along a hillside of 10 %: half of it is cut, half filled, in five strips.

    >>> hill = ilo_gis.tables.Elevation(np.tile(np.arange(9.0), (9, 1)), west=0, north=90, cell=(10, 10))
    >>> works = cut_and_fill(shapely.linestrings([[(45, 20), (45, 60)]]), np.array([10.0]), hill)
    >>> works.cut.round(6).tolist(), works.fill.round(6).tolist()
    ([48.0], [48.0])
    """
    length = shapely.length(lines)
    pieces = np.maximum(_pieces(length, elevation), 2)
    first = firsts(pieces)
    of = rows(first)
    share = (np.arange(len(of)) - first[of] + 0.5) / pieces[of]
    ground = _across(lines[of], share, 0.5 / pieces[of], np.asarray(width, dtype=float)[of], elevation)
    unknown = np.bincount(of, np.isnan(ground).any(axis=1), len(lines)) > 0
    known = ~unknown[of]
    street = _profiles(lines, of[known], share[known], ground[known].mean(axis=1))
    above = ground[known] - street[:, None]
    land = (np.asarray(width, dtype=float) * length / pieces)[of[known]] / len(ACROSS)
    works = [
        np.bincount(of[known], land * np.maximum(part, 0).sum(axis=1), len(lines)) for part in (above, -above)
    ]
    return Earthworks(*(np.where(unknown, np.nan, volume) for volume in works))


def _pieces(length: Floats, elevation: Elevation) -> Ints:
    step = max(STEP, min(elevation.cell) / 2)
    return np.maximum(np.ceil(length / step - 1e-9), 1).astype(np.int64)


def _across(lines: Lines, share: Floats, half: Floats, width: Floats, elevation: Elevation) -> Floats:
    """Return the ground at stations of lines, in strips from the right to the left of the street."""
    at, back, ahead = (
        shapely.get_coordinates(shapely.line_interpolate_point(lines, share + shift, normalized=True))
        for shift in (0.0, -half, half)
    )
    way = ahead - back
    way /= np.maximum(np.hypot(*way.T), np.finfo(float).tiny)[:, None]
    left = np.column_stack([-way[:, 1], way[:, 0]]) * width[:, None]
    points = at[:, None] + ACROSS[:, None] * left[:, None]
    return elevation.heights(points.reshape(-1, 2)).reshape(-1, len(ACROSS))


def _profiles(lines: Lines, of: Ints, share: Floats, ground: Floats) -> Floats:
    """Return the height of streets at stations: straight between nodes, closest to the ground."""
    if not len(of):
        return ground
    at, _ = end_nodes(lines)
    nodes, ends = np.unique(at[of].T.ravel(), return_inverse=True)
    station = np.tile(np.arange(len(of)), 2)
    weights = coo_array((np.concatenate([1 - share, share]), (station, ends)), (len(of), len(nodes))).tocsr()
    return weights @ spsolve((weights.T @ weights).tocsc(), weights.T @ ground)
