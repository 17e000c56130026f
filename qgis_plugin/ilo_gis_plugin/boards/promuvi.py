"""The desk of PROMUVI: the file of a lot that is clicked, and its next step, or that of its whole block."""

from dataclasses import dataclass

from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..dock.steps import number
from ..dock.summary import BAD, GOOD
from ..i18n import in_language, language, tr
from ..maptools.gesture import Gesture, State
from ..maptools.overlay import figure_lines
from ..work import Work, tell
from .board import Board, scrolled
from .day import date_field

__all__ = ["OpenLot", "PromuviDesk"]

CENTS = 100
PROGRESS = "lot_progress"  # table whose theme has the lots by stage
LOT, BLOCK = range(2)  # pages
LOW = 130  # pixels that the list of services has at the least


class OpenLot(Gesture):
    """Click a lot to open its file in the desk."""

    name = "open_lot"
    picked = pyqtSignal(str)

    @staticmethod
    def title():
        """Return what the list of work says."""
        return tr("File of a lot")

    def states(self):
        """Return the states by name."""
        return {"start": State(tr("Click a lot to see its file."), Qt.CursorShape.PointingHandCursor)}

    def released(self, event):
        """Open the file of the lot under the pointer."""
        if found := self.pick(event, "lots"):
            lot, shape = found
            self.overlay.choose([shape], self.crs_of("lots"))
            self.picked.emit(lot)


class PromuviDesk(Board):
    """Ids alone are told of households; what is recorded is one step, which QGIS takes back."""

    name, tool_kind = "promuvi", OpenLot

    @staticmethod
    def title():
        """Return what the dock is called."""
        return tr("PROMUVI desk")

    def build(self):
        """Put the file and the block on two pages, and below them what the next step needs."""
        self.lot, self.file, self.fits = "", None, None
        self.day, self.evidence, self.household, self.step = date_field(), QLineEdit(), QLineEdit(), QLabel()
        self.step.setWordWrap(True)
        self.household.setPlaceholderText(tr("id of the household, no name"))
        self.advance = QPushButton(tr("Advance"), clicked=self._advance)
        self.pages = QTabWidget()
        self.pages.addTab(self._lot_page(), tr("Lot"))
        self.pages.addTab(self._block_page(), tr("Block"))
        self.pages.currentChanged.connect(self.refresh)
        self.form = form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        for text, field in (
            (tr("Next step"), self.step),
            (tr("Day"), self.day),
            (tr("Evidence"), self.evidence),
            (tr("Household"), self.household),
        ):
            form.addRow(text, field)
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(4, 4, 4, 4)
        buttons = QHBoxLayout()
        buttons.addWidget(QPushButton(tr("Click a lot"), clicked=self.take))
        buttons.addWidget(QPushButton(tr("Colours by stage"), clicked=self.show_stages))
        box.addLayout(buttons)
        box.addWidget(self.pages, 1)
        box.addLayout(form)
        box.addWidget(self.advance)
        self.setWidget(whole)
        self.work = Work(self.title(), self._show, self._cannot)
        self.step_work = Work(tr("Advance"), self._apply, self._refuse)
        self.day.dateChanged.connect(self.refresh)
        self.evidence.textChanged.connect(self._able)
        self._able()

    def _lot_page(self):
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(4, 4, 4, 4)
        self.heading = QLabel(tr("Click a lot to see its file."), wordWrap=True)
        self.missing = QLabel(wordWrap=True)
        self.services = _services([tr("Service"), tr("State"), tr("Asked for")])
        for widget in (self.heading, self.missing, self.services):
            box.addWidget(widget)
        return scrolled(page)

    def _block_page(self):
        self.block = QLabel(tr("Click a lot of the block."), wordWrap=True)
        self.block.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.block.setMargin(4)
        return scrolled(self.block)

    def wire(self, tool):
        """Open the file of the lot that the tool finds."""
        tool.picked.connect(self.open)

    def stop(self):
        """Stop what is reckoned, and leave nothing on the map."""
        self.work.stop()
        self.step_work.stop()
        super().stop()

    # -- what is looked at --------------------------------------------------------------------------

    def open(self, lot):
        """Open the file of a lot."""
        self.lot = lot
        self.evidence.clear()
        self.household.clear()
        self.refresh()

    def refresh(self, *_):
        """Read the file anew, and whether the lots of its block may take the step, where they are shown."""
        self.advance.setEnabled(False)
        if self.lot and "lots" in self.session.layers():
            asked = self.lot, self.day.date().toPyDate(), self.evidence.text(), self._whole()
            self.work.start(lambda at, progress: _read(at, *asked), self.session.snapshot)

    def show_stages(self):
        """Show the lots by the colours of their stages."""
        from ilo_gis.plotting.layer_tree import themes

        name = next(name for name, shown in themes(language()).items() if PROGRESS in shown)
        project = QgsProject.instance()
        if PROGRESS not in self.session.layers() or not project.mapThemeCollection().hasMapTheme(name):
            told = tr("The project has no lots by stage. Make them with the algorithm «Lot progress».")
            tell(self.iface.messageBar(), told)
            return
        model = self.iface.layerTreeView().layerTreeModel()
        project.mapThemeCollection().applyTheme(name, project.layerTreeRoot(), model)

    def _cannot(self, summary, why):
        self.file = self.fits = None
        self.heading.setText(f"{summary} {why}".strip())
        self._able()

    def _show(self, found):
        self.file, self.fits = file, fits = found
        if fits is None:
            self.heading.setText(_heading(file))
            self.missing.setText(_missing(file))
            _fill_services(self.services, file.services)
        else:
            self.block.setText(_block(file, fits))
        self.step.setText(file.step)
        self.evidence.setPlaceholderText(file.paper)
        free = not file.household and bool(file.next_step) and fits is None
        for widget in (self.household, self.form.labelForField(self.household)):
            widget.setVisible(free)
        self._able()

    # -- the next step --------------------------------------------------------------------------------

    def _whole(self):
        return self.pages.currentIndex() == BLOCK

    def _lots(self):
        """Return the lots that would take the step."""
        if self.file is None or not self.file.next_step:
            return []
        if self._whole():
            return [] if self.fits is None else list(self.fits.index[self.fits["may"]])
        return [] if len(self.file.missing) else [self.file.lot]

    def _able(self, *_):
        """Say what the button does, and let it be pressed where it may and its paper is told."""
        lots, paper = self._lots(), self.evidence.text().strip()
        text = (
            tr("Advance {} lots").format(len(lots))
            if self._whole()
            else tr("Advance lot {}").format(self.lot)
        )
        self.advance.setText(text if lots else tr("Advance"))
        told = tr("Tell the paper: number of the record or resolution, no names.")
        self.advance.setToolTip("" if paper or not lots else told)
        self.advance.setEnabled(bool(lots and paper))

    def _advance(self):
        """Record the step of the lot, or of all lots of the block that may take it."""
        from ilo_gis.editing import advance_lots

        lots, step, paper = self._lots(), self.file.next_step, self.evidence.text()
        day, household = self.day.date().toPyDate(), self.household.text().strip() or None
        self.advance.setEnabled(False)
        self.step_work.start(
            lambda at, progress: advance_lots(at.known, lots, step, day, paper, household=household),
            self.session.snapshot,
        )

    def _apply(self, edit):
        if self.session.apply(edit):
            told = "; ".join(figure_lines(edit.figures))
            tell(self.iface.messageBar(), tr("{}. {}").format(edit.title(language()), told))

    def _refuse(self, summary, why):
        self._able()
        tell(self.iface.messageBar(), summary, why, Qgis.MessageLevel.Warning)


@dataclass(frozen=True)
class _File:
    """What the desk shows of a lot, in the language of QGIS."""

    lot: str
    block: str
    household: str
    stage: str
    since: str
    fees: str
    next_step: str
    step: str
    paper: str
    services: list  # name, state, asked for, whether it is done
    missing: list


def _read(snapshot, lot, day, paper, whole):
    """Return the file of a lot; with the whole block, also which of its lots may take the lot's next step."""
    from ilo_gis.editing import lot_file, may_advance
    from ilo_gis.plotting.promuvi_styles import SERVICE_STATES
    from ilo_gis.promuvi import stage_rules
    from ilo_gis.promuvi.progress import legal_lots

    file, rules, lang = lot_file(snapshot.known, lot, day), stage_rules(), language()
    lots = legal_lots(snapshot.known["lots"])
    block = lots.at[lot, "block_id"]
    step = rules.events.loc[file.next_step] if file.next_step else None
    asked = file.services["stage"].map(rules.stages[lang]).fillna("").str.capitalize()
    names = zip(file.services[in_language("label")], file.services["state"], asked, strict=True)
    fees = file.fees[file.fees["household_id"] == file.household_id]
    told = _File(
        lot=lot,
        block=str(block),
        household=file.household_id,
        stage=getattr(file, in_language("label")),
        since="" if file.since != file.since else f"{file.since:%d/%m/%Y}",
        fees=_fees(fees) if len(fees) else tr("none charged"),
        next_step=file.next_step,
        step="–" if step is None else step[lang],
        paper="" if step is None else step[f"evidence_{lang}"],
        services=[
            (name, getattr(SERVICE_STATES[is_so], lang), to, is_so == "done") for name, is_so, to in names
        ],
        missing=file.missing[lang].tolist(),
    )
    if not whole or step is None:
        return told, None
    ids = lots.index[lots["block_id"] == block]
    return told, may_advance(snapshot.known, ids, file.next_step, day, paper)


def _fees(accounts):
    """Return what was charged, paid and is due, US$."""
    sums = (accounts[["charged", "paid", "due"]].sum() / CENTS).map(lambda usd: number(usd, 2))
    return tr("charged US$ {}, paid US$ {}, due US$ {}").format(*sums)


def _heading(file):
    """Return the lot, who holds it, its stage and its fees."""
    since = tr("since {}").format(file.since) if file.since else ""
    rows = (
        (tr("Lot"), f"<b>{file.lot}</b> ({tr('block {}').format(file.block)})"),
        (tr("Household"), file.household or tr("none")),
        (tr("Stage"), f"<b>{file.stage}</b> {since}"),
        (tr("Fees"), file.fees),
    )
    cells = "".join(f"<tr><td>{name}:&nbsp;</td><td>{said}</td></tr>" for name, said in rows)
    return f"<table>{cells}</table>"


def _missing(file):
    """Return what the next stage waits for."""
    if not file.next_step:
        return tr("This is the last stage.")
    if not file.missing:
        return tr("Nothing keeps it from the next step: {}.").format(file.step.lower())
    told = "".join(f"<li>{one}</li>" for one in file.missing)
    return f"{tr('Why not yet «{}»:').format(file.step)}<ul>{told}</ul>"


def _services(heads):
    """Return an empty list of services."""
    found = QTreeWidget(rootIsDecorated=False)
    found.setHeaderLabels(heads)
    found.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
    found.setMinimumHeight(LOW)
    header = found.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return found


def _fill_services(tree, services):
    tree.clear()
    for name, state, asked, done in services:
        item = QTreeWidgetItem([name, state, asked])
        item.setToolTip(0, name)
        item.setForeground(1, GOOD if done else BAD)
        tree.addTopLevelItem(item)


def _block(file, fits):
    """Return which lots of a block may take the step, and of the others why not."""
    may = fits["may"]
    heading = tr("Block {}: {} of {} lots may take the step.").format(file.block, int(may.sum()), len(fits))
    reasons = fits.loc[~may, in_language("reason")].items()
    rows = "".join(f"<tr><td><b>{lot}</b>&nbsp;</td><td>{why}</td></tr>" for lot, why in reasons)
    lots = ", ".join(fits.index[may]) or tr("none")
    return (
        f"<p>{heading}</p><p><b style='color:{GOOD.name()}'>{tr('May:')}</b> {lots}</p>"
        f"<p><b style='color:{BAD.name()}'>{tr('May not:')}</b></p><table cellpadding='1'>{rows}</table>"
    )
