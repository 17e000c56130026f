"""A PostgreSQL server with PostGIS of the tests' own; one per worker."""

import os
import shutil
from itertools import count

import pytest

from benchmarks import cluster as servers

TEMPLATE = "ilo_gis_template"


def require_server():
    """Skip where nobody could install PostGIS; fail where `make test` does."""
    if servers.BINARIES:
        return
    may_install = shutil.which("apt-get") and (os.geteuid() == 0 or shutil.which("sudo"))
    if not may_install:
        pytest.skip("PostgreSQL with PostGIS is not there, and without apt or root it cannot be installed")
    pytest.fail(servers.MISSING, pytrace=False)


@pytest.fixture(scope="session")
def cluster():
    """The folder of the socket of a running server."""
    require_server()
    with servers.running(servers.QUICK) as folder:
        servers.make_database(folder, TEMPLATE)
        yield folder


@pytest.fixture(scope="session")
def new_database(cluster):
    """Return the address of a new database at each call."""
    numbers = count(1)
    return lambda: servers.make_database(cluster, f"city_{next(numbers)}", TEMPLATE)


@pytest.fixture
def database(new_database):
    return new_database()


@pytest.fixture(scope="session")
def load_dump(cluster):
    """Return what runs the SQL of a dump in the database of an address."""

    def load(address, dump):
        name = address.partition("@/")[2].partition("?")[0]
        psql = [servers.BINARIES / "psql", "-q", "-h", cluster, "-U", "postgres", "-v", "ON_ERROR_STOP=1"]
        servers.run(*psql, "-d", name, input=dump)

    return load
