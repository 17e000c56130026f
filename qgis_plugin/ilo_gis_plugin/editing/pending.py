"""What is not saved yet: the edit buffers of the layers against what is stored, as an edit of the library."""

from qgis.core import QgsFeatureRequest

from ..bridge import to_frame

__all__ = ["discard", "pending"]


def pending(session):
    """Return what saving would change, by table; rows that came back to what they were are left out."""
    from ilo_gis.editing import edit_between

    before, after = {}, {}
    for name, layer in session.layers().items():
        buffer = layer.editBuffer()
        touched = _touched(buffer) if buffer is not None else set()
        if touched:
            key = session.key(name)
            rows, numbers = session.rows(name, layer)
            old = before[name] = to_frame(_Stored(layer, [one for one in touched if one >= 0]), key)
            own = [number in touched for number in numbers]
            after[name] = rows.loc[own, [column for column in rows if column in old]]
    return edit_between("changes.recover", before, after)


def discard(session, table, keys):
    """Take back what is not saved of some rows of a table, as one step; return whether it was done."""
    from ilo_gis.editing import Edit, RowChange

    change, keys = pending(session).reversed.changes[table], list(keys)
    some = RowChange(*(side[side.index.isin(keys)] for side in (change.before, change.after)))
    return session.apply(Edit("changes.discard", {table: some}, tuple(map(str, keys))))


def _touched(buffer):
    """Return the numbers of the features that a buffer changes, adds or takes away."""
    changed = {*buffer.changedGeometries(), *buffer.changedAttributeValues()}
    return changed | {*buffer.deletedFeatureIds()} | {*buffer.addedFeatures()}


class _Stored:
    """Some features as they are stored, as the bridge reads them."""

    def __init__(self, layer, numbers):
        self._provider, self._numbers, self._name = layer.dataProvider(), numbers, layer.name()

    def getFeatures(self):
        """Return the features."""
        return self._provider.getFeatures(QgsFeatureRequest(self._numbers))

    def fields(self):
        """Return the fields."""
        return self._provider.fields()

    def wkbType(self):
        """Return the type of the geometries."""
        return self._provider.wkbType()

    def sourceCrs(self):
        """Return their CRS."""
        return self._provider.crs()

    def sourceName(self):
        """Return what messages call them."""
        return self._name
