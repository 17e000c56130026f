"""What is edited, saved with its reason: parents before what refers to them, nobody's changes overwritten."""

from contextlib import nullcontext

from qgis.core import QgsExpression, QgsFeatureRequest, QgsVectorLayerUndoCommandDeleteFeature

from ..bridge import rows_of, some
from ..i18n import tr
from ..layers import SCENARIO, first, ours
from .pending import pending
from .stored import Part, among

__all__ = ["found_conflicts", "save", "take_theirs"]


def found_conflicts(session):
    """Return what others stored meanwhile in rows that are edited: table `differences`, with who and when."""
    from ilo_gis import kept
    from ilo_gis.editing import conflicts

    edit = pending(session)
    stored = {name: _stored_now(session, name, change) for name, change in edit.changes.items()}
    return kept.with_author(conflicts(edit, stored), session.address(), first(ours(), SCENARIO))


def save(session, reason=""):
    """Save all that is edited; return by table why QGIS refused it, which stays as it was: not saved.

    The caller has made sure that there are no conflicts. Rows are taken away last, and first those that
    refer to others.
    """
    from ilo_gis import io
    from ilo_gis.io.ddl import parents_first

    _pasted_over(session)
    layers, address = session.edited(), session.address()
    order = [(name, layers[name]) for name in parents_first(layers)]
    if address is None:
        return _committed(session, order)
    with io.open(address) as store, store.saying(reason) if reason else nullcontext():
        return _committed(session, order)


def take_theirs(session, found):
    """Give up what is edited in rows that others changed; return whether the rest was kept.

    The layers of these rows are read anew: steps on them that were made before cannot be taken back singly.
    """
    from ilo_gis.editing import Edit, RowChange

    edit, layers, changes = pending(session), session.layers(), {}
    for table, rows in found.groupby("table", sort=False):
        change = edit.changes[table]
        lost = [set(side.index[side.index.astype(str).isin(rows["key"])]) for side in _sides(change)]
        kept = [side[~side.index.isin(set().union(*lost))] for side in _sides(change)]
        layers[table].rollBack()
        if any(map(len, kept)):
            changes[table] = RowChange(*kept)
    return not changes or session.apply(Edit("changes.recover", changes))


def _sides(change):
    return change.before, change.after


def _stored_now(session, name, change):
    """Return the rows of a change as they are stored at this moment, and those of others with new ids."""
    import pandas as pd

    layer, key = session.layers()[name], session.key(name)
    rows, numbers = session.stored(layer)
    places = rows.index.get_indexer(change.before.index)
    requests = [QgsFeatureRequest([numbers[k] for k in places])]
    if len(change.come):
        ids = ", ".join(QgsExpression.quotedValue(one) for one in change.come.tolist())
        requests.append(
            QgsFeatureRequest().setFilterExpression(f"{QgsExpression.quotedColumnRef(key)} IN ({ids})")
        )
    parts = [rows_of(Part(layer, request, stored=True), key)[0] for request in requests]
    parts = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(parts) if len(parts) > 1 else parts[0]


def _pasted_over(session):
    """Put rows that were cut and pasted into the features they had: ids that come twice are refused."""
    from ilo_gis.editing import Edit, RowChange

    twice = {}
    for name, layer in session.edited().items():
        gone = among(session.stored(layer), layer.editBuffer().deletedFeatureIds())
        come = among(session.rows(name, layer), layer.editBuffer().addedFeatures())
        if len(again := come[come.index.isin(gone.index)]):
            twice[name] = RowChange(again, again.iloc[:0])
    taken = Edit("changes.recover", twice)
    if twice and session.apply(taken, whole=False) and not session.apply(taken.reversed, whole=False):
        session.layers()[next(iter(twice))].undoStack().undo()


def _committed(session, order):
    """Commit layers, given with their tables; stop at the first that is refused."""
    from ilo_gis.editing import Edit

    changes, gone = pending(session).changes, {name: _brought_back(layer) for name, layer in order}
    refused, taken = {}, {}
    for name, layer in order:
        if refused or not _commit(name, layer, refused):
            for one in gone[name]:
                one.redo()
        elif gone[name]:
            taken[name] = _taken(session, name, changes[name].gone)
    if not taken:
        return refused
    if not session.apply(Edit("changes.take", taken, _ids(taken)), whole=False):
        told = tr("What you took away is still there, as QGIS does not delete it. Delete it again: {}.")
        return refused | {name: told.format(some(one.before.index)) for name, one in taken.items()}
    for name, layer in reversed(order):
        if name in taken and not refused and _commit(name, layer, refused):
            del taken[name]
    if taken:  # a server gives rows that it kept another number: they are taken away anew
        session.layers()[next(iter(taken))].undoStack().undo()
        session.apply(Edit("changes.take", taken, _ids(taken)), whole=False)
    return refused


def _taken(session, name, keys):
    """Return what takes rows away that are stored now with what was edited in them before they went."""
    from ilo_gis.editing import RowChange

    rows, _ = session.rows(name, session.layers()[name])
    return RowChange(rows.loc[keys], rows.iloc[:0])


def _ids(changes):
    return tuple(str(one) for change in changes.values() for one in change.before.index)


def _commit(name, layer, refused):
    """Commit a layer, or note why it is refused."""
    fine = layer.commitChanges(False)
    if not fine:
        refused[name] = "\n".join(layer.commitErrors())
        layer.reload()  # part of it may be saved
    return fine


def _brought_back(layer):
    """Bring back what is taken away of a layer; return what takes it away again."""
    buffer = layer.editBuffer()
    gone = [QgsVectorLayerUndoCommandDeleteFeature(buffer, number) for number in buffer.deletedFeatureIds()]
    for one in gone:
        one.undo()
    return gone
