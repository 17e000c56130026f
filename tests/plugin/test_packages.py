"""A QGIS without the packages, or with old ones: the plugin loads and says in Spanish what to do."""

from pathlib import Path

import package_plugin
import pytest
import qgis
import window

pytestmark = pytest.mark.skipif(
    (Path(qgis.__file__).parents[1] / "geopandas").is_dir(), reason="this QGIS comes with the packages"
)

SAID = """
    import sys

    from qgis.PyQt.QtWidgets import QPlainTextEdit, QTextEdit

    def read(dialog):
        grab("details")
        texts = dialog.findChildren(QTextEdit) + dialog.findChildren(QPlainTextEdit)
        tell(details=" ".join(text.toPlainText() for text in texts))
        dialog.reject()

    on_dialog(read)
    click("Mostrar más")
    tell(bar=bar(), loaded=[name for name in ("geopandas", "pandas", "shapely") if name in sys.modules])
"""


@pytest.fixture(scope="module", autouse=True)
def words():
    package_plugin.translate()


@pytest.fixture
def old_packages(tmp_path):
    """Packages as Debian 12 has them: there, but too old."""
    for name, version in {"geopandas": "0.12.2", "shapely": "1.8.5.post1"}.items():
        told = tmp_path / "old" / f"{name}-{version}.dist-info"
        told.mkdir(parents=True)
        (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
        (tmp_path / "old" / f"{name}.py").write_text("raise AttributeError('as old ones do')\n", "utf-8")
    return tmp_path / "old"


def check(shown):
    assert shown.told["bar"] == ["Ilo GIS: Faltan paquetes de Python o son muy antiguos: nada funciona aún."]
    assert shown.told["loaded"] == []
    assert "Pida al administrador" in shown.told["details"]
    assert "Ilo GIS nunca instala nada" in shown.told["details"]
    assert [tab for text, tab, _ in shown.log if "Pida al administrador" in text] == ["Ilo GIS"]


def test_without_the_packages_the_plugin_says_what_to_do(tmp_path):
    shown = window.run(SAID, tmp_path, python_path=())
    check(shown)
    assert "Falta pyogrio; se necesita la versión 0.9 o una posterior." in shown.told["details"]


def test_with_old_packages_the_plugin_names_them(tmp_path, old_packages):
    shown = window.run(SAID, tmp_path, python_path=(old_packages,))
    check(shown)
    assert "geopandas 0.12.2 es muy antiguo; se necesita la versión 1.0" in shown.told["details"]
    assert "shapely 1.8.5.post1 es muy antiguo; se necesita la versión 2.1" in shown.told["details"]
