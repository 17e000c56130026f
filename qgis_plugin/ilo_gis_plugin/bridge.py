"""Layers of QGIS as tables of the library and back: no file is opened, unsaved edits are seen."""

from functools import cache

from qgis import core
from qgis.core import NULL
from qgis.PyQt.QtCore import QByteArray, QDate, QDateTime, Qt, QTime, QVariant

from .i18n import language, tr

__all__ = ["BridgeError", "features_of", "fields_of", "fill", "qgis_crs", "rows_of", "shape_of"]
__all__ += ["some", "to_frame", "to_layer", "wkb_type"]

STORE = ("scenario", "row_version")  # columns that the layers of a project have beside those declared
FID = "fid"  # number that a GeoPackage gives a row: an output that copied it could not be saved
COLLECTION = core.QgsWkbTypes.Type.GeometryCollection
INTEGERS = (QVariant.Int, QVariant.UInt, QVariant.LongLong)
EPOCH, DAY = 2440588, 86_400_000  # Julian day of 1970-01-01; milliseconds of a day
NAMED = 5  # rows that a message names


class BridgeError(ValueError):
    """A layer cannot be taken over; the message, in the user's language, says what to do."""


# -- from QGIS to the library -----------------------------------------------------------------------


def to_frame(layer, ids=None, selected=False):
    """Return the rows of a layer or source as a GeoDataFrame; without geometry as a DataFrame.

    Rows are as the user sees them, unsaved edits included. The index is the column `ids`; else the first
    one where it is the key of a declared table and no id repeats; else the number of the feature. Texts
    come as objects, missing ones None, as the library's readers give them; days and times as datetime64.
    The columns of the project store (fid, scenario, row_version) stay behind.
    """
    return rows_of(layer, ids, selected)[0]


def rows_of(layer, ids=None, selected=False):
    """Return the rows as `to_frame` does, and the numbers of the features in the same order."""
    import geopandas as gpd
    import pandas as pd

    numbers, shapes, cells = _read(layer, selected)
    kinds = {field.name(): field.type() for field in layer.fields()}
    values = {name: cells[i :: len(kinds)] for i, name in enumerate(kinds)}
    _leave_store(values, layer)
    frame = pd.DataFrame({name: _column(column, kinds[name]) for name, column in values.items()})
    frame.index = pd.Index(numbers, dtype="int64")
    if layer.wkbType() != core.QgsWkbTypes.Type.NoGeometry:
        shapes = _shapes(shapes, numbers, layer)
        frame = gpd.GeoDataFrame(frame, geometry=shapes, crs=_pyproj_crs(layer.sourceCrs()))
    return _with_ids(frame, ids, layer), numbers


def _read(layer, selected):
    """Return feature numbers, WKB and, row after row, the values of all fields."""
    if selected:
        features = layer.getSelectedFeatures()
    elif isinstance(layer, core.QgsProcessingFeatureSource):  # the library judges geometries itself
        skip = core.QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
        features = layer.getFeatures(core.QgsFeatureRequest(), skip)
    else:
        features = layer.getFeatures()
    numbers, shapes, cells, curved = [], [], [], []
    usual = layer.wkbType() if 0 < core.QgsWkbTypes.flatType(layer.wkbType()) < COLLECTION else None
    for feature in features:
        shape = feature.geometry()
        numbers.append(feature.id())
        shapes.append(shape.asWkb().data() if shape.wkbType() == usual else _wkb(shape))
        # a NULL is an object of its own each time: none is kept, or Python's sweeps take half of the time
        cells.extend([None if type(value) is QVariant else value for value in feature.attributes()])
        if shapes[-1] is None and not shape.isNull():
            curved.append(feature.id())
    if curved:
        told = tr(
            "{} geometries of «{}» are curved (features {}). Run «Segmentize by maximum distance» of the "
            "Processing toolbox and take its result."
        )
        raise BridgeError(told.format(len(curved), layer.sourceName(), some(curved)))
    return numbers, shapes, cells


def _wkb(shape):
    """Return the WKB of a geometry; None where there is none, or none without curves."""
    kind = core.QgsWkbTypes.flatType(shape.wkbType())
    if 0 < kind < COLLECTION:
        return shape.asWkb().data()
    if shape.isNull() or shape.constGet().hasCurvedSegments():
        return None
    if core.QgsWkbTypes.isCurvedType(kind):  # a curved type with straight sides: nothing is lost
        shape = core.QgsGeometry(shape.constGet().segmentize())
    held = core.QgsWkbTypes.flatType(shape.wkbType()) <= COLLECTION
    return shape.asWkb().data() if held else None


def _shapes(wkb, numbers, layer):
    import numpy as np
    import shapely

    given = np.array([*wkb, None], dtype=object)[:-1]
    shapes = shapely.from_wkb(given, on_invalid="ignore")
    broken = [number for number, had, got in zip(numbers, given, shapes, strict=True) if had and got is None]
    if broken:
        told = tr("{} geometries of «{}» are broken (features {}). Delete them, or draw them again.")
        raise BridgeError(told.format(len(broken), layer.sourceName(), some(broken)))
    return shapes


def _leave_store(values, layer):
    """Take away the columns of the store; a layer that shows several scenarios is refused."""
    values.pop(FID, None)
    if all(name in values for name in STORE):
        shown = sorted({str(value) for value in values["scenario"]})
        if len(shown) > 1:
            told = tr("«{}» shows several alternatives ({}). Filter the layer so that it shows one.")
            raise BridgeError(told.format(layer.sourceName(), ", ".join(shown)))
        for name in STORE:
            del values[name]


def _column(values, kind):
    """Return a column with the type that fits the field."""
    import pandas as pd

    if kind in INTEGERS:
        return pd.Series(values, dtype="Int64" if None in values else "int64")
    if kind == QVariant.Bool:
        return pd.Series(values, dtype="boolean" if None in values else "bool")
    if kind == QVariant.Double:
        return pd.Series(values, dtype="float64")
    if kind in (QVariant.Date, QVariant.DateTime):
        return _days(values, kind == QVariant.DateTime)
    if kind == QVariant.Time:
        values = [value and value.toPyTime() for value in values]
    if kind == QVariant.ByteArray:
        values = [None if value is None else bytes(value) for value in values]
    return pd.Series(values, dtype=object)


def _days(values, timed):
    """Return days or times; times that name their zone come in UTC."""
    import numpy as np
    import pandas as pd

    held = [value for value in values if value is not None]
    zoned = timed and any(value.timeSpec() != Qt.TimeSpec.LocalTime for value in held)
    if zoned:
        held = [value.toUTC() for value in held]
    days = np.array([(value.date() if timed else value).toJulianDay() for value in held], dtype="int64")
    clock = [value.time().msecsSinceStartOfDay() for value in held] if timed else 0
    found = np.full(len(values), "NaT", dtype="datetime64[ms]")
    found[[value is not None for value in values]] = ((days - EPOCH) * DAY + clock).astype(found.dtype)
    return pd.Series(found).dt.tz_localize("UTC" if zoned else None)


def _with_ids(frame, ids, layer):
    if ids is not None and ids not in frame:
        names = ", ".join(str(name) for name in frame.columns)
        raise BridgeError(tr("«{}» has no column «{}»; it has: {}.").format(layer.sourceName(), ids, names))
    first = next(iter(frame.columns), None)
    if ids is None and first in _keys() and frame[first].notna().all() and frame[first].is_unique:
        ids = first
    return frame if ids is None else frame.set_index(ids)


@cache
def _keys():
    """Return the names of the id columns of all declared tables."""
    from ilo_gis import tables

    specs = (tables.describe(name)["dtype"] for name in tables.names())
    return {name for spec in specs for name in spec.index[spec == "index"]}


def _pyproj_crs(crs):
    """Return the very CRS of a layer: by its code where there is one, else by its WKT."""
    from pyproj import CRS
    from pyproj.database import get_authorities

    if not crs.isValid():
        return None
    if crs.authid().partition(":")[0] in get_authorities():
        return CRS.from_user_input(crs.authid())
    return CRS.from_wkt(crs.toWkt(core.QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED))


def some(numbers):
    """Return the first of some numbers or ids, for a message."""
    return ", ".join(str(number) for number in numbers[:NAMED]) + (" …" if len(numbers) > NAMED else "")


def shape_of(geometry):
    """Return a geometry of QGIS as the library has it."""
    import shapely

    return shapely.from_wkb(geometry.asWkb().data())


# -- from the library to QGIS -----------------------------------------------------------------------


def to_layer(table, name, declared=None, call=None):
    """Return a table as a layer in memory, its ids as the first column.

    With the name of a `declared` table the columns get their Spanish names. Geometries of several kinds
    are refused: `ilo_gis.tables.by_kind` parts them. `call(function, *given)` may make the rows in a thread.
    """
    fields, crs = fields_of(table, declared), qgis_crs(getattr(table, "crs", None))
    layer = core.QgsMemoryProviderUtils.createMemoryLayer(name, fields, wkb_type(table), crs)
    layer.setCrs(crs)  # none stays none
    for i, field in enumerate(fields):
        layer.setFieldAlias(i, field.alias())
    fill(layer.dataProvider(), table, fields, call)
    layer.updateExtents()
    return layer


def fill(sink, table, fields, call=None):
    """Add the rows of a table to a sink whose fields are `fields`, by their names; others stay empty."""
    given = table, fields, wkb_type(table)
    features = call(features_of, *given) if call else features_of(*given)
    if not sink.addFeatures(features, core.QgsFeatureSink.Flag.FastInsert):
        raise BridgeError(tr("QGIS could not write the rows: {}").format(sink.lastError()))


def features_of(table, fields, kind):
    """Return the rows of a table as features of some fields, their geometries of one type."""
    columns = _columns(table)
    values = [
        _values(columns[field.name()], field.type()) if field.name() in columns else [NULL] * len(table)
        for field in fields
    ]
    features = [core.QgsFeature(fields) for _ in range(len(table))]
    for feature, row in zip(features, zip(*values, strict=True), strict=False):
        feature.setAttributes(list(row))
    if kind != core.QgsWkbTypes.Type.NoGeometry:
        _set_shapes(features, table, kind)
    return features


def fields_of(table, declared=None):
    """Return the fields that hold the ids and columns of a table."""
    aliases = {}
    if declared is not None and language() == "es":
        from ilo_gis.tables import describe

        aliases = describe(declared)["alias_es"]
    fields = core.QgsFields()
    for name, column in _columns(table).items():
        field = core.QgsField(name, _type(column))
        field.setAlias(aliases.get(name, ""))
        fields.append(field)
    return fields


def wkb_type(table):
    """Return the one type of geometry that holds all of a table, multi and with Z or M where one is."""
    import shapely

    if not hasattr(table, "geom_type"):
        return core.QgsWkbTypes.Type.NoGeometry
    shapes = table.geometry.dropna()
    names = {("LineString" if name == "LinearRing" else name) for name in shapes.geom_type}
    if len({name.removeprefix("Multi") for name in names}) > 1:
        told = tr("Geometries of several kinds ({}) do not go into one layer.")
        raise BridgeError(told.format(", ".join(sorted(names))))
    kind = core.QgsWkbTypes.parseType(max(names, key=len, default="Polygon"))  # "Multi…" is the longer one
    # by shapely itself: geopandas 1.0 has no has_m
    z, m = (bool(has(shapes.to_numpy()).any()) for has in (shapely.has_z, shapely.has_m))
    return core.QgsWkbTypes.zmType(kind, z, m)


def qgis_crs(crs):
    """Return a CRS of the library as QGIS has it: by its code where it is exactly that, else by its WKT."""
    if crs is None:
        return core.QgsCoordinateReferenceSystem()
    authority = crs.to_authority(min_confidence=100)
    if authority is not None:
        return core.QgsCoordinateReferenceSystem(":".join(authority))
    return core.QgsCoordinateReferenceSystem.fromWkt(crs.to_wkt())


def _columns(table):
    """Return ids, if they have a name, and all columns but the geometry."""
    shape = table.geometry.name if hasattr(table, "geom_type") else None
    named = {str(name): table[name] for name in table.columns if name != shape}
    return named if table.index.name is None else {str(table.index.name): table.index.to_series()} | named


def _type(column):
    """Return the type of field for a column; a category's is that of its values."""
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        column = pd.Series(column.dtype.categories)
    found = pd.api.types.infer_dtype(column, skipna=True)
    if found.startswith("datetime"):
        days = column.dropna().dt
        whole = days.tz is None and len(column) and (column.dropna() == days.normalize()).all()
        return QVariant.Date if whole else QVariant.DateTime
    known = {"boolean": QVariant.Bool, "integer": QVariant.LongLong, "floating": QVariant.Double}
    known |= {"integer-na": QVariant.LongLong, "date": QVariant.Date, "time": QVariant.Time}
    return known.get(found, QVariant.ByteArray if found == "bytes" else QVariant.String)


def _values(column, kind):
    """Return the values of a column as QGIS has them in a field of a type."""
    made = {
        QVariant.Date: lambda day: QDate(day.year, day.month, day.day),
        QVariant.DateTime: _date_time,
        QVariant.Time: lambda time: QTime(time.hour, time.minute, time.second, time.microsecond // 1000),
        QVariant.ByteArray: QByteArray,
        QVariant.String: str,
    }.get(kind)
    pairs = zip(column.tolist(), column.isna(), strict=True)
    return [NULL if missing else value if made is None else made(value) for value, missing in pairs]


def _date_time(time):
    text = time.isoformat(timespec="milliseconds")
    return QDateTime.fromString(text, Qt.DateFormat.ISODateWithMs)


def _set_shapes(features, table, kind):
    import shapely

    for feature, wkb in zip(features, shapely.to_wkb(table.geometry.array, flavor="iso"), strict=True):
        if wkb is not None:
            shape = core.QgsGeometry()
            shape.fromWkb(wkb)
            feature.setGeometry(_coerced(shape, kind))


def _coerced(shape, kind):
    """Return a geometry in the type of a layer; several parts do not go into one."""
    held = kind in (shape.wkbType(), core.QgsWkbTypes.Type.Unknown)
    parts = [shape] if held else shape.coerceToType(kind)
    if len(parts) != 1:
        told = tr("A geometry of {} parts does not go into a layer of {}.")
        raise BridgeError(told.format(len(parts), core.QgsWkbTypes.displayString(kind)))
    return parts[0]
