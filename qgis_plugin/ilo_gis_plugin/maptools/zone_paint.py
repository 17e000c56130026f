"""Lots or blocks painted into a zone: clicked or swept, with what the zones have room for beside."""

from dataclasses import replace
from functools import partial

from qgis.PyQt.QtWidgets import QComboBox

from ..i18n import language, tr
from .painting import Painting

__all__ = ["ZonePaint"]


class ZonePaint(Painting):
    """Click or sweep lots or blocks; the code stands at the lower edge of the map."""

    name = "zone_paint"
    of = ("zones", "lots", "blocks")

    def __init__(self, *given):
        super().__init__(*given)
        self._rows = self._fields.add(tr("Of"), QComboBox())
        for name, table in ((tr("Lots"), "lots"), (tr("Blocks"), "blocks")):
            self._rows.addItem(name, table)

    @staticmethod
    def title():
        """Return what the button says."""
        return tr("Paint zones")

    def asked(self):
        """Return what the bar asks for."""
        return tr("Zone")

    def table(self):
        """Return the table whose rows are painted."""
        return self._rows.currentData()

    def prepared(self, snapshot):
        """Offer the codes of the zones in force, then the others of their catalogues."""
        from ilo_gis.tables.catalogues import catalogues
        from ilo_gis.zoning.assignment import zones_in_force

        if (zones := snapshot.known.get("zones")) is None:
            return
        zones = zones_in_force(zones, None)
        shipped, names = catalogues(), zones["catalogue"].dropna().unique()
        known = {
            code: zone for name in names if name in shipped for code, zone in shipped[name].zones.items()
        }
        codes = dict.fromkeys([*sorted(set(zones["code"]) & known.keys()), *known])
        self.offer(
            [(f"{code}  {getattr(known[code], language())}", code, known[code].color) for code in codes]
        )

    def painted(self, ids):
        """Return what makes the edit that paints lots or blocks."""
        return partial(_painted, ids=ids, of=self.table(), code=self.choices.currentData()[0])


def _painted(at, ids, of, code, **how):
    from ilo_gis.editing import paint_zone, zone_figures

    edit = paint_zone(at.known, ids, of, code, findings=not at.preview, **how)
    return replace(edit, figures=zone_figures(at.known, edit))
