"""The norms of one day, looked up by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from ilo_gis.errors import NormError, near_words
from ilo_gis.norms.norm import Norm

if TYPE_CHECKING:  # pandas takes longer to import than all norms to read
    import pandas as pd

__all__ = ["Norms", "UnknownNormError"]

COLUMNS = ["id", "value", "unit", "article", "source", "confidence", "since", "title_es", "status"]


class UnknownNormError(NormError, KeyError):
    """No norm of that id is in force on that day. Also a KeyError, as a mapping promises."""

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError would print its message in quotes


class Norms(Mapping[str, Norm]):
    """The norms of a country in force on one day, by id.

    Parameters
    ----------
    country : str
        Code of the country, such as ``"pe"``.
    on : date
        The day.
    norms : dict of Norm
        Those in force, by id.
    absent : dict of str
        For each norm known but not in force that day, when it was or will be.

    Examples
    --------
    >>> import datetime
    >>> rules = ilo_gis.norms.load("pe", on=datetime.date(2021, 1, 1))
    >>> rules
    <Norms of pe on 2021-01-01: ... in force>
    >>> rules["th010.lot_type_3"].value["min_area"]
    160
    >>> "th010.lot_type_9" in rules
    False
    """

    def __init__(self, country: str, on: date, norms: dict[str, Norm], absent: dict[str, str]) -> None:
        self.country = country
        self.on = on
        self._norms = norms
        self.absent = absent

    def __getitem__(self, key: str) -> Norm:
        if key in self._norms:
            return self._norms[key]
        if key in self.absent:
            raise UnknownNormError(
                f"Norm {key!r} is not in force on {self.on}: {self.absent[key]}. Load the norms of a day "
                "when it was: `norms.load(..., on=datetime.date(...))`."
            )
        close = near_words(key, [*self._norms, *self.absent], cutoff=0.6)
        hint = (
            f"Did you mean {' or '.join(map(repr, close))}?" if close else "`ilo-gis norms` lists them all."
        )
        raise UnknownNormError(f"There is no norm {key!r} for {self.country!r}. {hint}")

    def __contains__(self, key: object) -> bool:
        return key in self._norms

    def __iter__(self) -> Iterator[str]:
        return iter(self._norms)

    def __len__(self) -> int:
        return len(self._norms)

    def __repr__(self) -> str:
        return f"<Norms of {self.country} on {self.on}: {len(self)} in force>"

    def table(self) -> pd.DataFrame:
        """Return the norms as a table to print, one row each.

        Returns
        -------
        DataFrame
            Columns ``id``, ``value``, ``unit``, ``article``, ``source``, ``confidence``,
            ``since``, ``title_es`` and ``status``. Values and units that are tables are
            written out as ``key value, key value``.

        Examples
        --------
        >>> table = ilo_gis.norms.load("pe").table().set_index("id")
        >>> table.loc["gh020.block_length", ["value", "unit", "confidence"]].tolist()
        ['min 40, max 300', 'm', 'published code']
        """
        import pandas as pd

        rows = [[_words(getattr(norm, name)) for name in COLUMNS] for norm in self.values()]
        return pd.DataFrame(rows, columns=COLUMNS)


def _words(value: object) -> object:
    """Write dicts and lists the way people read them; leave the rest."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(part)}" for key, part in value.items())
    if isinstance(value, list):
        return " / ".join(str(_words(part)) for part in value)
    return value
