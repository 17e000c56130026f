"""Projects on servers: passwords are known while QGIS runs, and stand in no file that it saves."""

from qgis.core import QgsCredentials, QgsDataSourceUri

__all__ = ["address_of", "bare", "uri_of", "whole"]

_known = {}  # addresses with password by addresses without, as the server took them


def bare(address):
    """Return an address as projects keep it, once the server has let one in: without password."""
    from ilo_gis.io import postgis

    if not postgis.is_server(address):
        return address
    kept = postgis.shown(postgis.url_of(address).set(drivername="postgresql"))
    realm, known = uri_of(kept).connectionInfo(False), QgsCredentials.instance()  # QGIS's name for it
    stored = QgsDataSourceUri(uri_of(address).connectionInfo(True))  # with what its encrypted store has
    taken, user, password = postgis.let_in(
        address, (stored.username(), stored.password()), lambda user, why: known.get(realm, user, "", why)
    )
    if password:
        known.put(realm, user, password)
    _known[kept] = taken
    return kept


def whole(address):
    """Return an address with the password that QGIS knows or asks for; a file as it is."""
    if "://" in (address or "") and address not in _known:
        bare(address)
    return _known.get(address, address)


def uri_of(address):
    """Return an address as QGIS has it."""
    from ilo_gis.io.postgis import conninfo

    return QgsDataSourceUri(conninfo(address))


def address_of(connection):
    """Return what the library calls a connection of QGIS."""
    from sqlalchemy import URL

    uri = QgsDataSourceUri(connection)
    who = (uri.username() or None, uri.password() or None, None, int(uri.port() or 5432), uri.database())
    query = {"host": uri.host() or "localhost", "authcfg": uri.authConfigId()}
    query = {name: value for name, value in query.items() if value}
    return URL.create("postgresql", *who, query).render_as_string(hide_password=False)
