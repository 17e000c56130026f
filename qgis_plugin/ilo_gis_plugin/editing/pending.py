"""What is not saved yet: rows that are edited against what they were stored as, as an edit of the library."""

from .stored import among, touched

__all__ = ["discard", "pending", "some_of"]


def pending(session):
    """Return what saving would change, by table; rows that came back to what they were are left out."""
    from ilo_gis.editing import edit_between

    before, after = {}, {}
    for name, layer in session.edited().items():
        numbers = touched(layer)
        old, new = (among(rows, numbers) for rows in (session.stored(layer), session.rows(name, layer)))
        before[name], after[name] = old, new[[column for column in new if column in old]]
    return edit_between("changes.recover", before, after)


def discard(session, keys):
    """Take back what is not saved of some rows, given by table, as one step; return whether it was done."""
    some = some_of(pending(session).reversed, keys, "changes.discard")
    return some.nothing or session.apply(some)


def some_of(edit, keys, kind):
    """Return the part of an edit that concerns some rows, given by table."""
    from ilo_gis.editing import Edit, RowChange

    changes = {}
    for table, wanted in keys.items():
        change = edit.changes[table]
        sides = [side[side.index.isin(wanted)] for side in (change.before, change.after)]
        if any(map(len, sides)):
            changes[table] = RowChange(*sides)
    return Edit(kind, changes, tuple(str(one) for wanted in keys.values() for one in wanted))
