"""Where the programs of PostgreSQL with PostGIS are: Debian 12 has version 15, Debian 13 has 17."""

from pathlib import Path


def programs(root=Path("/usr")):
    """Return the folder of the newest version that has a server and PostGIS; None if there is none."""
    found = [
        path.parents[1]
        for path in root.glob("lib/postgresql/*/bin/initdb")
        if (root / "share" / "postgresql" / path.parts[-3] / "extension" / "postgis.control").is_file()
    ]
    return max(found, key=lambda path: float(path.name)) / "bin" if found else None
