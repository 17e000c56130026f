"""Rows that change, written to the edit buffer of a layer: what differs, and nothing else."""

from dataclasses import dataclass

from qgis.core import QgsVectorLayerUtils

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

    def write(self):
        """Write it to the edit buffer; the layer is in edit mode."""
        layer = self.layer
        fine = not self.gone or layer.deleteFeatures(self.gone)
        fine &= all(layer.changeGeometry(*pair, True) for pair in self.shapes.items())
        fine &= all(layer.changeAttributeValues(at, *both, True) for at, both in self.values.items())
        new = [QgsVectorLayerUtils.QgsFeatureData(*one) for one in self.come]
        made = QgsVectorLayerUtils.createFeatures(layer, new, layer.createExpressionContext()) if new else []
        if not (fine and (not made or layer.addFeatures(made))):
            raise BridgeError(tr("QGIS did not take the changes of «{}».").format(layer.name()))


def planned(layer, change, rows, features):
    """Return what a change of rows comes to in a layer; what does not go into it is refused.

    `rows` are those of the layer by the key of the table, `features` the numbers of their features.
    """
    places = rows.index.get_indexer(change.before.index)
    numbers = {key: features[place] for key, place in zip(change.before.index, places, strict=True)}
    fields, kind = layer.fields(), layer.wkbType()
    before = features_of(change.before, fields, kind)
    after = features_of(change.after, fields, kind)
    own = [fields.indexOf(name) for name in _names(change.after, layer)]
    old = dict(zip(change.before.index, before, strict=True))
    new = dict(zip(change.after.index, after, strict=True))
    shapes, values = {}, {}
    for key in change.changed:
        was, is_now, number = old[key], new[key], numbers[key]
        if was.geometry().asWkb() != is_now.geometry().asWkb():
            shapes[number] = is_now.geometry()
        if differ := [k for k in own if was[k] != is_now[k]]:
            values[number] = ({k: is_now[k] for k in differ}, {k: was[k] for k in differ})
    fixed = _scenario(layer)
    come = [(new[key].geometry(), {k: new[key][k] for k in own} | fixed) for key in change.come]
    return Writing(layer, [numbers[key] for key in change.gone], shapes, values, come)


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
