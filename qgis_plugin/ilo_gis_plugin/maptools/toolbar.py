"""The toolbar of interactive editing: a button for each gesture, and what is told while they work."""

from functools import partial
from pathlib import Path

from qgis.core import Qgis
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QPushButton

from .. import library
from ..editing.autosave import Autosave
from ..editing.session import Session
from ..i18n import tr
from ..work import tell
from .divide_block import DivideBlock
from .draw_street import DrawStreet
from .fields import Hint
from .merge_lots import MergeLots
from .move_street import MoveStreet
from .reserves import Reserves
from .slide_side import SlideSide
from .split_lot import SplitLot
from .swap_lots import SwapLots
from .zone_edge import ZoneEdge
from .zone_paint import ZonePaint

__all__ = ["TOOLS", "EditingToolbar"]

TOOLS = [DrawStreet, MoveStreet, DivideBlock, MergeLots, SplitLot, SlideSide, SwapLots]
TOOLS += [Reserves, ZonePaint, ZoneEdge]
ICONS = Path(__file__).parent / "icons"


class EditingToolbar:
    """Buttons of the gestures and their session; `remove` takes them away with their tools."""

    def __init__(self, iface, frames):
        self._iface, self._tools, self._offered = iface, {}, []
        self._on_map = Hint(iface.mapCanvas())
        self.session = Session(frames)
        self.autosave = Autosave(self.session, frames)
        self.autosave.found.connect(self._offer)
        self.autosave.failed.connect(self._not_kept)
        self._bar = iface.addToolBar(tr("Ilo GIS – Editing"))
        self._bar.setObjectName("IloGisEditing")
        self.session.told.connect(self._say)
        self.session.refused.connect(self._warn)
        self.actions = {kind.name: self._action(kind) for kind in TOOLS}
        self._bar.addActions(list(self.actions.values()))

    def remove(self):
        """Take all away; the map gets back the tool it had where one of ours is in use."""
        canvas = self._iface.mapCanvas()
        for tool in self._tools.values():
            canvas.unsetMapTool(tool)
            tool.remove()
            tool.deleteLater()
        for one in (*self.actions.values(), self._bar, self._on_map):
            one.deleteLater()
        self.autosave.remove()
        self.session.remove()

    def _action(self, kind):
        action = QAction(QIcon(str(ICONS / f"{kind.name}.svg")), kind.title(), self._iface.mainWindow())
        action.setObjectName(f"IloGis_{kind.name}")
        action.setCheckable(True)
        action.setEnabled(not library.problems())
        action.triggered.connect(lambda: self.take(kind))
        return action

    def take(self, kind):
        """Take a tool in hand."""
        self._iface.mapCanvas().setMapTool(self.tool(kind))

    def tool(self, kind):
        """Return a tool, made when it is first asked for."""
        if kind.name not in self._tools:
            tool = kind(self._iface.mapCanvas(), self._iface.cadDockWidget(), self.session)
            tool.hinted.connect(self._hint)
            tool.told.connect(self._tell)
            if kind.name in self.actions:
                tool.setAction(self.actions[kind.name])
            self._tools[kind.name] = tool
        return self._tools[kind.name]

    def add(self, action):
        """Add the button of a dock, behind those of the tools."""
        self._bar.addAction(action)

    def _hint(self, text):
        self._iface.statusBarIface().showMessage(text)
        self._on_map.say(text)

    def _say(self, text):
        tell(self._iface.messageBar(), text)

    def _tell(self, summary, details, level):
        tell(self._iface.messageBar(), summary, details, Qgis.MessageLevel(level))

    def _warn(self, summary, details):
        tell(self._iface.messageBar(), summary, details, Qgis.MessageLevel.Warning)

    def _not_kept(self, why):
        tell(self._iface.messageBar(), tr("Unsaved edits could not be kept aside."), why)

    def _offer(self, draft, why):
        """Offer edits that another run of QGIS left behind; those that do not fit any more are told."""
        bar = self._iface.messageBar()
        said = tr("There are edits that were not saved when QGIS stopped.")
        if why:
            said = tr("Edits that were not saved when QGIS stopped do not fit any more: {}").format(why)
        item = bar.createMessage(library.TAB, said)
        answers = {tr("Discard"): draft.drop}
        if not why:
            answers = {tr("Recover"): partial(self.autosave.recover, draft)} | answers
        for text, answer in answers.items():
            button = QPushButton(text, item)
            slot = partial(self._answered, item, answer)
            button.clicked.connect(slot)
            item.layout().addWidget(button)
            self._offered.append((button, slot))  # else Python takes apart what QGIS still shows
        bar.pushWidget(item, Qgis.MessageLevel.Warning)

    def _answered(self, item, answer, *_):
        """Do what a button says once it is done with being clicked: it goes."""
        QTimer.singleShot(0, lambda: (self._iface.messageBar().popWidget(item), answer()))
