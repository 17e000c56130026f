"""File to file through the engines, for what is too large for one memory."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from ilo_gis.errors import Cancelled, ReadError, WriteError
from ilo_gis.io.atomic import require_free
from ilo_gis.io.parquet import read_parquet, write_parquet
from ilo_gis.progress import Progress
from ilo_gis.scale.jobs import Job, choose, do
from ilo_gis.scale.tables import TableFunction, run

__all__ = ["run_files"]


def run_files(
    files: Iterable[str | os.PathLike[str]],
    func: TableFunction,
    folder: str | os.PathLike[str],
    *,
    engine: str | None = None,
    workers: int | None = None,
    address: str | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Apply a function to GeoParquet files, one after the other or several at a time.

    Each file, a district say, becomes one file of the same name in another folder. Files go from
    disk to disk in the workers, so no memory holds more than one a worker. The large ones are
    begun first. A file that is there, and not older than what it comes from, is not made again:
    after a crash, a cancel or an error, call once more and only the rest is done. For another
    function or rule, name another folder.

    Parameters
    ----------
    files : iterable of path-like
        GeoParquet files, of different names.
    func : callable
        Table in, table out, as for `run`. It gets a file in parts of about 500 rows.
    folder : path-like
        The folder for the results. A cluster must see it, and the files, under the same paths.
    engine, workers, address, progress
        As for `run`. With None, processes if there are several files to make.

    Returns
    -------
    list of Path
        The files made or found made, in the order of `files`.

    Raises
    ------
    ReadError
        If a file is missing, or no GeoParquet.
    WriteError
        If a result cannot be written, two would have the same name, or one would replace its source.
    WorkersLost, RuleError
        As for `run`.
    Cancelled
        If `progress` returned False; the files made stay.
    ImportError
        If pyarrow, or dask.distributed when asked for, is not installed.

    Examples
    --------
    >>> run_files(["no_such_district.parquet"], lambda part: part, ".")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such_district.parquet. Check the path.
    """
    pairs = _pairs([Path(file) for file in files], Path(folder))
    todo = sorted((pair for pair in pairs if not _made(*pair)), key=_size, reverse=True)
    engine = choose(engine, workers, address, len(todo) > 1)
    jobs = [Job(str(pair[0]), pair, float(_size(pair))) for pair in todo]
    try:
        do(
            partial(_make, func),
            jobs,
            engine,
            workers=workers,
            address=address,
            progress=progress,
            unit="file",
        )
    except Cancelled:
        made = sum(_made(*pair) for pair in pairs)
        raise Cancelled(
            f"Stopped; {made} of {len(pairs)} files are made and stay. Call again for the others."
        ) from None
    return [target for _, target in pairs]


def _make(func: TableFunction, pair: tuple[Path, Path]) -> None:
    source, target = pair
    write_parquet(run(read_parquet(str(source)), func, engine="serial"), target, overwrite=True)


def _made(source: Path, target: Path) -> bool:
    return target.exists() and target.stat().st_mtime >= source.stat().st_mtime


def _size(pair: tuple[Path, Path]) -> int:
    return max(pair[0].stat().st_size, 1)


def _pairs(sources: list[Path], folder: Path) -> list[tuple[Path, Path]]:
    """Return where each file comes from and goes to, after a look at what would fail only later."""
    names: dict[str, Path] = {}
    for source in sources:
        if not source.is_file():
            raise ReadError(f"There is no file {source}. Check the path.")
        if source.name in names:
            raise WriteError(
                f"{names[source.name]} and {source} would both become {folder / source.name}. Rename one."
            )
        names[source.name] = source
        require_free(folder / source.name, overwrite=True)
        if source.resolve() == (folder / source.name).resolve():
            raise WriteError(f"{source} would be replaced by its own result. Name another folder.")
    return [(source.resolve(), folder.resolve() / name) for name, source in names.items()]
