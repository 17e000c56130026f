"""From what a tool asks for to the parameters of Processing, and from what the user gave to values."""

from qgis import core

from ..bridge import to_frame
from ..i18n import tr
from .texts import label, said

__all__ = ["LAYERS", "SOURCES", "definition", "has_value", "key_of", "value_of"]

LAYERS = ("layer", "table")  # kinds that are read row by row
SOURCES = {
    "Polygon": core.QgsProcessing.SourceType.TypeVectorPolygon,
    "LineString": core.QgsProcessing.SourceType.TypeVectorLine,
    "Point": core.QgsProcessing.SourceType.TypeVectorPoint,
    "Geometry": core.QgsProcessing.SourceType.TypeVectorAnyGeometry,
    "": core.QgsProcessing.SourceType.TypeVector,
}
# what a planner sets first; further figures of a record are advanced
FIRST = {
    "lot_type", "min_area", "min_frontage", "reserves", "street_width", "orientation", "mode", "kind",
    "layer", "capacity", "max_walk", "persons", "cost_per_lot",
}  # fmt: skip


def definition(one):
    """Return the parameter of Processing for one of a tool."""
    made = _MAKERS[one.kind](one, (one.name.upper(), label(one.name)), not one.required)
    made.setHelp(said(one.text))
    nested = len(one.path) > 1 and one.name not in FIRST
    if nested or (one.kind in ("file", "text", "texts") and not one.required):
        made.setFlags(made.flags() | core.QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return made


def _number(one, name, optional):
    kind = core.QgsProcessingParameterNumber.Type
    kind = kind.Integer if one.kind == "integer" else kind.Double
    made = core.QgsProcessingParameterNumber(*name, kind, one.default, optional)
    if one.least is not None:
        made.setMinimum(one.least)
    return made


def _layer(one, name, optional):
    return core.QgsProcessingParameterFeatureSource(*name, [SOURCES[one.geometry]], None, optional)


def _layers(one, name, optional):
    return core.QgsProcessingParameterMultipleLayers(*name, SOURCES["Geometry"], None, optional)


def _elevation(one, name, optional):
    return core.QgsProcessingParameterRasterLayer(*name, None, optional)


def _file(one, name, optional):
    behaviour = core.QgsProcessingParameterFile.Behavior.File
    return core.QgsProcessingParameterFile(*name, behaviour, "toml", None, optional)


def _switch(one, name, optional):
    return core.QgsProcessingParameterBoolean(*name, bool(one.default), True)


def _choice(one, name, optional):
    default = one.choices.index(one.default) if one.default in one.choices else None
    return core.QgsProcessingParameterEnum(*name, [*map(label, one.choices)], False, default, optional)


def _text(one, name, optional):
    default = None if one.default is None else str(one.default)
    return core.QgsProcessingParameterString(*name, default, False, optional)


def _list(one, name, optional):
    told = tr("{} (separated by commas)").format(name[1])
    return core.QgsProcessingParameterString(name[0], told, None, False, optional)


def _day(one, name, optional):
    kind = core.QgsProcessingParameterDateTime.Type.Date
    return core.QgsProcessingParameterDateTime(*name, kind, None, optional)


def _pairs(one, name, optional):
    heads = [tr("Name"), tr("Value")]
    return core.QgsProcessingParameterMatrix(*name, 1, False, heads, None, optional)


_MAKERS = {
    "layer": _layer, "table": _layer, "layers": _layers, "elevation": _elevation, "file": _file,
    "number": _number, "integer": _number, "switch": _switch, "choice": _choice, "text": _text,
    "texts": _list, "numbers": _list, "day": _day, "pairs": _pairs,
}  # fmt: skip


# -- values -----------------------------------------------------------------------------------------


def has_value(one, given):
    """Tell whether the user gave a parameter."""
    return given.get(one.name.upper()) not in (None, "", [])


def value_of(algorithm, one, given, context):
    """Return what the user gave for a parameter, as `ilo_gis.calling.arguments` takes it."""
    if not has_value(one, given):
        return None if one.name.upper() in given else one.default  # what was emptied is not asked for
    return _READERS[one.kind](algorithm, one, (given, one.name.upper(), context))


def key_of(one, names):
    """Return the column with the ids that the table of a parameter has, where the layer has it too."""
    from ilo_gis import tables

    table = one.table or (one.name if one.name in tables.names() else None)
    spec = tables.describe(table)["dtype"] if table else None
    key = None if spec is None else spec.index[spec == "index"][0]
    return key if key in names else None


def _frame(algorithm, one, where):
    source = algorithm.parameterAsSource(*where)
    return to_frame(source, key_of(one, source.fields().names()))


def _frames(algorithm, one, where):
    return {layer.name(): to_frame(layer) for layer in algorithm.parameterAsLayerList(*where)}


def _words(algorithm, one, where):
    parts = [part.strip() for part in algorithm.parameterAsString(*where).replace(";", ",").split(",")]
    return [float(part) if one.kind == "numbers" else part for part in parts if part]


def _mapping(algorithm, one, where):
    cells = algorithm.parameterAsMatrix(*where)
    return {str(cells[i]): float(cells[i + 1]) for i in range(0, len(cells) - 1, 2) if str(cells[i])}


_READERS = {
    "layer": _frame, "table": _frame, "layers": _frames, "texts": _words, "numbers": _words,
    "choice": lambda algorithm, one, where: one.choices[algorithm.parameterAsEnum(*where)],
    "day": lambda algorithm, one, where: algorithm.parameterAsDateTime(*where).date().toPyDate(),
    "elevation": lambda algorithm, one, where: algorithm.parameterAsRasterLayer(*where).source(),
    "pairs": _mapping, "file": lambda algorithm, one, where: algorithm.parameterAsFile(*where),
    "number": lambda algorithm, one, where: algorithm.parameterAsDouble(*where),
    "integer": lambda algorithm, one, where: algorithm.parameterAsInt(*where),
    "switch": lambda algorithm, one, where: algorithm.parameterAsBool(*where),
    "text": lambda algorithm, one, where: algorithm.parameterAsString(*where),
}  # fmt: skip
