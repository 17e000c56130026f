"""The street plan of the Pampa: collectors, grids between them, thin blocks joined."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import cycle

import figures as f
import geopandas as gpd
import numpy as np
import shapely
from scipy.spatial import cKDTree
from shapely import LineString, MultiLineString, Point, Polygon, affinity

GRID = 0.01  # m: all crossings are rounded to the centimetre
LEAST_AREA, LEAST_DEPTH = 2000.0, 31.0  # m2, m between centre lines: below this a block joins a neighbour
NEARLY_OPPOSITE = 10.0  # m
LOCAL = ("calle", "pasaje")


@dataclass(frozen=True)
class District:
    """Outline, areas and streets of the Pampa. The areas and the old part cover the outline exactly."""

    pampa: Polygon
    old_part: Polygon
    areas: dict[int, Polygon]
    collectors: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame
    reserves: gpd.GeoDataFrame


def build() -> District:
    """Draw the district."""
    pampa = outline()
    collectors = collector_lines(pampa)
    faces = shapely.get_parts(shapely.polygonize(noded(collectors.geometry)))
    areas = {number: containing(faces, seed(number)) for number in f.AREAS}
    old_part = containing(
        faces, Point(shift(placed([f.OLD_APEX])[0], 225, 300.0)[0], placed([f.OLD_APEX])[0][1])
    )
    locals_ = [*old_grid(old_part)]
    for number, area in areas.items():
        locals_ += area_grid(number, area)
    locals_ = meeting(locals_)
    ends = shapely.MultiPoint([line["geometry"].coords[k] for line in locals_ for k in (0, -1)])
    through = collectors.assign(geometry=shapely.snap(collectors.geometry.array, ends, 0.5))
    lines = gpd.GeoDataFrame([*through.to_dict("records"), *locals_], crs=f.CRS)
    streets, reserves = merged(lines, areas, old_part)
    return District(
        shapely.union_all([*areas.values(), old_part]), old_part, areas, collectors, streets, reserves
    )


def placed(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Move points of the Pampa's own frame to the project CRS, rounded to the decimetre."""
    turned = affinity.rotate(shapely.MultiPoint(points), f.PAMPA_TURN, origin=f.PAMPA_PIVOT)
    east, north = np.subtract(f.PAMPA_ORIGIN, f.PAMPA_PIVOT)
    return [(round(p.x + east, 1), round(p.y + north, 1)) for p in turned.geoms]


def shift(point: tuple[float, float], degrees: float, distance: float) -> tuple[float, float]:
    """Return the point at a distance in a direction, counter-clockwise from east."""
    angle = math.radians(degrees)
    return point[0] + distance * math.cos(angle), point[1] + distance * math.sin(angle)


def along(start: np.ndarray, end: np.ndarray, distance: float) -> np.ndarray:
    """Return the point at a distance from `start` towards `end`."""
    return start + (end - start) / np.linalg.norm(end - start) * distance


def outline() -> Polygon:
    """Return the edge of the Pampa, its corners cut twice so that it bends as a contour does."""
    ring = np.array(placed(f.PAMPA_EDGE))
    for _ in range(2):
        after = np.roll(ring, -1, axis=0)
        ring = np.stack([0.75 * ring + 0.25 * after, 0.25 * ring + 0.75 * after], axis=1).reshape(-1, 2)
    return Polygon(np.round(ring, 1))


def street(line: object, name: str, street_class: str, *, area: str = "", width: float | None = None) -> dict:
    """Return one street as a record."""
    width = f.WIDTHS[street_class] if width is None else width
    return {"name": name, "street_class": street_class, "width": width, "area": area, "geometry": line}


def collector_lines(pampa: Polygon) -> gpd.GeoDataFrame:
    """Return edge, spine, collectors across it and the streets around the old part, within the Pampa."""
    south, spine, north = placed(f.SOUTH), placed(f.SPINE), placed(f.NORTH)
    apex = placed([f.OLD_APEX])[0]
    sides = [n * pitch for n, pitch in zip(f.OLD_BLOCKS, f.OLD_PITCH, strict=True)]
    top, bottom = shift(apex, 135, sides[0]), shift(apex, 225, sides[1])
    west = shift(top, 225, sides[1])
    across = [LineString([south[k], spine[k], north[k]]) for k in (1, 2, 3)]
    rows = [
        street(pampa.exterior, "Vía de Borde", "avenida"),
        street(LineString([apex, *spine[1:]]), "Av. Pampa Inalámbrica", "colectora", width=f.SPINE_WIDTH),
        *[street(line, name, "colectora") for line, name in zip(across, f.COLLECTOR_NAMES, strict=True)],
        street(LineString([apex, top]), "Av. Diagonal Norte", "colectora"),
        street(LineString([apex, bottom]), "Av. Diagonal Sur", "colectora"),
        street(LineString([top, west]), "Av. Fundadores", "avenida"),
        street(LineString([bottom, west]), "Av. Caleta Vieja", "avenida"),
    ]
    lines = gpd.GeoDataFrame(rows, crs=f.CRS)
    lines["geometry"] = lines.intersection(pampa)
    lines.loc[0, "geometry"] = LineString(pampa.exterior)
    return lines


def seed(number: int) -> Point:
    """Return a point inside an extension area."""
    start, far, side, *_ = f.AREAS[number]
    outer = placed(f.NORTH if side == "north" else f.SOUTH)
    corner, spine_end, outer_end = (
        np.array(p) for p in (placed(f.SPINE)[start], placed(f.SPINE)[far], outer[start])
    )
    return Point(along(corner, spine_end, 60.0) + along(corner, outer_end, 450.0) - corner)


def containing(faces: np.ndarray, point: Point) -> Polygon:
    """Return the one face around a point."""
    (face,) = (face for face in faces if face.contains(point))
    return face


def noded(lines: gpd.GeoSeries) -> np.ndarray:
    """Return the segments between all crossings, on the centimetre grid."""
    return shapely.get_parts(shapely.union_all(np.asarray(lines, dtype=object), grid_size=GRID))


def pitches(pattern: list[str], land: float, first_width: float, limit: float) -> list[tuple[float, str]]:
    """Return distance and class of each street, so that the land between two of them is always the same."""
    found, distance, before = [], 0.0, first_width
    for street_class in cycle(pattern):
        width = f.WIDTHS[street_class]
        distance += before / 2 + land + width / 2
        if distance > limit:
            return found
        found.append((distance, street_class))
        before = width
    return found


def fitted(streets: list[tuple[float, str]], land: float, length: float) -> list[tuple[float, str]]:
    """Stretch a row of streets so that the last block ends at the collector on the far side."""
    end = streets[-1][0] + f.WIDTHS[streets[-1][1]] / 2 + land + f.WIDTHS["colectora"] / 2
    return [(distance * length / end, street_class) for distance, street_class in streets]


def area_grid(number: int, area: Polygon) -> list[dict]:
    """Return the streets of an extension area: rows from the spine outwards, streets across them."""
    start, far, side, turned, _ = f.AREAS[number]
    outer, spine = placed(f.NORTH if side == "north" else f.SOUTH), placed(f.SPINE)
    near, near_far, out, out_far = (np.array(p) for p in (spine[start], spine[far], outer[start], outer[far]))
    length = float(np.linalg.norm(near_far - near))
    (along_land, across_land) = f.BLOCK if turned else f.BLOCK[::-1]
    rows, columns = (f.ACROSS, f.ALONG) if turned else (f.ALONG, f.ACROSS)
    up = pitches(rows, along_land, f.SPINE_WIDTH, 1000.0)
    over = pitches(columns, across_land, f.WIDTHS["colectora"], min(length - 30.0, 1000.0))
    if far not in (0, len(spine) - 1):
        over = fitted(over, across_land, length)
    stretch = float(np.linalg.norm(out_far - out)) / length
    lines = [(LineString([along(near, out, d), along(near_far, out_far, d)]), kind) for d, kind in up]
    lines += [
        (LineString([along(near, near_far, d), along(out, out_far, d * stretch)]), kind) for d, kind in over
    ]
    return clipped(lines, area, str(number))


def old_grid(area: Polygon) -> list[dict]:
    """Return the streets of the old part, at 45 degrees to north."""
    apex = placed([f.OLD_APEX])[0]
    (n, pitch), (m, other) = zip(f.OLD_BLOCKS, f.OLD_PITCH, strict=True)
    lines = []
    for k in range(1, n):
        foot = shift(apex, 135, k * pitch)
        lines.append((LineString([foot, shift(foot, 225, m * other)]), "pasaje" if k % 4 == 2 else "calle"))
    for k in range(1, m):
        foot = shift(apex, 225, k * other)
        lines.append((LineString([foot, shift(foot, 135, n * pitch)]), "avenida" if k == m // 2 else "calle"))
    return clipped(lines, area, "old part")


def clipped(lines: list[tuple[LineString, str]], area: Polygon, name: str) -> list[dict]:
    """Return lines cut at the edge of an area, numbered by class."""
    count: Counter[str] = Counter()
    found = []
    for line, kind in lines:
        parts = [part for part in shapely.get_parts(area.intersection(line)) if part.length > 25.0]
        count[kind] += bool(parts)
        found += [street(part, f"{kind} {count[kind]}", kind, area=name) for part in parts]
    return found


def meeting(lines: list[dict]) -> list[dict]:
    """Let streets that reach a collector from both sides, nearly opposite, meet in one point."""
    ends = np.array([line["geometry"].coords[k] for line in lines for k in (0, -1)])
    for first, second in sorted(cKDTree(ends).query_pairs(NEARLY_OPPOSITE)):
        ends[second] = ends[first]
    return [{**line, "geometry": LineString(ends[2 * k : 2 * k + 2])} for k, line in enumerate(lines)]


@dataclass
class Faces:
    """Faces between the segments, and which of them have been joined."""

    segments: gpd.GeoDataFrame  # columns of the streets, and `left`, `right`: faces on both sides, -1 outside
    shapes: dict[int, Polygon]

    def join(self, keep: int, other: int) -> None:
        """Take away the local streets between two faces."""
        left, right = self.segments["left"], self.segments["right"]
        between = ((left == keep) & (right == other)) | ((left == other) & (right == keep))
        self.segments = self.segments[~between].replace({"left": {other: keep}, "right": {other: keep}})
        self.shapes[keep] = shapely.union_all([self.shapes[keep], self.shapes.pop(other)], grid_size=GRID)

    def best_neighbour(self, face: int, classes: tuple[str, ...]) -> int | None:
        """Return the neighbour with the longest common border of local streets, if there is one."""
        left, right = self.segments["left"], self.segments["right"]
        touching = self.segments[(left == face) | (right == face)]
        other = touching["left"].where(touching["left"] != face, touching["right"])
        length = touching.length.groupby(other).sum()
        inner = touching["street_class"].isin(classes) & (touching["area"] != "")
        allowed = inner.groupby(other).all()
        length = length[allowed[length.index] & (length.index >= 0)]
        return None if length.empty else int(length.round(1).idxmax())


def faces_of(lines: gpd.GeoDataFrame) -> Faces:
    """Node the lines, and find the face on either side of each segment."""
    parts = noded(lines.geometry)
    middles = shapely.line_interpolate_point(parts, 0.5, normalized=True)
    nearest = lines.sindex.nearest(middles, return_all=False)[1]
    segments = (
        lines.drop(columns="geometry").iloc[nearest].reset_index(names="line").set_geometry(parts, crs=f.CRS)
    )
    shapes = shapely.get_parts(shapely.polygonize(parts))
    tree = shapely.STRtree(shapes)
    ends = shapely.get_coordinates(shapely.get_point(parts, [[0], [1]])).reshape(2, -1, 2)
    direction = ends[1] - ends[0]
    normal = np.column_stack([-direction[:, 1], direction[:, 0]]) / np.linalg.norm(direction, axis=1)[:, None]
    middle = (ends[0] + ends[1]) / 2
    for column, side in (("left", 2 * GRID), ("right", -2 * GRID)):
        at, face = tree.query(shapely.points(middle + side * normal), predicate="within")
        segments[column] = -1
        segments.loc[at, column] = face
    return Faces(segments, dict(enumerate(shapes)))


def too_thin(shape: Polygon) -> bool:
    """Tell whether a face is too small or too thin for a block with two rows of lots."""
    return shape.area < LEAST_AREA or 2 * shapely.maximum_inscribed_circle(shape).length < LEAST_DEPTH


def merged(
    lines: gpd.GeoDataFrame, areas: dict[int, Polygon], old_part: Polygon
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Join blocks that came out too thin, take out the reserves, and return streets and reserves."""
    faces = faces_of(lines)
    for face in sorted(faces.shapes, key=lambda k: faces.shapes[k].area):
        while face in faces.shapes and too_thin(faces.shapes[face]):
            other = faces.best_neighbour(face, LOCAL)
            other = faces.best_neighbour(face, (*LOCAL, "avenida")) if other is None else other
            if other is None:
                break
            faces.join(other, face)
            face = other  # noqa: PLW2901  (the joined face may still be thin)
    reserves = [reserve(faces, "plaza", 1, old_part.centroid, ("old part", old_part))]
    for number, area in areas.items():
        for kind, blocks, u, v in f.RESERVES:
            at = spot(number, area, 1 - u if number in f.MIRRORED else u, v)
            reserves.append(reserve(faces, kind, blocks, at, (str(number), area)))
    streets = whole(lines, faces.segments)
    land = gpd.GeoDataFrame(reserves, crs=f.CRS)
    roads = shapely.union_all(
        shapely.buffer(faces.segments.geometry, faces.segments["width"] / 2, quad_segs=16)
    )
    land["geometry"] = shapely.set_precision(land.difference(roads), GRID)
    land["area"] = land.area.round(1)
    return streets, land


def spot(number: int, area: Polygon, u: float, v: float) -> Point:
    """Return the place of a reserve: how far along the spine and how far from it, as shares of the area."""
    _, _, side, *_ = f.AREAS[number]
    upright = affinity.rotate(area, -f.PAMPA_TURN, origin=f.PAMPA_ORIGIN)
    west, south, east, north = upright.bounds
    high = south + v * (north - south) if side == "north" else north - v * (north - south)
    return affinity.rotate(Point(west + u * (east - west), high), f.PAMPA_TURN, origin=f.PAMPA_ORIGIN)


def reserve(faces: Faces, kind: str, blocks: int, at: Point, area: tuple[str, Polygon]) -> dict:
    """Take out the block of an area nearest to a place, joined with neighbours over a pasaje or a calle."""
    name, land = area
    inside = [k for k, shape in faces.shapes.items() if land.contains(shape.representative_point())]
    face = min(inside, key=lambda k: round(faces.shapes[k].centroid.distance(at), 2))
    for turn in range(blocks - 1):
        other = faces.best_neighbour(face, ("pasaje",) if turn == 0 else LOCAL)
        other = faces.best_neighbour(face, LOCAL) if other is None else other
        if other is not None:
            faces.join(face, other)
    return {"kind": kind, "extension_area": name, "geometry": faces.shapes[face]}


def whole(lines: gpd.GeoDataFrame, segments: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put the segments of each street together again, a vertex at each crossing; number the streets."""
    rows = []
    for line, parts in segments.groupby("line"):
        joined = shapely.line_merge(MultiLineString(list(parts.geometry)))
        rows += [{**lines.loc[line].to_dict(), "geometry": part} for part in shapely.get_parts(joined)]
    streets = gpd.GeoDataFrame(rows, crs=f.CRS)
    return named(streets)


def named(streets: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give each street its name: avenues from the list, others numbered within their area."""
    avenues, names, given = iter(f.AVENUES), [], {}
    for row in streets.itertuples():
        key = (row.area, row.name)
        if row.area == "":
            given.setdefault(key, row.name)
        elif row.street_class == "avenida" and key not in given:
            given[key] = f"Av. {next(avenues)}"
        given.setdefault(key, row.name.capitalize())
        names.append(given[key])
    return streets.assign(name=names)
