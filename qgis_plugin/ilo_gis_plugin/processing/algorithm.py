"""An algorithm of Processing made of one tool of the library."""

from collections import deque
from functools import partial
from html import escape

from qgis import core

from .. import library
from ..bridge import BridgeError
from ..i18n import language, reason, tr
from ..work import aside
from . import parameters as asked
from . import results as told
from .texts import label, said

__all__ = ["IloAlgorithm"]

KINDS = {
    core.QgsWkbTypes.GeometryType.PointGeometry: "Point",
    core.QgsWkbTypes.GeometryType.LineGeometry: "LineString",
    core.QgsWkbTypes.GeometryType.PolygonGeometry: "Polygon",
}
ICONS = {
    "subdivision": "LineToPolygon", "zoning": "Dissolve", "site": "Difference", "siting": "Voronoi",
    "relocation": "DistanceMatrix", "promuvi": "SumPoints", "networks": "NetworkAnalysis",
}  # fmt: skip


class IloAlgorithm(core.QgsProcessingAlgorithm):
    """Asks for what the tool's signature tells, runs the tool, and gives what it returns."""

    def __init__(self, name, tool):
        super().__init__()
        from ilo_gis.signatures import parameters, results

        self._name, self._tool, self._results = name, tool, results(tool)
        self._asked = [one for one in parameters(tool) if one.kind != "progress"]
        self._listens = len(self._asked) < len(parameters(tool))

    def createInstance(self):
        return IloAlgorithm(self._name, self._tool)

    def name(self):
        return self._name

    def displayName(self):
        return label(self._name)

    def groupId(self):
        from ilo_gis.manual import group

        return group(self._tool)

    def group(self):
        from ilo_gis.manual import GROUPS

        return said(GROUPS[self.groupId()])

    def icon(self):
        return core.QgsApplication.getThemeIcon(f"/algorithms/mAlgorithm{ICONS[self.groupId()]}.svg")

    def shortDescription(self):
        from ilo_gis.signatures import summary

        return said(summary(self._tool))

    def shortHelpString(self):
        from ilo_gis.manual import manual

        lines = []
        for head, entries in manual(self._tool, said, language()).items():
            lines += [f"<b>{head}</b>"] if head else []
            lines += [f"<i>{name}</i>: {escape(text)}" if name else escape(text) for name, text in entries]
        return "".join(f"<p>{line}</p>" for line in lines)

    def canExecute(self):
        problems = library.problems()
        return not problems, "\n".join(problems)

    def initAlgorithm(self, configuration=None):
        """Add what the tool asks for and gives."""
        for one in self._asked:
            self.addParameter(asked.definition(one))
        alone = sum(map(told.is_table, self._results)) == 1
        for result in self._results:
            made = told.definition(result, alone)
            self.addParameter(made) if told.is_table(result) else self.addOutput(made)

    def checkParameterValues(self, given, context):
        """Say in the user's language what keeps the tool from running."""
        fine, text = super().checkParameterValues(given, context)
        if not fine:
            return fine, text
        problem = self._layers_problem(given, context) or self._values_problem(given, context)
        return problem is None, problem or ""

    def processAlgorithm(self, given, context, feedback):
        """Run the tool and write what it gives."""
        from ilo_gis.errors import Cancelled, IloGisError

        try:
            library.keep_thread()
            values = {one.name: asked.value_of(self, one, given, context) for one in self._asked}
            return self._written(self._reckoned(values, feedback), given, context, feedback)
        except Cancelled:
            return {}
        except (BridgeError, IloGisError) as error:
            raise core.QgsProcessingException(self._failed(error)) from error
        except ImportError as error:
            told_ = tr("A Python package is missing: {}. Ask who looks after your QGIS to add it.")
            raise core.QgsProcessingException(told_.format(error.name or error)) from error

    def _reckoned(self, values, feedback):
        """Run the tool in a thread that touches nothing of QGIS: a cancel need not wait for it."""
        from ilo_gis.calling import arguments

        steps, wanted = deque(), [True]

        def progress(share, text):
            steps.append((share, text))
            return wanted[0]

        def tell():
            while steps and not feedback.isCanceled():
                share, text = steps.popleft()
                feedback.setProgress(100 * share)
                feedback.setProgressText(said(text))

        if self._listens:
            values["progress"] = progress
        try:
            return aside(feedback, partial(self._tool, **arguments(self._tool, values)), look=tell)
        finally:
            wanted[0] = False

    def _written(self, made, given, context, feedback):
        from ilo_gis.calling import figure, parts

        outputs = {}
        for result, value in parts(self._tool, made).items():
            if result.table == told.FINDINGS:
                told.tell_findings(value, feedback)
            is_table = told.is_table(result)
            here = told.write(self, result, value, given, context) if is_table else figure(result, value)
            if here is not None:
                outputs[told.output(result)] = here
        return outputs

    # -- what planners meet -------------------------------------------------------------------------

    def _layers_problem(self, given, context):
        """Return what is wrong with a layer, or between two."""
        known = {}
        for one in self._asked:
            if one.kind not in asked.LAYERS or not asked.has_value(one, given):
                continue
            source = self.parameterAsSource(given, one.name.upper(), context)
            if source is None:
                return tr("The layer of «{}» cannot be read.").format(label(one.name))
            if problem := _layer_problem(one, source):
                return problem
            crs = source.sourceCrs()
            if one.kind == "layer" and crs.isValid():
                known.setdefault(crs.authid() or crs.toWkt(), source.sourceName())
        if len(known) > 1:
            (crs, name), (other, second) = list(known.items())[:2]
            text = tr("«{}» is in {} and «{}» in {}. Reproject one, so that both are in the same CRS.")
            return text.format(name, crs, second, other)
        return None

    def _values_problem(self, given, context):
        """Return what is wrong with numbers and words, as the library tells it."""
        from ilo_gis.calling import arguments
        from ilo_gis.errors import IloGisError

        layers = (*asked.LAYERS, "layers")
        try:
            values = {
                one.name: asked.has_value(one, given) or None  # nobody reads it: only that it is there counts
                if one.kind in layers
                else asked.value_of(self, one, given, context)
                for one in self._asked
                if one.kind != "elevation"
            }
            arguments(self._tool, values)
        except IloGisError as error:
            return self._failed(error)
        except ValueError as error:
            return tr("A value is no number: {}.").format(error)
        return None

    def _failed(self, error):
        """Return a first line that says what failed, and the words of the library."""
        from ilo_gis.errors import CRSError, GeometryError, SchemaError

        of_layer = isinstance(error, BridgeError | CRSError | GeometryError | SchemaError)
        kind = tr("A layer does not serve.") if of_layer else tr("A parameter or a file does not serve.")
        return f"{self.displayName()}: {kind}\n{reason(error)}"


def _layer_problem(one, source):
    """Return what is wrong with one layer: geometry, CRS, rows, columns."""
    name = source.sourceName()
    if one.kind == "layer":
        if one.required and source.featureCount() == 0:
            return tr("«{}» has no features.").format(name)
        kind = KINDS.get(core.QgsWkbTypes.geometryType(source.wkbType()))
        if kind is None or one.geometry not in ("Geometry", kind):
            text = tr("«{}» has the wrong type of geometry: {} are needed.")
            known = {"Polygon": tr("polygons"), "LineString": tr("lines"), "Point": tr("points")}
            return text.format(name, known.get(one.geometry, tr("geometries")))
        crs = source.sourceCrs()
        if not crs.isValid():
            text = tr("«{}» has no CRS. Set it in the properties of the layer, such as EPSG:32719.")
            return text.format(name)
        if crs.isGeographic() or crs.mapUnits() != core.QgsUnitTypes.DistanceUnit.DistanceMeters:
            text = tr("«{}» is in {}, not in metres. Reproject it, in Ilo to EPSG:32719.")
            return text.format(name, crs.authid())
    missing = [column for column in _needed(one) if column not in source.fields().names()]
    if missing:
        text = tr("«{}» lacks the columns {} of the table «{}».")
        return text.format(name, ", ".join(missing), label(one.table))
    return None


def _needed(one):
    """Return the columns that the declared table of a parameter cannot do without."""
    from ilo_gis.tables import describe

    if not one.table:
        return []
    spec = describe(one.table)
    spec = spec.drop(index="geometry", errors="ignore")
    return spec.index[(spec["required"] == "yes") & (spec["dtype"] != "index")]
