"""What a script has at hand inside the real QGIS window; `window.run` starts it there.

A script is plain Python that runs once the window stands still, with these names: `iface`, `folder` (a
fresh one for files), `idle`, `grab`, `click`, `find`, `on_dialog`, `bar` and `tell`.
"""

import faulthandler
import json
import os
import runpy
import time
import traceback
from pathlib import Path

import qgis.utils
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QAbstractButton, QAction, QApplication

PATIENCE = float(os.environ["ILO_GIS_PATIENCE"])  # seconds within which QGIS becomes idle
STEP = 0.02
SIZE = (1600, 1000)
told, log = {}, []
faulthandler.enable()  # a crash names the Python lines of all threads on stderr


def idle(until=None, patience=PATIENCE):
    """Wait until no task runs and the map is drawn, and `until()` is true; what does not come is an error."""
    end, calm = time.monotonic() + patience, 0
    while calm < 5:
        if time.monotonic() > end:
            raise TimeoutError(f"QGIS was not idle within {patience:g} s")
        QApplication.processEvents()
        time.sleep(STEP)
        busy = QgsApplication.taskManager().countActiveTasks() or qgis.utils.iface.mapCanvas().isDrawing()
        calm = 0 if busy or (until is not None and not until()) else calm + 1


def grab(name, widget=None):
    """Save a picture of the screen, menus and dialogs included, or of one widget, as NAME.png."""
    idle()
    picture = QApplication.primaryScreen().grabWindow(0) if widget is None else widget.grab()
    path = folder() / f"{name}.png"
    assert picture.save(str(path)), path
    return path


def find(text, within=None):
    """Return the action or visible button with a text."""
    within = within or qgis.utils.iface.mainWindow()
    known = {plain(action.text()): action for action in within.findChildren(QAction)}
    known |= {plain(b.text()): b for b in within.findChildren(QAbstractButton) if b.isVisible()}
    if text not in known:
        raise LookupError(f"there is no {text!r}; there are {sorted(filter(None, known))}")
    return known[text]


def click(text, within=None):
    """Click an action or button by its text, and wait until what it does is done."""
    found = find(text, within)
    assert found.isEnabled(), f"{text!r} is not enabled"
    found.trigger() if isinstance(found, QAction) else found.click()
    idle()


def on_dialog(act):
    """Call `act(dialog)` once a modal dialog is open: say so before the click that opens it."""

    def look():
        dialog = QApplication.activeModalWidget()
        act(dialog) if dialog is not None else QTimer.singleShot(100, look)

    QTimer.singleShot(100, look)


def bar():
    """Return the texts of the message bar, the newest last."""
    items = qgis.utils.iface.messageBar().items()
    return [": ".join(filter(None, (item.title(), item.text()))) for item in items]


def tell(**facts):
    """Give facts back to the test."""
    told.update(facts)


def folder():
    return Path(os.environ["ILO_GIS_WINDOW"])


def plain(text):
    return text.replace("&", "")


def start(script):
    """Run a script when the window stands, and end QGIS."""
    QTimer.singleShot(0, lambda: _play(script))


def _play(script):
    qgis.utils.iface.mainWindow().setGeometry(0, 0, *SIZE)
    names = {"iface": qgis.utils.iface, "folder": folder(), "idle": idle, "grab": grab, "click": click}
    names |= {"find": find, "on_dialog": on_dialog, "bar": bar, "tell": tell}
    error = None
    try:
        idle()
        runpy.run_path(script, init_globals=names)
    except BaseException:  # noqa: BLE001  (told to the test, which fails by it)
        error = traceback.format_exc()
        QApplication.primaryScreen().grabWindow(0).save(str(folder() / "failed.png"))
    said = json.dumps({"told": told, "log": log, "error": error}, default=str)
    (folder() / "told.json").write_text(said, "utf-8")
    os._exit(0)  # QGIS would ask whether to save


# from the start on, what is logged is kept, and errors of Python go to stderr, not into a dialog that waits
QgsApplication.messageLog().messageReceived.connect(lambda *said: log.append([str(s) for s in said]))
qgis.utils.showException = lambda *error, **_how: traceback.print_exception(*error[:3])
