"""Ilo GIS in QGIS: city land laid out, zoned, checked and titled."""


def classFactory(iface):
    """Return the plugin, for QGIS."""
    from .plugin import IloGisPlugin

    return IloGisPlugin(iface)
