"""A sheet: a template of QGIS with its map, legend and tables filled in."""

import re
from pathlib import Path

from qgis import core
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

from ..i18n import language
from .sources import text_format

__all__ = ["PAPERS", "Page"]

HERE = Path(__file__).parent
PAPERS = {"A1": (841, 594, 11, 0), "A3": (420, 297, 7.5, 0), "A4": (297, 210, 6.8, 24)}  # see `_template`
GAP, EDGE, LINE = 3.0, 10.0, 0.1  # mm: between parts, around pages, lines of tables
MESH = 100.0  # mm, at most, between lines of the grid


def _template(wide, high, size, less):
    """Return the template for a paper in mm, whose texts have a size in points.

    Its lengths are told as @FROM MM SIZES@: from nothing, from the right (x) or lower edge (y) of the paper,
    or from as if that were `less` mm lower (u), which the location loses (d) where there is no room.
    """
    starts = {"": 0, "x": wide, "y": high, "u": high + less, "d": -less}

    def length(told):
        return f"{starts[told[1]] + float(told[2]) + size * float(told[3]):g}"

    document, text = QDomDocument(), (HERE / "sheet.qpt").read_text("utf-8")
    document.setContent(re.sub(r"@([xyud]?) ([-\d.]+) ([-\d.]+)@", length, text))
    return document


class Page:
    """A sheet on paper: its template says where all is; the free column is filled from above."""

    def __init__(self, sources, paper, words):
        self.layout = core.QgsPrintLayout(sources.project)
        self.layout.loadFromTemplate(_template(*PAPERS[paper]), core.QgsReadWriteContext())
        for name, text in words.items():
            self.layout.itemById(name).setText(text)
        self.title = f"{words['drawing']} – {words['sheet']}"
        column = self.layout.itemById("column")
        self.text, self.area = column.font().pointSizeF(), column.rect().translated(column.pos())
        self.row = 0.62 * self.text  # mm
        self.layout.removeLayoutItem(column)
        self.main, self.sketch, self.bar = (self.layout.itemById(name) for name in ("map", "sketch", "bar"))

    def show(self, layers, box, around, wider):
        """Draw layers at a round scale, and where that is in a wider box."""
        from ilo_gis.plotting.furniture import round_scale

        paper = self.main.rect()
        self.main.setLayers(layers)
        self.main.zoomToExtent(box)
        self.main.setScale(round_scale(box.width(), box.height(), paper.width(), paper.height()))
        self.main.setAtlasDriven(self.layout.atlas().enabled())
        self.main.setAtlasScalingMode(core.QgsLayoutItemMap.AtlasScalingMode.Predefined)
        self.main.extentChanged.connect(self._rescale)  # of an atlas, from sheet to sheet
        self._rescale()
        self.sketch.setLayers(around)
        self.sketch.zoomToExtent(wider)

    def _rescale(self):
        """Let grid and scale bar have round metres at the scale of the map."""
        from ilo_gis.plotting.furniture import round_step

        metre = self.main.scale() / 1000  # m on the ground for each mm on paper
        self.main.grid().setIntervalX(round_step(MESH * metre))
        self.main.grid().setIntervalY(round_step(MESH * metre))
        self.bar.setUnitsPerSegment(round_step(0.15 * self.area.width() * metre))

    def _take(self, high):
        """Return the next part of the column, so many mm high."""
        part = QRectF(self.area)
        part.setHeight(min(high, self.area.height()))
        self.area.setTop(part.bottom())
        return part

    def _place(self, item, box, page=0):
        item.attemptSetSceneRect(box.translated(0, self.layout.pageCollection().page(page).y()))

    def heading(self, text, bold=True):
        """Write a line in the column."""
        self._write(text, self._take((1.5 if bold else 1.1) * self.row), bold)

    def _write(self, text, box, bold=True, page=0):
        item = core.QgsLayoutItemLabel(self.layout)
        self.layout.addLayoutItem(item)
        item.setText(text)
        item.setFont(text_format(self.text, bold).font())
        item.setMarginX(0.8)
        item.setVAlign(Qt.AlignmentFlag.AlignVCenter)
        self._place(item, box, page)

    def legend(self, layers, title):
        """Explain what the map shows of layers, in what is left of the column."""
        item = self.layout.itemById("legend")
        item.setVisibility(True)
        for layer in layers:
            item.model().rootGroup().addLayer(layer)
        item.setTitle(title)
        item.adjustBoxSize()
        self._place(item, self._take(item.rect().height()))

    # -- tables -----------------------------------------------------------------------------------

    def fixed_table(self, heads, rows, wide, texts=(0,), colors=(), total=True):
        """Add a table, its last row bold if it is a total; `texts` are the columns that are no numbers."""
        table = core.QgsLayoutItemManualTable.create(self.layout)
        columns = self._columns(table, heads, wide, texts)
        cells = [[core.QgsTableCell(text) for text in row] for row in rows]
        for row in cells:
            for cell, column in zip(row, columns, strict=True):
                cell.setHorizontalAlignment(column.hAlignment())
        for cell in cells[-1] if total else ():
            cell.setTextFormat(text_format(self.text, bold=True))
        for row, color in zip(cells, colors, strict=False):
            row[0].setBackgroundColor(QColor(color))
        table.setHeaders(columns)
        table.setIncludeTableHeader(True)
        table.setTableContents(cells)
        table.setColumnWidths([column.width() for column in columns])
        self._frame(table, self._take(self._high(table, len(rows))))
        self.area.setTop(self.area.top() + GAP)
        while _has_more(table):
            self._page_of(table)

    def atlas_table(self, layer, name, columns, wide, matching, most, texts=(0,)):
        """Add a table of the rows of a layer, a table of the library, that match the sheet.

        There is room for the `most` rows that a sheet has, on a page that only long tables print.
        """
        from ilo_gis.plotting.sheet_tables import head

        heads = [head(name, column, language()) for column in columns]
        table = core.QgsLayoutItemAttributeTable.create(self.layout)
        table.setVectorLayer(layer)
        shown = self._columns(table, heads, wide, texts)
        for column, attribute in zip(shown, columns, strict=True):
            column.setAttribute(f'"{attribute}"')
        table.setColumns(shown)
        table.setMaximumNumberOfFeatures(most)
        table.setFilterFeatures(True)
        table.setFeatureFilter(matching)
        high = self._high(table, most)
        fits = high <= self.area.height()
        self._frame(table, self._take(high))
        self.area.setTop(self.area.top() + GAP)
        if not fits:
            self._page_of(table, spare=True)

    def _high(self, table, count):
        return (count + 1) * table.minFrameSize().height() + LINE

    def _columns(self, table, heads, wide, texts):
        """Give a table its looks; return its columns, as wide together as that of the sheet."""
        self.layout.addMultiFrame(table)
        table.setHeaderMode(core.QgsLayoutTable.HeaderMode.AllFrames)
        table.setHeaderTextFormat(text_format(self.text, bold=True))
        table.setContentTextFormat(text_format(self.text))
        table.setCellMargin(0.12 * self.row)
        table.setGridStrokeWidth(LINE)
        columns = [core.QgsLayoutTableColumn(head) for head in heads]
        sides = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        for i, (part, column) in enumerate(zip(wide, columns, strict=True)):
            column.setHAlignment(sides[i not in texts])
            column.setWidth(self.area.width() * part / sum(wide) - 0.24 * self.row - LINE)
        return columns

    def _page_of(self, table, spare=False):
        """Add a page for rows that the column has no room for; a spare one is printed if it has any."""
        page, full = core.QgsLayoutItemPage(self.layout), self.layout.pageCollection().page(0).rect()
        page.setPageSize(self.layout.pageCollection().page(0).pageSize())
        self.layout.pageCollection().addPage(page)
        number, wide = self.layout.pageCollection().pageCount() - 1, self.area.width()
        box = QRectF(EDGE, EDGE, full.width() - 2 * EDGE, 1.5 * self.row)
        self._write(self.title, box, page=number)
        box = QRectF(EDGE, box.bottom(), wide, full.height() - EDGE - box.bottom())
        if spare:
            self._frame(table, box, number).setHidePageIfEmpty(True)
        while not spare and box.right() < full.width() and _has_more(table):  # an empty one ends QGIS 3.22
            self._frame(table, box, number)
            box.translate(wide + GAP, 0)

    def _frame(self, table, box, page=0):
        frame = core.QgsLayoutFrame(self.layout, table)
        table.addFrame(frame)
        self._place(frame, box, page)
        return frame


def _has_more(table):
    table.recalculateFrameSizes()
    last = table.frame(table.frameCount() - 1)
    return last.extent().bottom() + LINE < table.totalSize().height()
