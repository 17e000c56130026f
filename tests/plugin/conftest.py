"""A QGIS without a window, in Spanish, with the plugin loaded as QGIS loads it."""

import package_plugin
import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLocale


@pytest.fixture(scope="session")
def spanish(qgis_app):
    """QGIS in the Spanish of Peru."""
    package_plugin.translate()
    QgsApplication.setLocale(QLocale("es_PE"))
    return qgis_app


@pytest.fixture
def plugin(spanish, qgis_iface):
    """The plugin, loaded and taken away again."""
    from ilo_gis_plugin import classFactory

    loaded = classFactory(qgis_iface)
    loaded.initGui()
    yield loaded
    loaded.unload()
