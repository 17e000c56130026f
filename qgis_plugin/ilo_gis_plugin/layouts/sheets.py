"""The kinds of sheet, and their PDF."""

from shutil import move
from tempfile import TemporaryDirectory

from qgis import core
from qgis.PyQt.QtCore import QDate

from ..bridge import BridgeError
from ..i18n import language, tr
from ..work import breathe
from .page import Page
from .pdf import write_pdf
from .sources import label

__all__ = ["KINDS", "write"]

PLAN = ("blocks", "street_lines", "lots", "reserves", "losses", "streets")  # from the uppermost down
AROUND = 15.0  # m of surroundings that a sheet of a block or lot shows
STRONG = {"color": "#fbf3d9", "outline_color": "#3a3833", "outline_width": "0.35"}
PALE = {"color": "#f6f4ee", "outline_color": "#cfcabf", "outline_width": "0.1"}
MARK = {"color": "#fbf3d9", "outline_color": "#c0281c", "outline_width": "0.5"}
LOTS = ("number", "area", "frontage", "depth", "perimeter")
WIDE = (1, 1.3, 1.3, 1.2, 1.5)  # of their columns
MOST_SIDES = 60  # rows of the table of sides of a lot; few have more than six
SCALE = "[% '1:' || to_string(round(map_get(item_variables('map'), 'map_scale'))) %]"


def write(kind, sources, given, path, feedback):
    """Write the sheets of a kind to one PDF; one that is cancelled or fails leaves no file.

    `given` has the words of the stamp, PAPER, and ONLY: the ids of the blocks or lots that get a sheet.
    """
    sources.open(feedback)
    needed, make = KINDS[kind]
    if missing := [name for name in needed if name not in sources.tables]:
        told = tr("The plan lacks the layers {}. Open a project of Ilo GIS, or choose its file.")
        raise BridgeError(told.format(", ".join(missing)))
    with TemporaryDirectory() as folder:
        made = f"{folder}/sheets.pdf"
        write_pdf(make(sources, given), made, feedback)
        breathe(feedback)
        try:
            move(made, path)  # there is none if QGIS could not write it
        except OSError as error:
            told = tr("«{}» could not be written. Is it open in another program?").format(path)
            raise BridgeError(told) from error


def _plan(sources, given):
    """Lay out streets, blocks and lots, with the area table."""
    from ilo_gis.plotting.sheet_tables import area_rows
    from ilo_gis.subdivision import area_table

    tables, layers = sources.tables, sources.pick(*PLAN)
    page = _page(sources, given, layers, (tr("Street and lot layout plan"), "TL-01"))
    page.heading(tr("Area table"))
    summary = sources.aside(area_table, tables["streets"], tables["lots"], tables.get("reserves"))
    page.fixed_table(*area_rows(summary, language()), (3, 1.3, 2.9, 2, 1.7))
    page.legend(layers, tr("Legend"))
    return page


def _zoning(sources, given):
    """Lay out the zones in force, with their areas."""
    from ilo_gis.plotting.sheet_tables import zone_rows

    layers = sources.pick("blocks", "zones", "streets")
    page = _page(sources, given, layers, (tr("Zoning plan"), "Z-01"), ["zones"])
    page.heading(tr("Zones and their areas"))
    heads, rows, colors = zone_rows(sources.tables["zones"], language())
    page.fixed_table(heads, rows, (0.45, 5.6, 0.75, 2.5, 1.7, 1.3), (0, 1), colors)
    return page


def _perimeter(sources, given):
    """Lay out the outline of the site, with its vertices."""
    from ilo_gis.plotting.sheet_tables import outline_said, vertex_rows
    from ilo_gis.subdivision import perimeter_vertices, site_outline

    site = site_outline(sources.tables["streets"], sources.tables["blocks"])
    vertices = perimeter_vertices(site)
    outline = core.QgsSingleSymbolRenderer(core.QgsFillSymbol.createSimple(MARK))
    sources.add("site", site, tr("Site")).setRenderer(outline)
    points = sources.add("vertices", vertices, tr("Vertices"), table="vertices")
    points.setRenderer(core.QgsSingleSymbolRenderer(core.QgsMarkerSymbol.createSimple({"size": "1"})))
    label(points, '"vertex"', 7.5)
    named = (tr("Perimeter plan"), "P-01")
    page = _page(sources, given, sources.pick("vertices", "site"), named, ["site"])
    for line in outline_said(site, language()):
        page.heading(line, bold=False)
    page.heading(tr("Vertex table"))
    page.fixed_table(*vertex_rows(vertices, language()), (1.5, 2.2, 2.4, 3.1, 2.3, 2.5), (0, 1), total=False)
    return page


def _blocks(sources, given):
    """Lay out a sheet for each block, with its lots."""
    block = "\"block_id\" = attribute(@atlas_feature, 'block_id')"
    layers = _alike(sources, block, "once")
    named = (tr("Block {}").format('[% "block_id" %]'), 'M-[% "block_id" %]')
    page = _page(sources, given, layers, named, cover=("blocks", sources.tables["blocks"]))
    page.heading(tr("Lots of the block"))
    lots = f"{block} and \"kind\" = 'lot'"
    most = int(sources.tables["lots"]["block_id"].value_counts().max())
    page.atlas_table(sources.layers["sheet_lots"], "lots", LOTS, WIDE, lots, most)
    return page


def _lots(sources, given):
    """Lay out a sheet for each lot, with its sides and who is behind them."""
    lots = sources.tables["lots"]
    lot = "\"lot_id\" = attribute(@atlas_feature, 'lot_id')"
    layers = _alike(sources, lot, "length")
    named = (tr("Lot {} of block {}").format('[% "number" %]', '[% "block_id" %]'), 'L-[% "lot_id" %]')
    page = _page(sources, given, layers, named, cover=("lots", lots[lots["kind"] == "lot"]))
    page.heading(tr("Areas and measures"))
    page.atlas_table(sources.layers["sheet_lots"], "lots", LOTS, WIDE, lot, 1)
    page.heading(tr("Sides and neighbours"))
    sides, shown = sources.layers["sheet_sides"], ("side", "length", "neighbour")
    page.atlas_table(sides, "lot_sides", shown, (1.2, 1.4, 3), lot, MOST_SIDES, (0, 2))
    return page


KINDS = {
    "plan": (("streets", "blocks", "lots"), _plan),
    "zoning": (("zones",), _zoning),
    "perimeter": (("streets", "blocks"), _perimeter),
    "blocks": (("streets", "blocks", "lots"), _blocks),
    "lots": (("streets", "blocks", "lots"), _lots),
}


def _page(sources, given, layers, named, shown=("streets", "blocks"), cover=None):
    """Return a page with map, stamp and location, for each of the rows of `cover` if there are any."""
    page = Page(sources, given["PAPER"], _words(sources, given, *named))
    if cover is not None:
        page.layout.atlas().setCoverageLayer(_sheets(sources, given["ONLY"], *cover))
        page.layout.atlas().setEnabled(True)
    box, wide = core.QgsRectangle(), core.QgsRectangle()
    around = sources.pick("blocks", "site", "streets", *(["zones"] if cover is None else []))
    for layer in sources.pick(*shown):
        box.combineExtentWith(layer.extent())
    for layer in around:
        wide.combineExtentWith(layer.extent())
    wide.scale(1.1 if cover is not None or "zones" in sources.layers else 2.5)
    page.show(layers, box, [*around, *sources.around], wide)
    if sources.facts.get("schematic") == "yes":
        page.heading(tr("SCHEMATIC: this is no survey"))
    return page


def _words(sources, given, drawing, sheet):
    """Return what the stamp says: the names of its boxes, and what is in them."""
    from ilo_gis.plotting.sheet_tables import stamp

    crs, norms = sources.project.crs(), sources.facts.get("norms", "")
    system = crs.description().replace("UTM zone", tr("UTM zone"))
    said = {
        "project": given["TITLE"], "drawing": drawing, "sheet": sheet, "scale": SCALE,
        "district": given["DISTRICT"], "province": given["PROVINCE"], "department": given["DEPARTMENT"],
        "crs": f"{system} ({crs.authid()})", "norms": "" if norms == "not told" else norms,
        "date": QDate.currentDate().toString("dd/MM/yyyy"),
    }  # fmt: skip
    return said | {f"{box}_name": name for box, name in stamp(language()).items()}


def _sheets(sources, only, name, rows):
    """Return the layer of rows that get a sheet: those named, else those selected, else all."""
    only = only or sources.chosen.get(name, [])
    if unknown := [one for one in only if one not in rows.index]:
        told = tr("The plan has no {}. Its ids are like {}.")
        raise BridgeError(told.format(", ".join(unknown), ", ".join(map(str, rows.index[:3]))))
    rows = rows.loc[only] if only else rows
    return sources.add("cover", rows.set_geometry(rows.buffer(AROUND)), tr("Sheets"))


def _alike(sources, chosen, length):
    """Return the layers of a sheet of a block or lot: lots, what is chosen strong, and lengths of sides."""
    from ilo_gis.plotting.sheet_tables import figures_said, sides_said
    from ilo_gis.subdivision import lot_sides, with_street_names

    lots, lines = sources.tables["lots"], sources.tables.get("street_lines")
    sides = lot_sides(lots) if lines is None else with_street_names(lot_sides(lots), lines)
    sides = sides_said(sides, language()).join(lots[["block_id"]], on="lot_id")
    rules = core.QgsRuleBasedRenderer.Rule(None)
    for looks, which in ((STRONG, chosen), (PALE, "ELSE")):
        rules.appendChild(core.QgsRuleBasedRenderer.Rule(core.QgsFillSymbol.createSimple(looks), 0, 0, which))
    layer = sources.add("sheet_lots", figures_said(lots, LOTS), tr("Lots"), table="lots")
    layer.setRenderer(core.QgsRuleBasedRenderer(rules))
    label(layer, f"""if({chosen}, "number" || '\\n' || "area" || ' m²', "number")""", 7.5)
    layer = sources.add("sheet_sides", sides, tr("Sides"))
    layer.setRenderer(core.QgsNullSymbolRenderer())
    label(layer, f'if({chosen}, "{length}", null)', 7.5, along=True)
    return sources.pick("sheet_sides", "street_lines", "blocks", "sheet_lots", "reserves", "streets")
