"""The dialog of an algorithm, opened from the panel or the menu."""

__all__ = ["ask"]

_OPEN = set()  # without a reference QGIS loses the half of a dialog that is Python, which runs the algorithm


def ask(name, given=None):
    """Open the dialog of an algorithm with some parameters filled in; the window stays free."""
    from qgis import processing

    dialog = processing.createAlgorithmDialog(f"ilo_gis:{name}", given or {})
    _OPEN.add(dialog)
    dialog.destroyed.connect(lambda: _OPEN.discard(dialog))  # by QGIS, once closed and at its end
    dialog.show()
