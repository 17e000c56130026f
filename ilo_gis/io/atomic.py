"""Write a file so that a crash leaves what was there before."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ilo_gis.errors import WriteError

__all__ = ["filling", "replacing", "require_free", "require_room"]

FULL = 65_536  # bytes left on a disk that is called full


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str], overwrite: bool = False) -> Iterator[Path]:
    """Give a temporary path to write to, and move it to `path` when all went well.

    The temporary file lies in a hidden folder beside the target. On any exception, Ctrl-C
    included, it is removed and the file that was there before stays as it was.

    Parameters
    ----------
    path : path-like
        The file wanted.
    overwrite : bool
        Whether an existing file may be replaced.

    Yields
    ------
    Path
        Where to write. It has the name of the target and does not exist yet.

    Raises
    ------
    WriteError
        If the target exists, is a folder, is open in another program, its folder is missing or
        closed to the user, or the disk is full.

    Examples
    --------
    >>> with replacing("no_such_folder/plan.gpkg") as temporary:
    ...     pass
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: The folder no_such_folder does not exist. Create it, or write elsewhere.
    """
    require_free(path, overwrite)
    target = Path(os.path.realpath(Path(path).expanduser()))
    try:
        folder = Path(tempfile.mkdtemp(prefix=".ilo_gis-", dir=target.parent))
    except OSError as error:
        raise WriteError(_reason(target, error)) from error
    try:
        temporary = folder / target.name
        yield temporary
        _settle(temporary, target)
    except OSError as error:
        raise WriteError(_reason(target, error)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def filling(path: str | os.PathLike[str], overwrite: bool = False) -> Iterator[Path]:
    """Give a temporary folder to write files to, and put them into the folder `path` when all went well.

    A new folder appears with all its files at once. Into one that is there, file after file is moved,
    each whole; other files in it stay.

    Parameters
    ----------
    path : path-like
        The folder wanted; the one that it lies in must exist.
    overwrite : bool
        Whether existing files may be replaced.

    Yields
    ------
    Path
        An empty folder.

    Raises
    ------
    WriteError
        If one of the files exists, `path` is a file, or it cannot be written there.

    Examples
    --------
    >>> with filling("no_such_folder/export") as temporary:
    ...     pass
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: The folder no_such_folder does not exist. Create it, or write elsewhere.
    """
    target = Path(os.path.realpath(Path(path).expanduser()))
    if not target.is_dir():
        require_free(path)
    elif not os.access(target, os.W_OK):
        raise WriteError(_reason(target, PermissionError()))
    try:
        folder = Path(tempfile.mkdtemp(prefix=".ilo_gis-", dir=target.parent))
    except OSError as error:
        raise WriteError(_reason(target, error)) from error
    try:
        inside = folder / target.name
        inside.mkdir()
        yield inside
        made = sorted(inside.iterdir())
        if clash := [file.name for file in made if (target / file.name).exists() and not overwrite]:
            raise WriteError(
                f"{path} has {', '.join(clash)} already. Pass overwrite=True / --overwrite to replace them."
            )
        if target.is_dir():
            for file in made:
                _settle(file, target / file.name)
        else:
            for file in made:
                _sync(file)
            inside.replace(target)
    except OSError as error:
        raise WriteError(_reason(target, error)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def require_free(path: str | os.PathLike[str], overwrite: bool = False) -> None:
    """Raise unless a file can be written at `path`; ask this before long work.

    Parameters
    ----------
    path : path-like
        The file wanted.
    overwrite : bool
        Whether an existing file may be replaced.

    Raises
    ------
    WriteError
        If the target exists, is a folder, is open in another program, or its folder is missing or
        closed to the user.

    Examples
    --------
    >>> require_free("no_such_folder/plan.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: The folder no_such_folder does not exist. Create it, or write elsewhere.
    """
    path = Path(path)
    target = path.expanduser()
    if target.is_dir():
        raise WriteError(f"{path} is a folder. Name a file in it.")
    if not target.parent.is_dir():
        if target.parent.exists():
            raise WriteError(f"{path.parent} is a file, not a folder. Write elsewhere.")
        raise WriteError(f"The folder {path.parent} does not exist. Create it, or write elsewhere.")
    if target.exists() and not overwrite:
        raise WriteError(f"{path} exists. Pass overwrite=True / --overwrite to replace it.")
    if not os.access(target.parent, os.W_OK):
        raise WriteError(_reason(target, PermissionError()))
    for suffix in ("-wal", "-journal"):
        if Path(f"{target}{suffix}").exists():
            raise WriteError(
                f"{path} is open in another program (QGIS?), or was not closed cleanly: "
                f"{target.name}{suffix} lies beside it. Close it there and try again, or write elsewhere."
            )


def require_room(path: Path, size: int) -> None:
    """Raise unless the disk has room for so many bytes beside a file, and its journal.

    Raises
    ------
    WriteError
        If it has not.

    Examples
    --------
    >>> require_room(Path("plan.gpkg"), 10**18)
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: plan.gpkg needs 2,000,000,000,000... MB, ... MB are free...
    """
    free, needed = shutil.disk_usage(path.resolve().parent).free, 2 * size + FULL
    if free < needed:
        raise WriteError(
            f"{path} needs {needed / 1e6:,.1f} MB, {free / 1e6:,.1f} MB are free. "
            "Free some space, or write elsewhere."
        )


def disk_is_full(folder: Path) -> bool:
    """Tell whether the disk that holds a folder has no room left."""
    return shutil.disk_usage(folder).free < FULL


def _settle(temporary: Path, target: Path) -> None:
    if target.exists():
        shutil.copymode(target, temporary)
    _sync(temporary)
    temporary.replace(target)
    if hasattr(os, "O_DIRECTORY"):  # the move itself lasts, where the system can promise it
        folder = os.open(target.parent, os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _reason(target: Path, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return (
            f"No right to write {target}. Write to a folder of yours, ask for the rights, "
            "or close the program that has the file open."
        )
    if disk_is_full(target.parent):
        return f"The disk is full: {target} was not written. Free some space, or write elsewhere."
    return f"{target} was not written: {error.strerror or error}. Write to another folder."
