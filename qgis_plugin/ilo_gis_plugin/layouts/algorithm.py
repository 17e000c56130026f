"""The algorithm that prints sheets: from the menu, in models and batches, and without a window."""

from qgis import core
from qgis.PyQt.QtCore import QUrl
from qgis.utils import iface

from .. import library
from ..i18n import reason, tr
from ..work import aside
from .page import PAPERS

__all__ = ["PrintSheets"]


class PrintSheets(core.QgsProcessingAlgorithm):
    """Asks for the kind of sheet and the words of its stamp, and writes a PDF."""

    def createInstance(self):
        return PrintSheets()

    def name(self):
        return "print_sheets"

    def displayName(self):
        return tr("Print sheets to PDF")

    def group(self):
        return tr("Sheets")

    def groupId(self):
        return "sheets"

    def icon(self):
        return core.QgsApplication.getThemeIcon("/mActionSaveAsPDF.svg")

    def shortHelpString(self):
        return tr(
            "Draws a plan at a round scale, with grid, legend, tables, location and stamp. Blocks and "
            "lots get a sheet each: those named, else those selected, else all. Without a project file "
            "the plan that is open is drawn, as it is on the screen. Boxes of the stamp left empty are "
            "filled in by hand."
        )

    def flags(self):
        """QGIS lays sheets out where its window is, which answers while their maps are drawn."""
        return super().flags() | core.QgsProcessingAlgorithm.Flag.FlagNoThreading

    def canExecute(self):
        problems = library.problems()
        return not problems, "\n".join(problems)

    def initAlgorithm(self, configuration=None):
        kinds = [
            tr("Street and lot layout plan"), tr("Zoning plan"), tr("Perimeter plan"),
            tr("A sheet for each block"), tr("A sheet for each lot"),
        ]  # fmt: skip
        self.addParameter(core.QgsProcessingParameterEnum("KIND", tr("Sheet"), kinds, False, 0))
        paper = "PAPER", tr("Paper"), list(PAPERS), False, "A3", False, True
        self.addParameter(core.QgsProcessingParameterEnum(*paper))
        given = tr("Project file (empty: the plan that is open)")
        self.addParameter(core.QgsProcessingParameterFile("PROJECT", given, extension="gpkg", optional=True))
        texts = {
            "SCENARIO": tr("Alternative"), "ONLY": tr("Only these blocks or lots, separated by commas"),
            "TITLE": tr("Project"), "DISTRICT": tr("District"), "PROVINCE": tr("Province"),
            "DEPARTMENT": tr("Department"),
        }  # fmt: skip
        for name, text in texts.items():
            self.addParameter(core.QgsProcessingParameterString(name, text, "", False, True))
        self.addParameter(core.QgsProcessingParameterFileDestination("OUTPUT", tr("Sheets"), "PDF (*.pdf)"))

    def processAlgorithm(self, given, context, feedback):
        """Read the plan and write its sheets."""
        from ilo_gis.errors import Cancelled, IloGisError

        from ..bridge import BridgeError
        from . import sheets, sources

        texts = ("SCENARIO", "ONLY", "TITLE", "DISTRICT", "PROVINCE", "DEPARTMENT", "PROJECT")
        words = {name: self.parameterAsString(given, name, context) for name in texts}
        words["PAPER"] = self.parameterAsEnumString(given, "PAPER", context)
        words["ONLY"] = [one.strip() for one in words["ONLY"].split(",") if one.strip()]
        kind = list(sheets.KINDS)[self.parameterAsEnum(given, "KIND", context)]
        path = self.parameterAsFileOutput(given, "OUTPUT", context)
        try:
            if words["PROJECT"]:
                plan = aside(feedback, sources.of_store, words["PROJECT"], words["SCENARIO"])
            else:
                plan = sources.of_project(context.project(), feedback, words["SCENARIO"])
            sheets.write(kind, plan, words, path, feedback)
        except Cancelled:
            return {}
        except (BridgeError, IloGisError) as error:
            raise core.QgsProcessingException(reason(error)) from error
        if iface is not None:  # a click on the file shows it in its folder
            file, level = QUrl.fromLocalFile(path), core.Qgis.MessageLevel.Success
            told = tr("The sheets are in {}.").format(f'<a href="{file.toString()}">{file.fileName()}</a>')
            iface.messageBar().pushMessage(library.TAB, told, level, 0)
        return {"OUTPUT": path}
