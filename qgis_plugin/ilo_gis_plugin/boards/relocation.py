"""The relocation board: who is on the seafront, dragged from the list onto the lot where each is to go."""

from qgis.gui import QgsMapMouseEvent
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtWidgets import (
    QHeaderView,
    QLabel,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..i18n import in_language, language, tr
from ..maptools.overlay import amount
from ..work import Work
from .board import Board, scrolled
from .day import Day
from .placing import PlaceOccupant

__all__ = ["RelocationBoard"]

DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.DragLeave, QEvent.Type.Drop)
AREA = 3  # column of numbers


class RelocationBoard(Board):
    """The list with its day, and of the occupant that is chosen what frees and what still blocks its land."""

    name, tool_kind = "relocation", PlaceOccupant

    @staticmethod
    def title():
        """Return what the dock is called."""
        return tr("Relocation board")

    def build(self):
        """Put day, list and account one below the other."""
        canvas = self.iface.mapCanvas()
        self.day, self.list, self._edit, self._table, self._figures = Day(canvas), _List(), None, None, None
        self.hint, self.file = (QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText) for _ in range(2))
        self.file.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.file.setMargin(4)
        parts = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        for part, height in ((self.list, 260), (scrolled(self.file), 220)):
            part.setMinimumHeight(90)
            parts.addWidget(part)
            part.resize(part.width(), height)
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(4, 4, 4, 4)
        for widget in (self.day, self.hint):
            box.addWidget(widget)
        box.addWidget(parts, 1)
        self.setWidget(whole)
        self.work = Work(self.title(), self._show, self._cannot)
        self.day.changed.connect(self.refresh)
        self.list.itemPressed.connect(self._choose)
        self.list.itemActivated.connect(self._choose)

    def wire(self, tool):
        """Follow what the tool shows, and let the map take what is dragged to it."""
        tool.shown.connect(self._preview)
        tool.fitted.connect(self._fitted)
        self.iface.mapCanvas().viewport().installEventFilter(self)

    def stop(self):
        """Stop what is reckoned, and leave nothing on the map."""
        self.work.stop()
        self.day.leave()
        super().stop()

    def refresh(self):
        """Reckon the board anew, of the day that it shows."""
        if "occupants" not in self.session.layers():
            self._cannot("", tr("There are no occupants of the seafront. Open the project that has them."))
            return
        self.day.span()
        day = self.day.value()
        self.work.start(lambda at, progress: _read(at, day), self.session.snapshot)

    # -- the list -----------------------------------------------------------------------------------

    def _cannot(self, summary, why):
        self.list.clear()
        self.file.clear()
        self.hint.setText(f"{summary} {why}".strip())

    def _show(self, found):
        chosen = self.chosen()
        self._table, self._figures = found
        self.list.fill(self._table)
        self.list.choose(chosen)
        if self.tool.occupant:
            self._choose()
        self._tell()

    def chosen(self):
        """Return the id of the occupant that is chosen in the list; empty where none is."""
        return next((item.text(0) for item in self.list.selectedItems()), "")

    def _choose(self, *_):
        """Take the occupant that is chosen in hand, where it may still go somewhere."""
        one = self.chosen()
        if one and not self._table.at[one, "left"]:
            self.take()
            self.tool.begin(one, self.day.value())
        else:
            self.tool.cancel()
        self._tell()

    # -- what is told of it ---------------------------------------------------------------------------

    def _fitted(self, fits):
        """Tell how many lots may receive the occupant in hand; without one, what to do."""
        if fits is None:
            self.hint.setText(
                tr("Choose an occupant, then click a lot; or drag it from the list onto a lot.")
            )
            return
        told = tr("{}: {} of {} lots may receive it (green). Drag it there, or click the lot.")
        if not fits["may"].any():
            told = tr("{}: no lot may receive it. Point at a lot to see why.")
        count, whole = amount(int(fits["may"].sum())), amount(len(fits))
        self.hint.setText(told.format(f"<b>{self.tool.occupant}</b>", count, whole))

    def _preview(self, edit):
        self._edit = edit
        self._tell()

    def _tell(self):
        """Tell what is free of the seafront, and what still blocks the occupant that is chosen."""
        if self._figures is None:
            return
        one = self.chosen()
        figures = self._figures if self._edit is None else self._edit.figures
        parts = [_table(figures, self._edit is not None)]
        if one and one in self._table.index:
            parts.insert(0, _file(self._table.loc[one], one))
        self.file.setText("".join(parts))

    # -- dragged onto the map -----------------------------------------------------------------------

    def eventFilter(self, _viewport, event):
        """Take what is dragged from the list over the map; where it may not go, the pointer tells."""
        if event.type() not in DRAGS or self.tool.occupant is None:
            return False
        if event.type() == QEvent.Type.DragLeave:
            self.tool.forget()
            return True
        if event.source() is not self.list:
            return False
        at = event.position().toPoint() if hasattr(event, "position") else event.pos()
        button = Qt.MouseButton.LeftButton
        moved = QgsMapMouseEvent(self.iface.mapCanvas(), QEvent.Type.MouseMove, at, button, button)
        self.tool.cadCanvasMoveEvent(moved)
        if event.type() == QEvent.Type.Drop:
            self.tool.released(moved)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(self.tool.may() or event.type() == QEvent.Type.DragEnter)
        return True


class _List(QTreeWidget):
    """The occupants, each a row that may be dragged as long as it is on the seafront."""

    def __init__(self):
        super().__init__(rootIsDecorated=False, uniformRowHeights=True)
        self.setHeaderLabels([tr("Occupant"), tr("Kind"), tr("State"), tr("Beach, m²")])
        self.setDragEnabled(True)
        self.setDragDropMode(QTreeWidget.DragDropMode.DragOnly)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def fill(self, table):
        """Show the table of the board; who has left is grey."""
        self.clear()
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for one, row in table.iterrows():
            item = QTreeWidgetItem([one, row["kind_text"], row[in_language("label")], amount(row["area"])])
            item.setTextAlignment(AREA, right)
            for column in range(self.columnCount()):
                item.setToolTip(column, row[in_language("blocked")] or item.text(column))
            if row["left"]:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)
                for column in range(self.columnCount()):
                    item.setForeground(column, self.palette().mid())
            self.addTopLevelItem(item)

    def choose(self, one):
        """Choose an occupant by its id."""
        for item in self.findItems(one, Qt.MatchFlag.MatchExactly) if one else ():
            item.setSelected(True)


def _read(snapshot, day):
    """Return the board of a day, and what of the seafront is free then."""
    from ilo_gis.editing.board import board, coast_figures
    from ilo_gis.relocation import steps
    from ilo_gis.tables.kinds import kinds

    table, order, names = board(snapshot.known, day), list(steps().index), kinds("occupants")
    kind = [getattr(names[one], language()) if one in names else one for one in table["kind"]]
    gone = order[order.index("moved") :]
    figures = coast_figures(snapshot.known, snapshot.known, day)
    return table.assign(kind_text=kind, left=table["step"].isin(gone)), figures


def _file(row, one):
    """Return what is known of an occupant: where it goes, and what still blocks its land."""
    goes = " · ".join(filter(None, (row["receiving_id"], row["lots"].replace(";", ", "))))
    lines = [f"<p><b>{one}</b>: {tr('goes to: {}').format(goes or '–')}</p>"]
    if row["left"]:
        lines.append(f"<p>{tr('It has left the seafront: it has its place.')}</p>")
    if stops := row[in_language("blocked")]:
        told = "".join(f"<li>{stop}</li>" for stop in stops.split("; "))
        lines.append(f"<p>{tr('What still blocks ({}):').format(row['blocks'])}</p><ul>{told}</ul>")
    elif row["free"]:
        lines.append(f"<p>{tr('Nothing blocks it: its land is free.')}</p>")
    return "".join(lines)


def _table(figures, changes):
    """Return figures as a table: now, and with the lot under the pointer."""
    from ilo_gis.tables.units import unit_text

    heads = [tr("Of the seafront"), tr("Now")] + [tr("With this lot")] * changes
    rows = ["".join(f"<th align='left'>{head}</th>" for head in heads)]
    for _, row in figures.iterrows():
        values = [amount(row[when]) for when in ("before", "after")[: 1 + changes]]
        unit = unit_text(row["unit"], language())
        cells = [row[in_language("label")], *(f"{value} {unit}".strip() for value in values)]
        bold = changes and row["before"] != row["after"]
        rows.append(
            "".join(f"<td>{'<b>' if bold else ''}{cell}{'</b>' if bold else ''}</td>" for cell in cells)
        )
    return f"<table cellpadding='2' width='100%'>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
