"""The rows of a layer, as they are now and as they were stored; after an edit what it touched is read."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Lock

from qgis.core import QgsFeatureRequest, QgsProject, QgsVectorLayerFeatureSource
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..bridge import rows_of
from ..i18n import tr
from ..work import Work

__all__ = ["Known", "Part", "Rows", "among", "keep_log", "show_only", "touched"]

OTHERS = ("afterCommitChanges", "editingStopped", "dataChanged", "subsetStringChanged")

_holders = {}  # by project file, the layer by which QGIS keeps its log: a layer may outlive the plugin


def keep_log(layer, address):
    """Let QGIS keep the write-ahead log of a project file while it is open: the first layer holds it.

    Without a log QGIS reads a file without locks, and makes a log when a layer is edited. What it had open
    until then cannot be read any more: filters find nothing, and rows read meanwhile end early, without a
    word. So this comes before a second layer is opened, and before the first one is read.
    """
    held = QgsProject.instance().mapLayer(_holders.get(address, ""))
    if held is None and (address or "").lower().endswith(".gpkg") and layer.dataProvider().enterUpdateMode():
        _holders[address] = layer.id()


def show_only(layer, wanted):
    """Filter a layer in which nothing is changed, if it is not yet; in edit mode QGIS would refuse."""
    if layer.subsetString() != wanted:
        layer.rollBack()
        layer.setSubsetString(wanted)


def touched(layer):
    """Return the numbers of the features that the edit buffer of a layer changes, adds or takes away."""
    buffer = layer.editBuffer()
    if buffer is None:
        return set()
    changed = {*buffer.changedGeometries(), *buffer.changedAttributeValues()}
    return changed | {*buffer.deletedFeatureIds()} | {*buffer.addedFeatures()}


class Part:
    """Some features of a layer as it is now, for the bridge; `stored`: without what is not saved.

    It is made in the thread of the window and read in any.
    """

    def __init__(self, layer, request, stored=False):
        shown = layer.dataProvider() if stored else layer
        self._from = shown.featureSource() if stored else QgsVectorLayerFeatureSource(layer)
        self._request, self._fields, self._kind = request, shown.fields(), shown.wkbType()
        self._crs, self._name = layer.crs(), layer.name()

    def getFeatures(self):
        """Return the features."""
        return self._from.getFeatures(self._request)

    def fields(self):
        """Return the fields."""
        return self._fields

    def wkbType(self):
        """Return the type of the geometries."""
        return self._kind

    def sourceCrs(self):
        """Return their CRS."""
        return self._crs

    def sourceName(self):
        """Return what messages call them."""
        return self._name


class Later:
    """What is made once, by the thread that asks first; others wait. `made` is None until then."""

    def __init__(self, make, made=None):
        self._make, self._lock, self.made = make, Lock(), made

    def __call__(self):
        """Return it."""
        with self._lock:
            if self.made is None:
                self.made, self._make = self._make(), None
            return self.made


class Known(Mapping):
    """Tables by name, each read when it is first asked for, in the thread that asks."""

    def __init__(self, readings):
        self._readings = readings

    def __getitem__(self, name):
        (rows, _), _ = self._readings[name]()
        return rows

    def __contains__(self, name):
        return name in self._readings

    def __iter__(self):
        return iter(self._readings)

    def __len__(self):
        return len(self._readings)


class Rows(QObject):
    """The rows of a layer and the numbers of their features; `changed` tells that they may be others."""

    changed = pyqtSignal()

    def __init__(self, layer):
        super().__init__()
        self.layer = layer
        self._reading = None
        self._touched, self._fresh, self._whole = set(), False, True
        self._work = Work(tr("Rows of «{}»").format(layer.name()), *[lambda *_: None] * 2)
        layer.editingStarted.connect(self._begun)
        layer.layerModified.connect(self._edited)
        layer.afterCommitChanges.connect(self._empty_log)
        for name in OTHERS:
            getattr(layer, name).connect(self._other)

    def remove(self):
        """Let go of the layer."""
        self._work.stop()
        self.layer.editingStarted.disconnect(self._begun)
        self.layer.layerModified.disconnect(self._edited)
        self.layer.afterCommitChanges.disconnect(self._empty_log)
        for name in OTHERS:
            getattr(self.layer, name).disconnect(self._other)

    def later(self):
        """Return what gives, in any thread, the rows as they are now, and as they were stored when read."""
        if not self._fresh:
            self._look()
        return self._reading

    def now(self):
        """Return the rows as the user sees them, unsaved edits included."""
        return self.later()()[0]

    def stored(self):
        """Return the rows as they were stored when they were read: what unsaved edits were made on."""
        return self.later()()[1]

    def _begun(self):
        """Read in the background what edits will be made on: what others save from now on is a conflict."""
        if self.later().made is None:
            self._work.start(lambda reading, progress: reading(), self.later)

    def _edited(self):
        self._fresh = False
        self.changed.emit()

    def _empty_log(self):
        """Bring what was saved from the log into the file, so that a copy of the file alone has it."""
        path = Path(self.layer.source().partition("|")[0])
        if path.suffix.lower() == ".gpkg":
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as db:
                db.execute("PRAGMA wal_checkpoint")

    def _other(self):
        self._whole = True
        self._edited()

    def _look(self):
        """Read again what was edited; all that is not read yet, or may be another, when it is asked for."""
        edited, made = touched(self.layer), self._reading and self._reading.made
        mended = None if self._whole or made is None else self._mended(*made, edited | self._touched)
        if mended is None:
            now, stored = (Part(self.layer, QgsFeatureRequest(), stored=one) for one in (False, True))
            held = (edited & self._touched, made[1]) if made is not None else (set(), None)
            self._reading = Later(partial(_read, now, stored if edited else None, *held))
        else:
            self._reading = Later(None, (mended, made[1]))
        self._touched, self._fresh, self._whole = edited, True, False

    def _mended(self, now, stored, numbers):
        """Return the rows with some features read again; None where that is not enough."""
        key = now[0].index.name
        if key is None:  # ids were missing or stood twice
            return None
        part = Part(self.layer, QgsFeatureRequest(list(numbers)))
        return _replaced(now, rows_of(part, key), numbers, stored[1])


def _read(now, stored, held, before):
    """Return all rows as they are, and as they are stored; those edited still (`held`), as before that."""
    rows = rows_of(now)
    if stored is None:
        return rows, rows
    found = rows_of(stored)
    key = found[0].index.name
    if before is None or not held or key is None or before[0].index.name != key:
        return rows, found
    part = among(before, held), [number for number in before[1] if number in held]
    return rows, _replaced(found, part, held, found[1]) or found


def among(rows, numbers):
    """Return the rows, given with the numbers of their features, of some features."""
    import pandas as pd

    table, known = rows
    return table[pd.Index(known, dtype="int64").isin(list(numbers))]  # a list that is empty means columns


def _replaced(whole, part, numbers, order):
    """Return rows with some others in the place of those of some features; None where that does not fit."""
    import pandas as pd

    (rows, known), (fresh, their) = whole, part
    if [*fresh] != [*rows]:  # a field came or went
        return None
    kept = [number for number in known if number not in numbers]
    rows, known = among(whole, {*kept}), kept
    if len(rows) and len(fresh):
        fresh = fresh.astype({name: rows.dtypes[name] for name in fresh if _of_time_alone(rows, fresh, name)})
        rows = pd.concat([rows, fresh])
    elif len(fresh):
        rows = fresh
    if rows.index.hasnans or not rows.index.is_unique:
        return None
    found = pd.Index([*known, *their], dtype="int64")
    place = pd.Index(order, dtype="int64").get_indexer(found)
    ranks = pd.Series(place).where(place >= 0, len(order) - found.to_series().to_numpy())  # new ones behind
    sorted_ = ranks.sort_values(kind="stable").index
    return rows.iloc[sorted_], found[sorted_].tolist()


def _of_time_alone(rows, fresh, name):
    """Tell whether a column has times in one side and nothing in the other, which tells no zone."""
    one, two = rows.dtypes[name], fresh.dtypes[name]
    return one != two and one.kind == two.kind == "M" and fresh[name].isna().all()
