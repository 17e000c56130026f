"""Rows that change, written to the edit buffer of a layer: what differs, and nothing else."""

from dataclasses import dataclass

from qgis.core import QgsFeatureRequest, QgsVectorLayerUndoCommandDeleteFeature, QgsVectorLayerUtils
from qgis.PyQt.QtWidgets import QUndoCommand

from ..bridge import BridgeError, features_of
from ..i18n import tr
from ..layers import SCENARIO

__all__ = ["Writing", "planned"]


@dataclass
class Writing:
    """What is to be written to one layer, all in terms of QGIS."""

    layer: object
    gone: list  # numbers of features
    shapes: dict  # by the number of the feature
    values: dict  # new and old values by the number of the field, by the number of the feature
    come: list  # geometries and values
    back: list  # numbers of features that are taken away, and come back

    def write(self):
        """Write it to the edit buffer; the layer is in edit mode."""
        layer = self.layer
        for number in self.back:
            layer.undoStack().push(_Restored(layer, number))
        fine = not self.gone or layer.deleteFeatures(self.gone)
        fine &= all(layer.changeGeometry(*pair, True) for pair in self.shapes.items())
        fine &= all(layer.changeAttributeValues(at, *both, True) for at, both in self.values.items())
        new = [QgsVectorLayerUtils.QgsFeatureData(*one) for one in self.come]
        made = QgsVectorLayerUtils.createFeatures(layer, new, layer.createExpressionContext()) if new else []
        if not (fine and (not made or layer.addFeatures(made))):
            raise BridgeError(tr("QGIS did not take the changes of «{}».").format(layer.name()))


_RESTORED = []  # kept by C++ alone they would lose what is written in Python


class _Restored(QUndoCommand):
    """A feature that is stored and was taken away is there again, and no new one."""

    def __init__(self, layer, number):
        super().__init__()
        _RESTORED.append(self)
        self._gone = QgsVectorLayerUndoCommandDeleteFeature(layer.editBuffer(), number)

    def redo(self):
        """Bring it back."""
        self._gone.undo()

    def undo(self):
        """Take it away."""
        self._gone.redo()


def planned(layer, change, now, stored):
    """Return what a change of rows comes to in a layer; what does not go into it is refused.

    `now` and `stored` are the rows of the layer, by the key of the table, and the numbers of their features.
    """
    back = _taken_away(layer, change.come, *stored)
    rows, features = now
    places = rows.index.get_indexer(change.before.index)
    numbers = {key: features[place] for key, place in zip(change.before.index, places, strict=True)} | back
    fields, kind = layer.fields(), layer.wkbType()
    old, new = (
        {
            key: one
            for rows in part
            for key, one in zip(rows.index, features_of(rows, fields, kind), strict=True)
        }
        for part in ([change.before, stored[0].loc[list(back)]], [change.after])
    )
    own = [fields.indexOf(name) for name in _names(change.after, layer)]
    shapes, values = {}, {}
    for key in [*change.changed, *back]:
        was, is_now, number = old[key], new[key], numbers[key]
        if was.geometry().asWkb() != is_now.geometry().asWkb():
            shapes[number] = is_now.geometry()
        if differ := [k for k in own if was[k] != is_now[k]]:
            values[number] = ({k: is_now[k] for k in differ}, {k: was[k] for k in differ})
    _tell_versions(layer, {*shapes, *values}, values)
    fixed = _scenario(layer)
    new_keys = [key for key in change.come if key not in back]
    come = [(new[key].geometry(), {k: new[key][k] for k in own} | fixed) for key in new_keys]
    return Writing(layer, [numbers[key] for key in change.gone], shapes, values, come, list(back.values()))


def _taken_away(layer, keys, rows, numbers):
    """Return by key the features of rows that are stored, and taken away in the edit buffer."""
    buffer = layer.editBuffer()
    gone = {*buffer.deletedFeatureIds()} if buffer is not None else set()
    places = zip(keys, rows.index.get_indexer(keys), strict=True) if gone else ()
    return {key: numbers[k] for key, k in places if k >= 0 and numbers[k] in gone}


def _tell_versions(layer, numbers, values):
    """Add to new and old values the version that was read: a server refuses what another changed since."""
    at = layer.fields().indexOf("row_version")
    if layer.providerType() != "postgres" or at < 0:
        return
    request = QgsFeatureRequest(list(numbers)).setFlags(QgsFeatureRequest.Flag.NoGeometry)
    for feature in layer.getFeatures(request.setSubsetOfAttributes([at])):
        if isinstance(version := feature[at], int):
            new, old = values.get(feature.id(), ({}, {}))
            values[feature.id()] = new | {at: -abs(version)}, old | {at: version}


def _names(table, layer):
    """Return the columns of a table; values that the layer has no field for are refused."""
    shape = table.geometry.name if hasattr(table, "geom_type") else None
    told = [name for name in table.columns if name != shape and table[name].notna().any()]
    fields = layer.fields()
    if missing := [name for name in told if fields.indexOf(name) < 0]:
        refused = tr("«{}» has no field {}. Make the layer again with the present version of Ilo GIS.")
        raise BridgeError(refused.format(layer.name(), ", ".join(missing)))
    return [name for name in [table.index.name, *table.columns] if fields.indexOf(name) >= 0]


def _scenario(layer):
    """Return the value of the field that tells the scenario, for rows that come."""
    at, scenario = layer.fields().indexOf("scenario"), layer.customProperty(SCENARIO)
    return {at: scenario} if at >= 0 and scenario else {}
