"""What is edited: the layers of the plan that is shown, as tables; gestures written to them as steps."""

from functools import cached_property

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..bridge import BridgeError
from ..i18n import language, reason, tr
from ..layers import PROJECT, by_table, first, ours
from ..project.server import whole
from .rows import planned
from .undo import Steps

__all__ = ["Previews", "Session", "Snapshot"]

QUICK = "clean"  # the mode of a brief


class Snapshot:
    """A plan at one moment, never changed: what gestures are reckoned from, in any thread."""

    preview, totals = False, None  # as `Previews` has them

    def __init__(self, known, address):
        self.known, self._address = known, address

    @cached_property
    def plan(self):
        """Return the plan; tables that are missing are empty."""
        from ilo_gis.review import plan_of

        return plan_of(self.known)

    @cached_property
    def brief(self):
        """Return what lots, streets and reserves must be, by the rule of the project and the norms."""
        from ilo_gis import kept

        return kept.brief_in(self._address)

    @cached_property
    def locked(self):
        """Return why lots must stay as they are, by their ids, in the user's language."""
        from ilo_gis.editing.locks import lock_reasons

        return lock_reasons(self.known, language())

    @cached_property
    def shown(self):
        """Return the same for previews."""
        return Previews(self)


class Previews(Snapshot):
    """A snapshot for what is only to be shown: it keeps what is the same for all previews of a gesture."""

    preview = True

    def __init__(self, whole):
        vars(self).update(vars(whole))

    @cached_property
    def totals(self):
        """Return what the plan measures."""
        from ilo_gis.editing.figures import totals

        return totals(self.plan, self.brief)

    @cached_property
    def quick(self):
        """Return the same with rows of lots for a brief, not searched for the most; itself where it has them.

        By it no block has more lots than by the brief of the project.
        """
        from dataclasses import replace

        if self.brief.mode == QUICK:
            return self
        other = Previews(self)
        other.plan, other.locked, other.totals = self.plan, self.locked, self.totals
        other.brief = replace(self.brief, mode=QUICK)
        return other


class Session(QObject):
    """The layers that are edited together. `told` has what the user should know, `refused` why not."""

    told = pyqtSignal(str)
    refused = pyqtSignal(str, str)  # in short, and in full
    applied = pyqtSignal(object)  # the Edit

    def __init__(self, frames):
        super().__init__()
        self._frames = frames
        self._snapshot = None
        frames.changed.connect(self._stale)
        self.steps = Steps()
        self.steps.told.connect(self.told)
        QgsProject.instance().layersWillBeRemoved.connect(self.steps.leave)

    def remove(self):
        """Let go of all layers."""
        QgsProject.instance().layersWillBeRemoved.disconnect(self.steps.leave)
        self.steps.leave([layer.id() for layer in self.layers().values()])

    def layers(self):
        """Return the layers by table; those of a project go before results that are not in one."""
        return by_table(ours())

    def address(self):
        """Return the file or server of the project; None where there is none."""
        return first(ours(), PROJECT)

    def snapshot(self):
        """Return the plan as it is now, unsaved edits included; the same until something changes."""
        if self._snapshot is None:
            known = self._frames.known(self.layers())
            self._snapshot = Snapshot(known, whole(self.address()))
        return self._snapshot

    def known(self):
        """Return all tables as they are now, by name; each is read when it is asked for."""
        return self.snapshot().known

    def plan(self):
        """Return the plan as it is now; tables that are missing are empty."""
        return self.snapshot().plan

    def key(self, table):
        """Return the column that holds the ids of a table."""
        from ilo_gis.tables import describe

        spec = describe(table)["dtype"]
        return spec.index[spec == "index"][0]

    def _stale(self):
        self._snapshot = None

    def start(self, names=()):
        """Put the layers of the plan in edit mode, and those of the tables named; say so."""
        layers = self.layers()
        if QgsProject.instance().autoTransaction():
            raise BridgeError(
                tr(
                    "Transaction groups of the project (Project Properties > Data Sources) do not go with "
                    "steps that are taken back on several layers. Switch them off."
                )
            )
        wanted = [one for name, one in layers.items() if name in names or one.isSpatial()]
        still = [one for one in wanted if not one.isEditable() and not one.readOnly()]
        begun = [one for one in still if one.startEditing()]
        if begun:
            self.told.emit(tr("Now in edit mode: {}.").format(", ".join(one.name() for one in begun)))
        self.steps.follow(layers.values())
        if closed := [layers[name].name() for name in names if not layers[name].isEditable()]:
            raise BridgeError(tr("{} cannot be edited: ask for the right to.").format(", ".join(closed)))

    def apply(self, edit, whole=True):
        """Write an edit as one step across its layers; return whether it was done. Nothing is saved.

        `whole`: with what must change in other tables so that all references hold.
        """
        from ilo_gis.editing import with_references
        from ilo_gis.errors import IloGisError

        try:
            edit = with_references(self.known(), edit) if whole else edit
            self._write(edit)
        except (BridgeError, IloGisError) as error:
            self.refused.emit(tr("That was not done; nothing was changed."), reason(error))
            return False
        self.applied.emit(edit)
        return True

    def _write(self, edit):
        from ilo_gis.editing import require_fresh

        layers = self.layers()
        if missing := [name for name in edit.changes if name not in layers]:
            told = tr("There is no layer of {}. Add it to the project, or open the project again.")
            raise BridgeError(told.format(", ".join(map(_name, missing))))
        layers = {name: layers[name] for name in edit.changes}
        rows = {name: self.rows(name, layer) for name, layer in layers.items()}
        require_fresh({name: frame for name, (frame, _) in rows.items()}, edit)
        writings = [
            planned(layer, edit.changes[name], rows[name], self.stored(layer))
            for name, layer in layers.items()
        ]
        self.start(layers)
        with self.steps.step(edit.title(language()), list(layers.values())):
            for one in writings:
                one.write()
        self._tell_lost(edit, layers)

    def _tell_lost(self, edit, layers):
        """Tell of shapes that QGIS does not take: to it a layer whose rows have none yet is a table."""
        shaped = {name for name, change in edit.changes.items() if hasattr(change.after, "geom_type")}
        shaped = [name for name in shaped if edit.changes[name].after.geometry.notna().any()]
        if lost := [layers[name].name() for name in shaped if not layers[name].isSpatial()]:
            told = tr("QGIS takes {} for a table, as no row has a shape yet: the new rows have none either.")
            self.told.emit(told.format(", ".join(lost)))

    def edited(self):
        """Return by table the layers with something to save."""
        from ilo_gis.tables import names

        known = set(names())
        return {name: one for name, one in self.layers().items() if one.isModified() and name in known}

    def stored(self, layer):
        """Return the rows of a layer that unsaved edits were made on, and the numbers of their features."""
        return self._frames.stored(layer)

    def rows(self, name, layer):
        """Return the rows of a layer and their features; ids that are missing or stand twice are refused."""
        key, rows = self.key(name), self._frames.rows(layer)
        if rows[0].index.name != key:
            told = tr("In «{}» ids ({}) are missing or stand twice. Mend them in the table of the layer.")
            raise BridgeError(told.format(layer.name(), key))
        return rows


def _name(table):
    from ..processing.texts import label

    return label(table)
