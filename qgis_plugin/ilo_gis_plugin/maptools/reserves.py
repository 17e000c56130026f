"""Blocks made reserves of a kind, or freed for lots: clicked or swept, with the account of reserves."""

from functools import partial

from ..i18n import language, tr
from .painting import Painting

__all__ = ["Reserves"]


class Reserves(Painting):
    """Click or sweep blocks; the kind stands at the lower edge of the map."""

    name = "reserves"
    of = ("blocks", "lots", "reserves")

    def __init__(self, *given):
        from ilo_gis.plotting.styles import STYLES
        from ilo_gis.tables.kinds import kinds

        super().__init__(*given)
        looks = STYLES["reserves"].symbols
        known = [
            (getattr(one, language()), name, looks[name].fill) for name, one in kinds("reserves").items()
        ]
        lots = STYLES["lots"].symbols["lot"].fill
        self.offer([*known, (tr("No reserve: lots"), None, lots)])

    @staticmethod
    def title():
        """Return what the button says."""
        return tr("Paint reserves")

    def asked(self):
        """Return what the bar asks for."""
        return tr("Kind of reserve")

    def table(self):
        """Return the table whose rows are painted."""
        return "blocks"

    def painted(self, ids):
        """Return what makes the edit that paints blocks."""
        return partial(_painted, ids=ids, kind=self.choices.currentData()[0])


def _painted(at, ids, kind, **how):
    from ilo_gis.editing.reserves import paint_reserves

    return paint_reserves(at.plan, ids, kind, at.brief, locked=at.locked, preview=at.totals, **how)
