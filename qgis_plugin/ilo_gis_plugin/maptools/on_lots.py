"""What gestures on lots have in common: locked lots are told at once, and lots with what they measure."""

from qgis.PyQt.QtCore import Qt

from ..i18n import language, tr
from .gesture import Gesture
from .overlay import amount, figure_lines

__all__ = ["HAND", "OnLots", "measures"]

HAND = Qt.CursorShape.PointingHandCursor


class OnLots(Gesture):
    """A gesture on lots that may be changed."""

    of = ("lots", "blocks")

    def why_not(self, lot):
        """Return why a lot must stay as it is; None where it may change."""
        return self.session.snapshot().locked.get(lot)

    def pick_lot(self, event):
        """Return the id and shape of the lot under the pointer; where it must stay, tell why."""
        found = self.pick(event, "lots")
        if found is None or (why := self.why_not(found[0])) is None:
            return found
        self.say_no(f"{found[0]}: {why}.")
        return None

    def draw(self, edit):
        """Draw the lots that are made, tell area and front; lots beside them get but a vertex."""
        from ilo_gis.editing.figures import lots_made

        made = lots_made(edit, self.session.snapshot().brief.rule)
        legal, wrong = (made.geometry[made["legal"] == fine] for fine in (True, False))
        before = edit.changes["lots"].before.geometry.loc[list(edit.ids)]
        breaks = tr(" – breaks the rule")
        rows = zip(made.index, made["area"], made["frontage"], made["legal"], strict=True)
        said = [f"{lot}: {measures(area, front)}{'' if fine else breaks}" for lot, area, front, fine in rows]
        lines = [edit.title(language()), *figure_lines(edit.figures), *said]
        self.overlay.show(before, legal, self.crs_of("lots"), lines, wrong)


def measures(area, frontage):
    """Return area and front in words."""
    return tr("{} m², {} m of front").format(amount(area), amount(frontage))
