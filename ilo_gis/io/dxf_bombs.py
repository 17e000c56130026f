"""Blocks within blocks: a small drawing can mean billions of entities, which GDAL would all draw."""

from __future__ import annotations

import mmap
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from ilo_gis.errors import ReadError

__all__ = ["require_few_inserts"]

MOST = 1_000_000  # entities that inserted blocks may amount to; a city's plan has some 10,000
ENTITY = re.compile(rb"(?:^|\n)[ \t]*0[ \t]*\r?\n[ \t]*([A-Z][A-Z0-9_]*)")
NAME = re.compile(rb"\n[ \t]*2[ \t]*\r?\n([^\r\n]*)")
TIMES = re.compile(rb"\n[ \t]*7[01][ \t]*\r?\n[ \t]*(\d+)")  # columns and rows of an insert


def require_few_inserts(path: Path, name: str) -> None:
    r"""Raise if the blocks that a drawing inserts, in blocks in blocks, amount to too many entities.

    Parameters
    ----------
    path : Path
        A DXF file in text.
    name : str
        What the error calls it.

    Raises
    ------
    ReadError
        If there are more than a million, or a block inserts itself.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "a.dxf")
    ...     _ = file.write_text("0\nBLOCK\n2\nA\n0\nINSERT\n2\nA\n0\nENDBLK\n")
    ...     require_few_inserts(file, "a.dxf")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: a.dxf: block 'A' inserts itself. ...
    """
    inserts: dict[bytes, Counter[bytes]] = defaultdict(Counter)  # of each block; of the drawing under b""
    own: Counter[bytes] = Counter()
    block = b""
    for kind, inner, times in _entities(path):
        if kind == b"BLOCK":
            block = inner
        elif kind == b"ENDBLK":
            block = b""
        elif kind == b"INSERT":
            inserts[block][inner] += times
        else:
            own[block] += 1
    sizes: dict[bytes, int] = {}
    try:
        for one in TopologicalSorter(inserts).static_order():
            sizes[one] = own[one] * bool(one) + sum(n * sizes[inner] for inner, n in inserts[one].items())
    except CycleError as error:
        looped = error.args[1][0].decode("latin-1")
        raise ReadError(f"{name}: block {looped!r} inserts itself. Purge the drawing in CAD.") from error
    if (count := sizes.get(b"", 0)) > MOST:
        raise ReadError(
            f"{name} inserts blocks that amount to {count:,} entities; {MOST:,} are the most. Not read. "
            "Export only the layers that you need."
        )


def _entities(path: Path) -> Iterator[tuple[bytes, bytes, int]]:
    """Yield the kind of each entity; of blocks and inserts the name, and how many times it is inserted."""
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
            last, start = b"", 0
            for found in ENTITY.finditer(text):
                yield from _named(last, text[start : found.start()])
                last, start = found[1], found.end()
            yield from _named(last, text[start:])


def _named(kind: bytes, codes: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    if kind not in (b"BLOCK", b"INSERT"):
        yield kind, b"", 1
        return
    name = NAME.search(codes)
    times = 1
    for number in TIMES.findall(codes) if kind == b"INSERT" else []:
        times *= max(int(number), 1)
    yield kind, name[1].strip().upper() if name else b"", times
