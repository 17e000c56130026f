"""Unsaved edits kept in the profile of the user, and offered again after QGIS stopped without asking."""

from hashlib import sha256
from os import getpid
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLockFile, QObject, QSaveFile, QTimer, pyqtSignal

from ..bridge import BridgeError
from ..i18n import reason
from ..layers import SCENARIO, first, ours
from .pending import pending

__all__ = ["Autosave"]

PAUSE = 2000  # ms after the last edit
FOLDER = "ilo_gis_unsaved"  # in the profile


class Autosave(QObject):
    """Writes what is pending after each edit; `found` offers what another run of QGIS left behind."""

    found = pyqtSignal(object, str)  # the Draft, and why it cannot be recovered; "" where it can
    failed = pyqtSignal(str)

    def __init__(self, session, frames):
        super().__init__()
        self._session, self._place, self._own = session, None, None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.look)
        self._frames = frames
        frames.changed.connect(self._timer.start)

    def remove(self):
        """End well: what is pending was asked about by QGIS."""
        self._frames.changed.disconnect(self._timer.start)
        self._timer.stop()
        self._leave()

    def look(self):
        """Keep what is pending; where another project is open than before, offer what was left of it."""
        place = _place(self._session.address(), first(ours(), SCENARIO))
        if place != self._place:
            self._leave()
            self._place = place
            if place is not None:
                self._own = Draft(place.with_name(f"{place.name}-{getpid()}.json"))
                self._offer()
        if self._own is not None:
            self.keep()

    def keep(self):
        """Write what is pending now; remove the file where nothing is."""
        from ilo_gis.editing import draft_text

        try:
            edit = pending(self._session)
        except BridgeError as error:  # rows without ids, while they are being drawn
            self.failed.emit(str(error))
            return
        if edit.nothing:
            self._own.remove()
        elif not self._own.write(draft_text(edit)):
            self.failed.emit(str(self._own.path))

    def _leave(self):
        if self._own is not None:
            self._own.drop()
        self._own = self._place = None

    def _offer(self):
        for path in sorted(self._place.parent.glob(f"{self._place.name}-*.json")):
            draft = Draft(path)
            if path != self._own.path and draft.take():
                self._judge(draft)

    def _judge(self, draft):
        from ilo_gis.editing import require_fresh
        from ilo_gis.errors import IloGisError

        known = self._session.known()
        try:
            edit = draft.edit()
            if not _fits(known, edit.reversed):  # else it was saved after all
                require_fresh(known, edit)
                self.found.emit(draft, "")
                return
        except IloGisError as error:
            self.found.emit(draft, reason(error))
            return
        draft.drop()

    def recover(self, draft):
        """Apply a draft as one step; it goes once this is kept in turn."""
        if self._session.apply(draft.edit()):
            self.keep()
            draft.drop()


class Draft:
    """A file of unsaved edits, which belongs to one run of QGIS at a time."""

    def __init__(self, path):
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(path.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)  # it is free when the run that took it has ended, not before

    def take(self):
        """Return whether it is nobody else's."""
        return self._lock.isLocked() or self._lock.tryLock(0)

    def drop(self):
        """Remove it for good."""
        self.remove()
        self._lock.unlock()

    def edit(self):
        """Return what it holds."""
        from ilo_gis.editing import edit_of_draft

        return edit_of_draft(self.path.read_text("utf-8"))

    def write(self, text):
        """Write it whole or not at all; return whether it was."""
        file = QSaveFile(str(self.path))
        if not (self.take() and file.open(QSaveFile.OpenModeFlag.WriteOnly)):
            return False
        file.write(text.encode("utf-8"))
        return file.commit()

    def remove(self):
        """Remove the file; it may be written again."""
        self.path.unlink(missing_ok=True)


def _place(address, scenario):
    """Return where the drafts of a project and scenario begin; None where there is no project."""
    if address is None:
        return None
    name = sha256(f"{address}\n{scenario}".encode()).hexdigest()[:16]
    return Path(QgsApplication.qgisSettingsDirPath()) / FOLDER / name


def _fits(known, edit):
    from ilo_gis.editing import require_fresh
    from ilo_gis.errors import IloGisError

    try:
        require_fresh(known, edit)
    except IloGisError:
        return False
    return True
