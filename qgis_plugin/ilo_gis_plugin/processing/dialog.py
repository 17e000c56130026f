"""The dialog of an algorithm, opened from the panel or the menu."""

from ..i18n import tr
from ..work import tell

__all__ = ["ask", "run"]

_OPEN = set()  # without a reference QGIS loses the half of a dialog that is Python, which runs the algorithm


def ask(name, given=None):
    """Open the dialog of an algorithm with some parameters filled in; the window stays free."""
    _dialog(name, given).show()


def run(name, given, bar):
    """Run an algorithm that needs no choice; its dialog opens only where that fails."""
    dialog = _dialog(name, given)

    def ended(fine, _):
        dialog.close() if fine else dialog.show()
        if fine:
            tell(bar, tr("«{}» is ready: see the layer tree.").format(dialog.algorithm().displayName()))

    dialog.algorithmFinished.connect(ended)
    dialog.runAlgorithm()
    if not dialog.cancelButton().isEnabled():  # QGIS has said what is wrong with a layer
        dialog.show()


def _dialog(name, given):
    from qgis import processing

    dialog = processing.createAlgorithmDialog(f"ilo_gis:{name}", given or {})
    dialog.resize(940, 680)  # the fields whole beside the help; QGIS remembers what the user makes of it
    _OPEN.add(dialog)
    dialog.destroyed.connect(lambda: _OPEN.discard(dialog))  # by QGIS, once closed and at its end
    return dialog
