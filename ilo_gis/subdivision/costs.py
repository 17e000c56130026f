"""What it costs to service land, network by network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ilo_gis.errors import NormError

__all__ = ["Cost", "costs"]

FILE = "costs."


class Cost(NamedTuple):
    """What one network costs: its name, the name to print, the amount, the money, the source.

    `example` tells that the unit cost is an example (status "illustrative").
    """

    name: str
    label: str
    label_es: str
    amount: float
    money: str
    source: str
    example: bool


def costs(norms: Mapping[str, Any], measures: Mapping[str, float]) -> list[Cost]:
    """Return what each network costs, from the unit costs among the norms (``costs.toml``).

    Parameters
    ----------
    norms : mapping of str to Norm
        Norms in force; a unit such as ``USD/m`` tells the money and what it is paid for.
    measures : mapping of str to float
        How much there is to be paid for: ``m2`` of street land, ``m`` of street, ``lot``.

    Returns
    -------
    list of Cost
        One for each norm of the file ``costs``.

    Raises
    ------
    NormError
        If a unit cost is for something else, or two are in different money.

    References
    ----------
    A. Bertaud, M.-A. Bertaud and J. Wright, "Efficiency in land use and infrastructure design",
    World Bank discussion paper INU 17, 1988.

    Examples
    --------
    >>> found = costs(ilo_gis.norms.load("pe"), {"m2": 100.0, "m": 10.0, "lot": 4.0})
    >>> [(one.name, one.amount, one.money) for one in found][:2]
    [('paving', 891.0, 'USD'), ('power', 200.0, 'USD')]
    """
    found = []
    for id_ in sorted(k for k in norms if k.startswith(FILE)):
        norm = norms[id_]
        money, _, per = str(norm.unit).partition("/")
        if per not in measures:
            known = ", ".join(f"{money}/{measure}" for measure in measures)
            raise NormError(f"{id_} has the unit {norm.unit!r}. A unit cost has one of these: {known}.")
        source = f"{norm.value:g} {norm.unit}: {norm.source}"
        name = id_.removeprefix(FILE)
        amount, example = norm.value * measures[per], norm.status == "illustrative"
        found.append(Cost(name, norm.description, norm.title_es, amount, money, source, example))
    if len(monies := {one.money for one in found}) > 1:
        raise NormError(
            f"Unit costs are in {', '.join(sorted(monies))}, so they cannot be added. Write all of them "
            "in one money, in a folder of norms of your own."
        )
    return found
