"""Sheets printed in the real window, which answers meanwhile and can cancel at any time."""

import package_plugin
import window

from ilo_gis.example import sample_project

PRINTED = """
    import time
    from qgis.PyQt.QtCore import QTimer
    from qgis.PyQt.QtWidgets import QApplication, QPushButton
    from qgis.utils import plugins
    from ilo_gis_plugin.processing import dialog

    plugins["ilo_gis_plugin"].projects.show(str(folder / "ilo.gpkg"))
    idle()
    gaps, last = [], [time.monotonic()]

    def tick():
        now = time.monotonic()
        gaps.append((now - last[0], now))
        last[0] = now

    clock = QTimer(interval=50)
    clock.timeout.connect(tick)

    def printed(number, kind, given, after=None):
        sheet, asked = folder / f"{number}.pdf", []

        def cancel():
            asked.append(time.monotonic())
            shown = QApplication.activeModalWidget()
            next(one for one in shown.findChildren(QPushButton) if one.text() == "Cancelar").click()

        dialog.ask("print_sheets", {"KIND": kind, "OUTPUT": str(sheet)} | given)
        [shown] = [one for one in QApplication.topLevelWidgets()
                   if hasattr(one, "runAlgorithm") and one.isVisible()]
        idle()
        gaps.clear()
        last[0] = begun = time.monotonic()
        clock.start()
        if after is not None:
            QTimer.singleShot(int(1000 * after), cancel)
        shown.runAlgorithm()
        ended = time.monotonic()
        clock.stop()
        gaps.append((ended - last[0], ended))
        shown.close()
        return {"took": ended - begun, "gap": max(gaps)[0], "there": sheet.exists(),
                "waited": ended - asked[0] if asked else None}

    first = printed(0, 0, {})
    said = bar()
    grab("printed")
    whole = [first, printed(1, 3, {"ONLY": "I, J"}), printed(2, 4, {"ONLY": "I-1, I-2"})]
    stopped = [printed(10 + i, kind, {}, share * whole[0]["took"])
               for i, (kind, share) in enumerate([(0, 0.1), (3, 0.5), (4, 0.5)])]
    tell(whole=whole, stopped=stopped, said=said, left=[one.name for one in folder.glob("*.pdf")])
"""


def test_the_window_answers_while_sheets_are_printed_and_a_cancel_leaves_no_file(tmp_path):
    package_plugin.translate()
    sample_project(tmp_path / "ilo.gpkg")
    told = window.run(PRINTED, tmp_path, timeout=240).told
    assert [one["there"] for one in told["whole"]] == [True] * 3
    [link] = [text for text in told["said"] if "Las láminas están en" in text]
    assert f'<a href="{(tmp_path / "0.pdf").as_uri()}">' in link
    stopped = [one for one in told["stopped"] if one["waited"] is not None]
    assert stopped
    assert not any(one["there"] for one in stopped), stopped
    gap, waited = max(one["gap"] for one in told["whole"]), max(one["waited"] for one in stopped)
    print(f"longest gap {gap:.2f} s, cancelled in {waited:.2f} s; {told}")  # noqa: T201
