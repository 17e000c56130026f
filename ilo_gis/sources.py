"""Files of rules: TOML to entries with the line of every key, and how far to trust what they say."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from ilo_gis.errors import NormError

__all__ = ["CONFIDENCE", "STATUS", "Source", "parse"]

CONFIDENCE = {
    "read": "read in a published text of the norm, or of one who quotes it",
    "published code": "taken from public software that applies the norm and cites its article",
    "paper": "stated in a published paper about Ilo",
    "verified": "confirmed by running software",
    "derived": "our own arithmetic on other figures of these files",
    "memory-high": "from memory, unchecked, most likely right",
    "memory-mid": "from memory, unchecked, check before use",
    "memory-low": "from memory, unchecked, little more than a guess",
}
"""How a value is known. The words are closed: a file that uses another one is refused."""

STATUS = {
    "settled": "no source we know of says otherwise; how well it is known, `confidence` tells",
    "unresolved": "sources disagree, or value, date or scope is still to be checked",
    "illustrative": "an example, a custom or a proposal; it binds nobody",
}
"""What stands behind a value. The words are closed."""

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*\[{{1,2}}\s*({_DOTTED})\s*\]")
_PAIR = re.compile(rf"\s*({_DOTTED})\s*=")

Path = tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """One parsed file: its name, its entries and the line of every key in it.

    Attributes
    ----------
    name : str
        Path to show in messages.
    stem : str
        Name of the file without ending: the first half of the ids.
    entries : dict
        What TOML says.
    lines : dict of int
        Line (from 1) of each key, by its path from the top of the file.
    """

    name: str
    stem: str
    entries: dict[str, Any]
    lines: dict[Path, int]

    def line(self, *path: str) -> int:
        """Return the line of a key, or of the nearest table around it that has a line."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(data: bytes, name: str, stem: str) -> Source:
    """Read the bytes of one TOML file.

    Parameters
    ----------
    data : bytes
        The file.
    name, stem : str
        Its path for messages, and its name without ending.

    Returns
    -------
    Source
        Entries and lines.

    Raises
    ------
    NormError
        If it is no UTF-8 or no TOML. File, line and the nearest key are named.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{name}, line {line}: the file is not in UTF-8. Save it again with the encoding UTF-8."
        raise NormError(message) from error
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NormError(_syntax_message(str(error), text, name)) from error
    return Source(name, stem, entries, _lines(text))


def _syntax_message(problem: str, text: str, name: str) -> str:
    """Say where the TOML breaks: tomllib gives the line, the key is read off the text before it."""
    found = re.search(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)", problem)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    known = [(number, path) for path, number in _lines(text).items() if number <= line]
    key = f", near key {'.'.join(max(known)[1])}" if known else ""
    what = problem[: found.start()] if found else problem
    return (
        f"{name}, line {line}{key}: not valid TOML: {what}. Write one `key = value` a line under a [name] in "
        "brackets, with text in double quotes."
    )


def _lines(text: str) -> dict[Path, int]:
    """Map the path of each header and key to the line where it is first met."""
    lines: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = path = _split(header[1])
        elif pair := _PAIR.match(line):
            path = table + _split(pair[1])
        else:
            continue
        for depth in range(1, len(path) + 1):
            lines.setdefault(path[:depth], number)
    return lines


def _split(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))
