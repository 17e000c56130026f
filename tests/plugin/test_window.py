"""The real window starts in Spanish with the plugin, and a planner can read it."""

import shutil

import package_plugin
import pytest
import window

STARTED = """
    from qgis.core import QgsApplication
    from qgis.utils import active_plugins

    grab("started")
    tell(
        locale=QgsApplication.locale(),
        active=list(active_plugins),
        provider=QgsApplication.processingRegistry().providerById("ilo_gis") is not None,
        menu=[action.text().replace("&", "") for action in iface.mainWindow().menuBar().actions()],
    )
"""


def test_qgis_starts_in_spanish_with_the_plugin(tmp_path):
    package_plugin.translate()
    shown = window.run(STARTED, tmp_path)
    assert shown.told["locale"] == "es_PE"
    assert "ilo_gis_plugin" in shown.told["active"]
    assert shown.told["provider"]
    assert {"Proyecto", "Capa", "Complementos"} <= set(shown.told["menu"])
    assert shown.pictures["started"].stat().st_size > 20_000  # an empty screen is smaller


def test_a_script_that_fails_fails_the_test(tmp_path):
    with pytest.raises(AssertionError, match=r"LookupError: there is no 'Nada'"):
        window.run("click('Nada')", tmp_path)


def test_a_window_that_hangs_is_killed(tmp_path):
    with pytest.raises(AssertionError, match="did not end within 8 s"):
        window.run("import time; time.sleep(100)", tmp_path, timeout=8)


def test_a_plugin_that_does_not_load_fails_the_test(tmp_path):
    folder = tmp_path / "plugins" / "ilo_gis_plugin"
    folder.mkdir(parents=True)
    shutil.copy(package_plugin.PLUGIN / "metadata.txt", folder)
    (folder / "__init__.py").write_text("def classFactory(iface):\n    raise RuntimeError('boom')\n", "utf-8")
    with pytest.raises(AssertionError, match="RuntimeError: boom"):
        window.run("tell()", tmp_path, plugins=folder.parent)
