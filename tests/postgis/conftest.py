"""A PostgreSQL cluster with PostGIS of the tests' own, on a socket in a temporary folder; one per worker."""

import os
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import pytest
from postgres_programs import programs

BINARIES = programs()
TEMPLATE = "ilo_gis_template"


def require_server():
    """Skip where nobody could install PostGIS; fail where `make test` does."""
    if BINARIES:
        return
    may_install = shutil.which("apt-get") and (os.geteuid() == 0 or shutil.which("sudo"))
    if not may_install:
        pytest.skip("PostgreSQL with PostGIS is not there, and without apt or root it cannot be installed")
    pytest.fail("PostGIS is missing: `make system` installs postgresql-postgis", pytrace=False)


def run(*command, **options):
    """Run a program of PostgreSQL; root may not, so as the user that Debian made for it."""
    own = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*own, *command], capture_output=True, text=True, cwd="/", check=False, **options)
    assert done.returncode == 0, f"{command}: {done.stderr}"


@pytest.fixture(scope="session")
def cluster():
    """The folder of the socket of a running server."""
    require_server()
    folder = Path(tempfile.mkdtemp(prefix="ilo_pg_"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    run(BINARIES / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8")
    fast = (
        f"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    )
    run(BINARIES / "pg_ctl", "-D", data, "-o", fast, "-l", folder / "log", "-w", "start")
    try:
        run(BINARIES / "createdb", "-h", folder, "-U", "postgres", TEMPLATE)
        postgis = "CREATE EXTENSION postgis"
        run(BINARIES / "psql", "-q", "-h", folder, "-U", "postgres", "-d", TEMPLATE, "-c", postgis)
        yield folder
    finally:
        run(BINARIES / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def new_database(cluster):
    """Return the address of a new database at each call."""
    numbers = count(1)

    def make():
        name = f"city_{next(numbers)}"
        run(BINARIES / "createdb", "-h", cluster, "-U", "postgres", "-T", TEMPLATE, name)
        return f"postgresql://postgres@/{name}?host={cluster}"

    return make


@pytest.fixture
def database(new_database):
    return new_database()


@pytest.fixture(scope="session")
def load_dump(cluster):
    """Return what runs the SQL of a dump in the database of an address."""

    def load(address, dump):
        name = address.partition("@/")[2].partition("?")[0]
        psql = [BINARIES / "psql", "-q", "-h", cluster, "-U", "postgres", "-v", "ON_ERROR_STOP=1"]
        run(*psql, "-d", name, input=dump)

    return load
