"""Every error the library raises. Each message says what is wrong, where, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

__all__ = [
    "CRSError",
    "Cancelled",
    "ConflictError",
    "EventsRefused",
    "ExactnessError",
    "GeometryError",
    "IloGisError",
    "LockedError",
    "NormError",
    "PasswordError",
    "PrivacyError",
    "ReadError",
    "RuleError",
    "SchemaError",
    "WriteError",
    "did_you_mean",
    "near_words",
    "some_ids",
    "without_password",
]

SHOWN = 10  # ids that a message names
PASSWORD = re.compile(r"(://?[^\s/:@]*:)\S*@")  # of an address, also where a path made one slash of two


class IloGisError(ValueError):
    """Base class of all ilo_gis errors."""


class CRSError(IloGisError):
    """The layer has no CRS, is not in metres, or two layers have different ones."""


class SchemaError(IloGisError):
    """A layer does not have the columns, types or ids its table asks for."""


class GeometryError(IloGisError):
    """Geometries are missing, empty, of the wrong type, not finite or not valid."""


class RuleError(IloGisError):
    """A rule or parameter has a value that makes no sense."""


class LockedError(RuleError):
    """A change would alter lots that are locked; `ids` names them."""

    def __init__(self, message: str, ids: Iterable[object]) -> None:
        super().__init__(message)
        self.ids = list(ids)


class NormError(IloGisError):
    """A file of norms is broken, or a norm asked for does not exist."""


class PrivacyError(IloGisError):
    """A table that is about to be written, drawn or told holds what identifies people."""


class ReadError(IloGisError):
    """A file or layer cannot be read."""


class PasswordError(ReadError):
    """A server wants a password, or another one."""


class WriteError(IloGisError):
    """A result cannot be written where it was asked to be."""


class ConflictError(WriteError):
    """Another editor changed the same rows since they were read; `table` and `ids` name them."""

    def __init__(self, message: str, table: str, ids: Iterable[object] = ()) -> None:
        super().__init__(message)
        self.table, self.ids = table, list(ids)


class ExactnessError(IloGisError):
    """A result broke a promise (land conserved, valid cover): a fault of ilo_gis, please report it."""


class EventsRefused(IloGisError):
    """New events break rules, and none of them was recorded; `findings` has the reasons of each."""

    def __init__(self, message: str, findings: Any) -> None:
        super().__init__(message)
        self.findings = findings


class Cancelled(IloGisError):
    """The user stopped the work."""


# -- what messages name -----------------------------------------------------------------------------


def some_ids(ids: Iterable[object]) -> str:
    """Return the first of some ids, and how many more there are.

    Examples
    --------
    >>> some_ids(range(12))
    '0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more'
    """
    listed = [str(one) for one in ids]
    return ", ".join(listed[:SHOWN]) + (f" and {len(listed) - SHOWN} more" if len(listed) > SHOWN else "")


def near_words(word: object, known: Iterable[object], most: int = 3, cutoff: float = 0.5) -> list[str]:
    """Return the known words that are most like one that is not, the nearest first, whatever their case.

    Examples
    --------
    >>> near_words("rdn", ["RDB", "CZ", "RDM"])
    ['RDM', 'RDB']
    """
    plain = {str(one).casefold(): str(one) for one in known}
    return [plain[one] for one in get_close_matches(str(word).casefold(), plain, n=most, cutoff=cutoff)]


def did_you_mean(word: object, known: Iterable[object]) -> str:
    """Return a hint at the known words that are near to one, in brackets, or nothing.

    Examples
    --------
    >>> did_you_mean("layers", ["layer", "width"])
    ' (did you mean layer?)'
    """
    near = near_words(word, known, cutoff=0.6)
    return f" (did you mean {' or '.join(near)}?)" if near else ""


def without_password(text: str) -> str:
    """Return a message without the password of an address in it.

    Examples
    --------
    >>> without_password("There is no file postgresql:/ana:secret@planning/ilo.")
    'There is no file postgresql:/ana:***@planning/ilo.'
    """
    return PASSWORD.sub(r"\1***@", text)
