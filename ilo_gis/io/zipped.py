"""Zipped files and KMZ: looked through first, then unpacked to a folder of their own."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ilo_gis.errors import ReadError
from ilo_gis.io.guard import local_file, require_harmless

__all__ = ["opened"]

MOST_FILES = 1_000  # members; a layer has five, a folder of a whole plan a hundred
MOST_BYTES = 2 * 2**30  # unpacked; it must fit on a laptop's disk beside everything else
SURELY_SMALL = 100 * 2**20  # bytes unpacked that harm nobody, however well they were packed
MOST_RATIO = 200  # unpacked to packed: layers reach 20, tables padded with blanks 100, bombs 1,000
SUFFIXES = {".zip", ".kmz", ".shz"}
PACKED = {".xlsx", ".xlsm", ".ods"}  # zipped inside, and unpacked by GDAL itself
LAYERS = (
    ".gpkg",
    ".shp",
    ".geojson",
    ".json",
    ".kml",
    ".gpx",
    ".dxf",
    ".fgb",
    ".tab",
    ".mif",
    ".csv",
    ".txt",
)
PARTS = (*LAYERS, ".shx", ".dbf", ".prj", ".cpg", ".dat", ".map", ".id", ".mid")
NESTED = (".zip", ".kmz", ".shz", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz")
ENCRYPTED = 0x1  # flag of a member that needs a password


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give the file to read behind a name: itself, or what a zipped file holds, for as long as it is read.

    Parameters
    ----------
    path : path-like
        A file or folder. Of ``*.zip`` and ``*.kmz``, the layers inside are unpacked.

    Yields
    ------
    Path
        The whole path of what to give to GDAL, looked through by `guard.require_harmless`.

    Raises
    ------
    ReadError
        As `guard.local_file` and `require_harmless`; or if a zipped file is damaged, holds no layer, more
        than one kind, another zipped file, a link, a name that leaves its folder, a password, or would
        unpack to more than 2 GB or to more than 200 times its size.

    Examples
    --------
    >>> with opened("no_such.zip"):
    ...     pass
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.zip. Check the path and the name.
    """
    file, name = local_file(path), os.fspath(path)
    suffix = file.suffix.lower()
    if file.is_dir() or suffix not in SUFFIXES | PACKED:
        require_harmless(file, name)
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="ilo_gis-") as folder:
        try:
            with zipfile.ZipFile(file) as packed:
                members = _members(packed, name, file.stat().st_size)
                if suffix in SUFFIXES:
                    _unpack(packed, members, Path(folder), name)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
            raise ReadError(
                f"{name} is damaged, or not a zipped file: {error}. Zip it again, or give the file inside."
            ) from error
        if suffix in PACKED:
            yield file
            return
        inside = _inside(Path(folder), name, suffix)
        require_harmless(inside, name)
        yield inside


def _members(packed: zipfile.ZipFile, name: str, size: int) -> list[zipfile.ZipInfo]:
    """Return the members of a zipped file, or say why nothing of it is unpacked."""
    members = packed.infolist()
    if len(members) > MOST_FILES:
        raise ReadError(f"{name} holds {len(members):,} files; {MOST_FILES:,} are the most. Give one layer.")
    for member in members:
        where = PurePosixPath(member.filename.replace("\\", "/"))
        if where.is_absolute() or ".." in where.parts or ":" in member.filename or "\0" in member.filename:
            raise ReadError(
                f"{name} is not safe: its file {member.filename!r} would be written outside of its folder. "
                "Not unpacked."
            )
        if stat.S_ISLNK(member.external_attr >> 16):
            raise ReadError(
                f"{name} is not safe: its {member.filename!r} is a link to another file. Not unpacked."
            )
        if member.flag_bits & ENCRYPTED:
            raise ReadError(f"{name} needs a password. Unpack it and give the file inside.")
    whole = sum(member.file_size for member in members)
    if whole > MOST_BYTES:
        raise ReadError(
            f"{name} would unpack to {whole / 2**30:.1f} GB; {MOST_BYTES / 2**30:.0f} GB are the most. If "
            "you trust it, unpack it yourself and give the file inside."
        )
    if whole > SURELY_SMALL and whole > MOST_RATIO * size:
        raise ReadError(
            f"{name} would unpack to {whole / size:,.0f} times its size; {MOST_RATIO} are the most: it looks "
            "like a zip bomb. If you trust it, unpack it yourself and give the file inside."
        )
    return members


def _unpack(packed: zipfile.ZipFile, members: list[zipfile.ZipInfo], folder: Path, name: str) -> None:
    """Write the parts of layers to a folder under their bare names; zipfile stops at the size declared."""
    for member in members:
        own = PurePosixPath(member.filename.replace("\\", "/"))
        if member.is_dir() or own.parts[0] == "__MACOSX" or own.suffix.lower() not in (*PARTS, *NESTED):
            continue
        if own.suffix.lower() in NESTED:
            raise ReadError(f"{name} holds another packed file, {own.name!r}. Unpack it and give that one.")
        target = folder / own.name
        if target.exists():
            raise ReadError(f"{name} holds {own.name!r} twice. Unpack it and give the one that is meant.")
        with packed.open(member) as source, target.open("xb") as file:
            shutil.copyfileobj(source, file)


def _inside(folder: Path, name: str, suffix: str) -> Path:
    """Return the one layer file that was unpacked, or the folder where there are several shapefiles."""
    found = sorted(file for file in folder.iterdir() if file.suffix.lower() in LAYERS)
    if suffix == ".kmz":
        found = [file for file in found if file.suffix.lower() == ".kml"][:1]
    kinds = {file.suffix.lower() for file in found}
    if len(found) == 1:
        return found[0]
    if kinds == {".shp"}:
        return folder
    if not found:
        raise ReadError(f"{name} holds no layer that can be read. It may hold: {', '.join(LAYERS)}.")
    raise ReadError(
        f"{name} holds several files: {', '.join(file.name for file in found)}. Unpack it and give one."
    )
