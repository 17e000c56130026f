"""A PostgreSQL server with PostGIS of one's own, on a socket in a temporary folder: for tests and figures."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostGIS is missing: `make system` installs postgresql-postgis"
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # tests lose nothing by it


def programs(root=Path("/usr")):
    """Return the folder of the newest version that has a server and PostGIS; None if there is none.

    Debian 12 has version 15, Debian 13 has 17.
    """
    found = [
        path.parents[1]
        for path in root.glob("lib/postgresql/*/bin/initdb")
        if (root / "share" / "postgresql" / path.parts[-3] / "extension" / "postgis.control").is_file()
    ]
    return max(found, key=lambda path: float(path.name)) / "bin" if found else None


BINARIES = programs()


def run(*command, **options):
    """Run a program of PostgreSQL; root may not, so as the user that Debian made for it."""
    own = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*own, *command], capture_output=True, text=True, cwd="/", check=False, **options)
    assert done.returncode == 0, f"{command}: {done.stderr}"


@contextmanager
def running(settings=None) -> Iterator[Path]:
    """Run a server with settings, or with those it has of itself; give the folder of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="ilo_pg_"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    run(BINARIES / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8")
    own = "".join(f" -c {name}={value}" for name, value in (settings or {}).items())
    options = f"-k {folder} -c listen_addresses=''{own}"
    run(BINARIES / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield folder
    finally:
        run(BINARIES / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def make_database(folder, name, template=None):
    """Make a database with PostGIS, or one like another, on a running server; return its address."""
    like = ["-T", template] if template else []
    run(BINARIES / "createdb", "-h", folder, "-U", "postgres", *like, name)
    if not template:
        postgis = "CREATE EXTENSION postgis"
        run(BINARIES / "psql", "-q", "-h", folder, "-U", "postgres", "-d", name, "-c", postgis)
    return f"postgresql://postgres@/{name}?host={folder}"
