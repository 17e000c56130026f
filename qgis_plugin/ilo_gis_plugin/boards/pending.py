"""What is not saved yet: by layer and in figures of the plan; saved with its reason, or discarded in part."""

from math import isnan

from qgis.core import QgsCoordinateTransform, QgsGeometry, QgsProject
from qgis.PyQt import QtWidgets
from qgis.PyQt.QtCore import Qt

from ..bridge import BridgeError, qgis_crs
from ..dock.steps import number
from ..dock.summary import fill_row, shown
from ..editing.pending import discard, pending
from ..editing.saving import found_conflicts, save, take_theirs
from ..i18n import in_language, tr
from ..work import Work, tell
from .board import Board

__all__ = ["PendingBoard"]

ROLE = Qt.ItemDataRole.UserRole  # table and key of an item
MOST = 500  # rows of a layer that are listed
SIDES = "before", "after"
AROUND = 1.5  # times the extent of a row that the map shows
WRONG = "#c62828"


class PendingBoard(Board):
    """The dock «Cambios pendientes»."""

    name = "pending"

    @staticmethod
    def title():
        """Return what the dock is called."""
        return tr("Pending changes")

    def build(self):
        """Put the widgets in."""
        self.edit = self.found = None
        self.work = Work(tr("Account of pending changes"), self._show, self._failed)
        self.summary = QtWidgets.QLabel(wordWrap=True)
        self.rows = _list([tr("Layer and row"), tr("Change")])
        self.rows.setSelectionMode(QtWidgets.QTreeWidget.SelectionMode.ExtendedSelection)
        self.rows.currentItemChanged.connect(self._go_to)
        self.figures = QtWidgets.QTableWidget(0, 3)
        self.figures.setEditTriggers(QtWidgets.QTableWidget.EditTrigger.NoEditTriggers)
        self.figures.setHorizontalHeaderLabels([tr("Figure"), tr("Before"), tr("After")])
        self.figures.verticalHeader().hide()
        header = self.figures.horizontalHeader()
        header.setSectionResizeMode(QtWidgets.QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QtWidgets.QHeaderView.ResizeMode.Stretch)
        self.said = QtWidgets.QLabel(wordWrap=True, visible=False)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.conflicts = _list([tr("Row"), tr("Mine"), tr("Theirs")])
        self.conflicts.hide()
        self.reason = QtWidgets.QLineEdit(placeholderText=tr("Reason; no names of persons"))
        self.resolution = QtWidgets.QLineEdit(placeholderText=tr("such as R.A. 123-2026-MPI"))
        self.discard = QtWidgets.QPushButton(tr("Discard selected"), clicked=self.discard_selected)
        self.save = QtWidgets.QPushButton(tr("Save…"), clicked=self.save_all)
        self.view = QtWidgets.QPushButton(tr("See"), clicked=self._see, visible=False)
        self.theirs = QtWidgets.QPushButton(tr("Take theirs"), clicked=self.take_theirs, visible=False)
        self._lay_out()

    def _lay_out(self):
        lists = QtWidgets.QSplitter(Qt.Orientation.Vertical)
        for one in (self.rows, self.figures, self.conflicts):
            one.setMinimumHeight(60)
            lists.addWidget(one)
        lists.setSizes([150, 210, 110])
        whole = QtWidgets.QWidget()
        grid = QtWidgets.QGridLayout(whole)
        grid.setContentsMargins(4, 4, 4, 4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.summary, 0, 0, 1, 2)
        grid.addWidget(lists, 1, 0, 1, 2)
        grid.setRowStretch(1, 1)
        grid.addWidget(self.said, 2, 0, 1, 2)
        grid.addWidget(self.view, 3, 0)
        grid.addWidget(self.theirs, 3, 1)
        grid.addWidget(QtWidgets.QLabel(tr("Reason")), 4, 0)
        grid.addWidget(self.reason, 4, 1)
        grid.addWidget(QtWidgets.QLabel(tr("Resolution")), 5, 0)
        grid.addWidget(self.resolution, 5, 1)
        buttons = QtWidgets.QHBoxLayout()
        buttons.addWidget(self.discard)
        buttons.addWidget(self.save)
        grid.addLayout(buttons, 6, 0, 1, 2)
        self.setWidget(whole)

    def take(self):
        """Take nothing in hand: this board has no tool of the map."""

    def stop(self):
        """Stop what is reckoned."""
        self.work.stop()

    def refresh(self):
        """Reckon anew what is pending, in the background."""
        self.work.start(_told, lambda: pending(self.session), self.session.snapshot)

    # -- what is shown ------------------------------------------------------------------------------

    def _show(self, told):
        from ilo_gis.editing import rows_changed

        self.edit, account = told
        counts, layers = rows_changed(self.edit), self.session.layers()
        self.rows.clear()
        for table in counts.sum(axis=1).sort_values(ascending=False, kind="stable").index:
            change = self.edit.changes[table]
            top = _item(self.rows, [layers[table].name(), _counted(counts.loc[table])], (table, None))
            words = {"come": tr("new"), "changed": tr("changes"), "gone": tr("goes")}
            for name, word in words.items():
                for key in getattr(change, name)[:MOST]:
                    _item(top, [str(key), word], (table, key))
        if len(counts) == 1:
            self.rows.expandAll()
        total = int(counts.to_numpy().sum())
        told = tr("Not saved: {} rows in {} layers").format(number(total), len(counts))
        self.summary.setText(f"<b>{told}</b>" if total else tr("Nothing is pending: all is saved."))
        for one in (self.discard, self.save):
            one.setEnabled(total > 0)
        rows = [(row, [_value(row[side], row["unit"]) for side in SIDES]) for _, row in account.iterrows()]
        rows.sort(key=lambda one: not _differs(*one))  # what changes stands first
        self.figures.setRowCount(len(rows))
        for i, (row, values) in enumerate(rows):
            fill_row(self.figures, i, row, values)
            self.figures.item(i, 0).setToolTip(
                "\n".join(filter(None, [row[in_language("label")], row["source"]]))
            )
            self._mark(i, _differs(row, values))
        self.figures.resizeRowsToContents()
        if not total:
            self._show_conflicts(None)

    def _mark(self, i, differs):
        font = self.figures.item(i, 2).font()
        font.setBold(differs)
        self.figures.item(i, 2).setFont(font)

    def _show_conflicts(self, found):
        """Show what others stored in rows that are edited, or nothing."""
        self.found = found if found is not None and len(found) else None
        for one in (self.conflicts, self.view, self.theirs):
            one.setVisible(self.found is not None)
        self.figures.setVisible(self.found is None)  # there is little room
        self.conflicts.clear()
        if self.found is None:
            return
        layers = self.session.layers()
        for (table, key), rows in self.found.groupby(["table", "key"], sort=False):
            who, at = rows["who"].iloc[0], rows["at"].iloc[0]
            told = tr("{} · saved by {}, {}").format(key, _or_unknown(who), _local(at))
            top = _item(self.conflicts, [f"{layers[table].name()} {told}"], (table, key))
            top.setFirstColumnSpanned(True)
            for row in rows.itertuples():
                _item(top, _sides(row, layers[table]), (table, key))
        self.conflicts.expandAll()
        told = tr(
            "Others saved these rows meanwhile: nothing was saved. «Take theirs» gives up your changes in "
            "all rows of this list; your other changes stay pending."
        )
        self._say(told)

    def _say(self, text):
        self.said.setText(f'<span style="color:{WRONG}">{text}</span>' if text else "")
        self.said.setVisible(bool(text))

    def _failed(self, summary, details):
        self._say(f"{summary} {details}")

    # -- what is done -------------------------------------------------------------------------------

    def _go_to(self, item, *_):
        """Zoom to a row and let it flash."""
        if item is None or self.edit is None:
            return
        table, key = item.data(0, ROLE)
        layer, change = self.session.layers().get(table), self.edit.changes.get(table)
        if key is None or layer is None or change is None or not hasattr(change.before, "geom_type"):
            return
        sides = [side for side in (change.after, change.before) if (side.index.astype(str) == str(key)).any()]
        found = sides[0].geometry[sides[0].index.astype(str) == str(key)].iloc[0] if sides else None
        if found is None:
            return
        shape, canvas, crs = QgsGeometry(), self.iface.mapCanvas(), qgis_crs(change.before.crs)
        shape.fromWkb(found.wkb)
        there = QgsCoordinateTransform(crs, canvas.mapSettings().destinationCrs(), QgsProject.instance())
        extent = there.transformBoundingBox(shape.boundingBox())
        extent.grow(AROUND * max(extent.width(), extent.height(), 10.0))
        canvas.setExtent(extent)
        canvas.refresh()
        canvas.flashGeometries([shape], crs)

    def _see(self):
        self._go_to(self.conflicts.currentItem() or self.conflicts.topLevelItem(0))

    def discard_selected(self):
        """Take back what is selected, rows or whole layers, as one step."""
        keys = {}
        for item in self.rows.selectedItems():
            table, key = item.data(0, ROLE)
            change = self.edit.changes[table]
            every = change.before.index.union(change.after.index)
            keys.setdefault(table, set()).update(every if key is None else [key])
        if keys and self._tried(discard, self.session, keys):
            self._say("")

    def save_all(self):
        """Save all that is pending with its reason, unless others saved the same rows meanwhile."""
        from ilo_gis.editing import reason_of

        words = [self.reason.text(), self.resolution.text()]
        if not any(map(str.strip, words)) and self.session.address() is not None:
            self._say(tr("Write the reason, or the number of the resolution."))
            self.reason.setFocus()
            return
        reason = reason_of(*words) if any(map(str.strip, words)) else ""
        found = self._tried(found_conflicts, self.session)
        if found is None:
            return
        self._say("")
        self._show_conflicts(found)
        if self.found is None:
            self._saved(self.session.edited(), self._tried(save, self.session, reason))

    def _saved(self, asked, refused):
        """Tell what came of saving layers; of a refusal what is saved all the same, and what is not."""
        if refused is None:
            return
        if refused:
            left, layers = self.session.edited(), self.session.layers()
            done = [layer.name() for name, layer in asked.items() if name not in left]
            lines = [f"{layers[table].name()}: {why}" for table, why in refused.items()]
            lines += [
                tr("Saved: {}.").format(", ".join(done) or tr("nothing")),
                tr("Not saved, still pending: {}.").format(", ".join(one.name() for one in left.values())),
            ]
            self._say(tr("QGIS did not save all; what is left stays pending.") + "<br>" + "<br>".join(lines))
            return
        self._say("")
        self.reason.clear()
        self.resolution.clear()
        tell(self.iface.messageBar(), tr("Saved: all pending changes."))

    def take_theirs(self):
        """Give up what is edited in the rows that others saved."""
        if self._tried(take_theirs, self.session, self.found):
            self._show_conflicts(None)
            self._say("")

    def _tried(self, what, *given):
        """Return what comes of it; None where it was refused, which is told."""
        from ilo_gis.errors import IloGisError

        try:
            return what(*given)
        except (BridgeError, IloGisError, ImportError) as error:
            self._say(f"{tr('That was not done; nothing was changed.')} {error}")
            return None


def _told(edit, snapshot, progress):
    from ilo_gis.editing import account

    return edit, account(edit, snapshot.known, snapshot.brief)


def _list(titles):
    found = QtWidgets.QTreeWidget()
    found.setHeaderLabels(titles)
    found.header().setSectionResizeMode(QtWidgets.QHeaderView.ResizeMode.ResizeToContents)
    return found


def _item(parent, texts, data):
    item = QtWidgets.QTreeWidgetItem(parent, texts)
    item.setData(0, ROLE, data)
    return item


def _counted(counts):
    words = {"come": tr("{} new"), "changed": tr("{} change"), "gone": tr("{} go")}
    return " · ".join(text.format(number(counts[name])) for name, text in words.items() if counts[name])


def _differs(row, values):
    """Tell whether a figure changes: one that reads alike does not, whatever its last bits are."""
    return values[0] != values[1] and not isnan(row["after"])


def _value(value, unit):
    return shown(value, unit) if unit else number(value)


def _sides(row, layer):
    """Return what differs in a row, as it is here and as others stored it."""
    if row.kind != "changed":
        sides = [tr("is there"), tr("is gone")]
        return [tr("The row"), *(sides if row.kind == "only_first" else sides[::-1])]
    at = layer.fields().indexOf(row.column)
    name = layer.attributeDisplayName(at) if at >= 0 else tr("Shape: area or length")
    measured = at < 0 or layer.fields()[at].isNumeric()
    values = [value if isinstance(value, str) else "–" for value in (row.first, row.second)]
    return [name, *(number(float(one), 2) if measured and one != "–" else one for one in values)]


def _or_unknown(who):
    return who if isinstance(who, str) else tr("another program")


def _local(at):
    """Return a time of the history as the clock on the wall."""
    import pandas as pd

    return (
        "–" if pd.isna(at) else at.tz_localize("UTC").to_pydatetime().astimezone().strftime("%d/%m/%Y %H:%M")
    )
