"""PDFs of sheets, drawn while the window answers."""

from contextlib import suppress

from qgis.core import QgsLayoutExporter, QgsMapRendererCustomPainterJob, QgsMapSettings, QgsRenderContext
from qgis.PyQt.QtCore import QEventLoop, QMarginsF, QPointF, QRectF
from qgis.PyQt.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from ..work import breathe

__all__ = ["write_pdf"]

MM = 25.4  # of an inch


def write_pdf(page, path, feedback):
    """Write a page, and those that its tables go on, for each feature of its atlas if it has one."""
    pages, exporter = page.layout.pageCollection(), QgsLayoutExporter(page.layout)
    writer, maps = _writer(page.layout, path), {item: item.layers() for item in (page.main, page.sketch)}
    painter = QPainter(writer)
    try:
        for sheet in _sheets(page.layout.atlas(), feedback):
            for number in filter(pages.shouldExportPage, range(pages.pageCount())):
                if sheet or number:
                    writer.newPage()
                for item, layers in maps.items() if number == 0 else ():
                    item.setLayers(layers)
                    _draw_layers(item, painter, feedback)
                    item.setLayers([])  # what is left is its grid and frame
                exporter.renderPage(painter, number)
                breathe(feedback)
    finally:
        painter.end()
    if not page.layout.atlas().enabled():
        _tell_place(exporter, path)


def _writer(layout, path):
    """Return the PDF, its pages as those of a layout, whose texts stay texts and lines lines."""
    from ilo_gis.plotting.furniture import SCALES

    shown = layout.renderContext()
    shown.setFlag(shown.Flag.FlagUseAdvancedEffects, False)
    shown.setFlag(shown.Flag.FlagForceVectorOutput, True)
    shown.setTextRenderFormat(QgsRenderContext.TextRenderFormat.AlwaysText)
    shown.setPredefinedScales(SCALES)
    paper = QPageSize(layout.pageCollection().page(0).rect().size(), QPageSize.Unit.Millimeter)
    writer = QPdfWriter(path)
    writer.setResolution(round(shown.dpi()))
    writer.setPageLayout(QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF()))
    return writer


def _sheets(atlas, feedback):
    """Count the sheets: one for each feature of an atlas, one where there is none."""
    if not atlas.enabled():
        yield 0
        return
    atlas.beginRender()
    while atlas.next():
        feedback.setProgress(100 * atlas.currentFeatureNumber() / atlas.count())
        yield atlas.currentFeatureNumber()
    atlas.endRender()


def _draw_layers(item, painter, feedback):
    """Draw the layers of a map in a thread of QGIS, as it draws its canvas; the window answers meanwhile."""
    writer, loop = painter.device(), QEventLoop()
    dots = writer.logicalDpiX() / MM  # a mm
    box = item.rect().size() * dots
    settings = item.mapSettings(item.extent(), box, writer.logicalDpiX(), True)
    settings.setFlag(QgsMapSettings.Flag.UseRenderingOptimization, False)  # which is for screens
    painter.save()
    whole = writer.width() / (item.layout().pageCollection().page(0).rect().width() * dots)
    painter.scale(whole, whole)
    painter.translate(item.scenePos() * dots)
    painter.setClipRect(QRectF(QPointF(), box))
    job = QgsMapRendererCustomPainterJob(settings, painter)
    job.finished.connect(loop.quit)
    feedback.canceled.connect(job.cancelWithoutBlocking)
    job.start()
    if not feedback.isCanceled():
        loop.exec()
    job.cancel()  # where it still draws: cancelled before it began, or QGIS ends
    painter.restore()
    breathe(feedback)


def _tell_place(exporter, path):
    """Say in a PDF where on the ground its first page is."""
    from osgeo import gdal

    dpi = exporter.layout().renderContext().dpi()
    a, b, c, d, e, f = exporter.computeWorldFileParameters(dpi)
    with suppress(RuntimeError):  # of a GDAL that cannot read PDF, and says so by an error
        if pdf := gdal.OpenEx(path, gdal.OF_RASTER | gdal.OF_UPDATE, open_options=[f"DPI={dpi}"]):
            pdf.SetGeoTransform((c, a, b, f, d, e))
            pdf.SetProjection(exporter.layout().referenceMap().crs().toWkt())
