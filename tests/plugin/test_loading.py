"""The plugin comes and goes without a trace."""

from qgis.core import QgsApplication


def test_three_times_loaded_leaves_nothing_behind(spanish, qgis_iface):
    from ilo_gis_plugin import classFactory

    registry = QgsApplication.processingRegistry()
    before = {provider.id() for provider in registry.providers()}
    for _ in range(3):
        loaded = classFactory(qgis_iface)
        loaded.initGui()
        assert "ilo_gis" in {provider.id() for provider in registry.providers()}
        loaded.unload()
        assert {provider.id() for provider in registry.providers()} == before
