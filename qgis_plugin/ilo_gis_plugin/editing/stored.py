"""The rows of a layer, as they are now and as they were stored; after an edit what it touched is read."""

from qgis.core import QgsFeatureRequest
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..bridge import rows_of

__all__ = ["Part", "Rows", "among", "touched"]

OTHERS = ("afterCommitChanges", "editingStopped", "dataChanged", "subsetStringChanged")


def touched(layer):
    """Return the numbers of the features that the edit buffer of a layer changes, adds or takes away."""
    buffer = layer.editBuffer()
    if buffer is None:
        return set()
    changed = {*buffer.changedGeometries(), *buffer.changedAttributeValues()}
    return changed | {*buffer.deletedFeatureIds()} | {*buffer.addedFeatures()}


class Part:
    """Some features of a layer, as the bridge reads them; `stored`: without what is not saved."""

    def __init__(self, layer, request, stored=False):
        self._from, self._request = (layer.dataProvider() if stored else layer), request
        self._crs, self._name = layer.crs(), layer.name()

    def getFeatures(self):
        """Return the features."""
        return self._from.getFeatures(self._request)

    def fields(self):
        """Return the fields."""
        return self._from.fields()

    def wkbType(self):
        """Return the type of the geometries."""
        return self._from.wkbType()

    def sourceCrs(self):
        """Return their CRS."""
        return self._crs

    def sourceName(self):
        """Return what messages call them."""
        return self._name


class Rows(QObject):
    """The rows of a layer and the numbers of their features; `changed` tells that they may be others."""

    changed = pyqtSignal()

    def __init__(self, layer):
        super().__init__()
        self.layer = layer
        self._now = self._stored = None
        self._touched, self._fresh = set(), False
        layer.layerModified.connect(self._edited)
        for name in OTHERS:
            getattr(layer, name).connect(self._other)

    def remove(self):
        """Let go of the layer."""
        self.layer.layerModified.disconnect(self._edited)
        for name in OTHERS:
            getattr(self.layer, name).disconnect(self._other)

    def now(self):
        """Return the rows as the user sees them, unsaved edits included."""
        if not self._fresh:
            self._read()
        return self._now

    def stored(self):
        """Return the rows as they were stored when they were read: what unsaved edits were made on."""
        self.now()
        return self._stored

    def _edited(self):
        self._fresh = False
        self.changed.emit()

    def _other(self):
        self._now = None
        self._edited()

    def _read(self):
        edited = touched(self.layer)
        if self._now is None or not self._mended(edited | self._touched):
            self._now = rows_of(self.layer)
            self._stored = self._as_stored(edited) if edited else self._now
        self._touched, self._fresh = edited, True

    def _mended(self, numbers):
        """Read some features again; return whether that was enough."""
        rows, known = self._now
        key = rows.index.name
        if key is None:  # ids were missing or stood twice
            return False
        request = QgsFeatureRequest(list(numbers))
        mended = _replaced((rows, known), rows_of(Part(self.layer, request), key), numbers, self._stored[1])
        if mended is None:
            return False
        self._now = mended
        return True

    def _as_stored(self, edited):
        """Return all rows as they are stored; those that are edited still, as they were before that."""
        found = rows_of(Part(self.layer, QgsFeatureRequest(), stored=True))
        held = edited & self._touched
        key = found[0].index.name
        if self._stored is None or not held or key is None or self._stored[0].index.name != key:
            return found
        rows, known = self._stored
        part = among((rows, known), held), [number for number in known if number in held]
        return _replaced(found, part, held, found[1]) or found


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
