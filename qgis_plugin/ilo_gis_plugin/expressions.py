"""What planners ask of lots in labels, filters, forms and sheets: functions for expressions of QGIS."""

from datetime import date
from threading import Event, Lock

from qgis.core import QgsExpression, QgsExpressionFunction, QgsProject
from qgis.PyQt.QtCore import QDate, QDateTime, QObject, QThread, pyqtSignal

from . import library
from .i18n import language, reason, tr
from .layers import PROJECT, SCENARIO, TABLE, first, ours
from .project.server import whole

__all__ = ["Expressions"]

PATIENCE = 5.0  # seconds that a map drawn in the background waits for the tables
KEPT = 50  # answers for different days and plans


class Expressions:
    """The functions, registered until `remove`."""

    def __init__(self, frames) -> None:
        self._tables = Tables(frames)
        self._functions = [Function(self._tables, *one) for one in _functions()]
        for function in self._functions:
            QgsExpression.registerFunction(function)

    def remove(self) -> None:
        """Take all functions away."""
        for function in self._functions:
            QgsExpression.unregisterFunction(function.name())
        self._functions.clear()
        self._tables.deleteLater()


def _functions():
    """Return the name, the library's name, whether a day may follow, and the help of each function."""
    return (
        ("ilo_frente", "frontage", False,
         tr("Front of the lot on streets, in metres, measured on its present boundary.")),
        ("ilo_zona", "zone", True,
         tr("Code of the zone, in force on the day, that has most of the lot.")),
        ("ilo_conforme", "legal", False,
         tr("Whether the lot keeps the rules that the plan was laid out with: area, front, shape, access.")),
        ("ilo_observaciones", "problems", False,
         tr("What keeps the lot from being legal; an empty text if nothing does.")),
        ("ilo_etapa", "stage", True,
         tr("Stage of the lot on the day, from free to titled.")),
        ("ilo_servicios", "services", True,
         tr("Services and works of the lot that are done on the day.")),
        ("ilo_falta", "missing", True,
         tr("What the lot lacks on the day for its next stage; an empty text if nothing.")),
        ("ilo_aporte", "reserve", False,
         tr("Share of the land, in %, reserved for a use: recreation, education, other.")),
        ("ilo_aporte_exigido", "reserve_required", False,
         tr("Share of the land, in %, that the norms ask to reserve for a use.")),
    )  # fmt: skip


class Function(QgsExpressionFunction):
    """One function: the answer of the library for a lot, or for a use of reserves."""

    def __init__(self, tables, name, label, dated, text) -> None:
        argument = tr("use") if "aporte" in name else tr("lot")
        given = f"{argument} [, {tr('day')}]" if dated else argument
        english = tr("In English: {}").format(f"ilo_{label}")
        text = f"<h3>{name}({given})</h3><p>{text}</p><p>{english}</p>"
        super().__init__(name, -1 if dated else 1, "Ilo GIS", text, False, False, True)
        self._tables, self._label, self._dated = tables, label, dated
        self._kept, self._lock = {}, Lock()

    def aliases(self):
        return [f"ilo_{self._label}"]

    def usesGeometry(self, node):
        return False

    def referencedColumns(self, node):
        return set()

    def func(self, values, context, parent, node):
        """Return the answer; what hinders it is told as QGIS tells errors of expressions."""
        if not 1 <= len(values) <= 1 + self._dated:
            text = tr("{} takes the id of a lot and, if you like, a day.")
            parent.setEvalErrorString(text.format(self.name()))
            return None
        try:
            return self._answer(str(values[0]), _day(*values[1:]), context.variable("layer_id"))
        except (ImportError, ValueError) as error:  # all errors of the library are ValueErrors
            parent.setEvalErrorString(reason(error))
            return None

    def _answer(self, asked, day, layer_id):
        from ilo_gis.lot_labels import LABELS, lot_label
        from ilo_gis.tables.kinds import usual_kinds

        from .processing.texts import label as words

        label = LABELS[self._label]
        known, rule = self._tables.known((*label.needs, *label.uses), layer_id)
        if missing := [name for name in label.needs if name not in known]:
            text = tr("{}: the project has no layer of the table «{}». Open the project with Ilo GIS.")
            raise ValueError(text.format(self.name(), words(missing[0])))
        key = (*(id(frame) for frame in known.values()), day)  # a frame that is kept has an id of its own
        with self._lock:
            if key not in self._kept:
                if len(self._kept) >= KEPT:
                    self._kept.clear()
                library.keep_thread()
                found = lot_label(self._label, known, day, language(), rule)
                self._kept[key] = known, found.astype(object).where(found.notna(), None).to_dict()
            answers = self._kept[key][1]
        return answers.get(usual_kinds([asked], "reserves")[0] if label.of == "reserves" else asked)


def _day(given=None):
    """Return the day that an expression gives as a date, a time or a text; today if it gives none."""
    if given is None:
        return date.today()
    if isinstance(given, QDate | QDateTime):
        return (given.date() if isinstance(given, QDateTime) else given).toPyDate()
    try:
        return date.fromisoformat(str(given))
    except ValueError as error:
        raise ValueError(tr("«{}» is no day; write it as '1996-04-30'.").format(given)) from error


class Tables(QObject):
    """Which tables answer a question, kept until a layer changes.

    Layers live in QGIS's main thread and are read there; a map drawn in the background asks and waits.
    """

    asked = pyqtSignal(object)

    def __init__(self, frames) -> None:
        super().__init__()
        self._frames, self._found = frames, {}
        self.asked.connect(self._reply)
        frames.changed.connect(self._found.clear)

    def known(self, names, layer_id):
        """Return those tables that the project of a layer has, by their names, and the rule of its lots."""
        found = self._found.get((names, layer_id))
        if found is not None:
            return found
        if QThread.currentThread() == self.thread():
            return self._read(names, layer_id)
        question = {"about": (names, layer_id), "done": Event()}
        self.asked.emit(question)
        if not question["done"].wait(PATIENCE):
            raise ValueError(tr("QGIS is busy. Refresh the map."))
        if "error" in question:
            raise question["error"]
        return question["found"]

    def _reply(self, question):
        try:
            question["found"] = self._read(*question["about"])
        except ValueError as error:  # goes to who asked
            question["error"] = error
        finally:
            question["done"].set()

    def _read(self, names, layer_id):
        from ilo_gis.kept import rule_in

        layers = _layers(layer_id)
        known = {name: self._frames.of(layers[name]) for name in names if name in layers}
        self._found[names, layer_id] = known, rule_in(whole(first(layers.values(), PROJECT)))
        return self._found[names, layer_id]


def _layers(layer_id):
    """Return the layers of the project and alternative that a layer is of, by the names of their tables."""
    here, found = QgsProject.instance().mapLayer(layer_id or ""), {}
    for layer in ours():
        near = (here and layer.customProperty(one) == here.customProperty(one) for one in (PROJECT, SCENARIO))
        place = (*map(bool, near), bool(layer.customProperty(PROJECT)))  # projects go before results
        found.setdefault(layer.customProperty(TABLE), {}).setdefault(place, []).append(layer)
    nearest = {table: by_place[max(by_place)] for table, by_place in found.items()}
    if several := [table for table, layers in nearest.items() if len(layers) > 1]:
        text = tr("The layer «{}» is there several times. Ask from a layer of one alternative.")
        raise ValueError(text.format(several[0]))
    return {table: layer for table, [layer] in nearest.items()}
