"""What the steps to the title cost, and which event of a lot makes which charge due."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path

import pandas as pd

from ilo_gis import norms
from ilo_gis.errors import ReadError, RuleError
from ilo_gis.promuvi.money import exchange, require_rates
from ilo_gis.tables import conform, empty
from ilo_gis.tables.entries import standing

__all__ = ["charges_for", "fee_cap", "fee_steps"]

CAP = "promuvi.fee_cap"
CENTS = 100


def fee_steps(path: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Return the steps that are charged for, in their order, with what each costs (``fees.toml``).

    Parameters
    ----------
    path : path-like, optional
        TOML file of your own, written as the one that ilo_gis ships; its amounts are an example that
        binds nobody.

    Returns
    -------
    DataFrame
        By ``step``: ``due_on`` (the event that makes the charge due), ``amount`` (cents), ``currency``,
        ``es``, ``en``.

    Raises
    ------
    ReadError
        If the file cannot be read, or lacks a key.
    RuleError
        If an amount is not a whole number of cents above 0.

    References
    ----------
    López Follegatti 1999, section III.d (the four steps).

    Examples
    --------
    >>> fee_steps()["amount"].to_dict()
    {'processing': 500, 'occupation': 1000, 'adjudication': 1500, 'title': 2000}
    """
    file = files(__package__) / "fees.toml" if path is None else Path(path)
    try:
        told = tomllib.loads(file.read_text("utf-8"))
        rows = [
            {"currency": told["currency"], **{key: step[key] for key in ("due_on", "amount", "es", "en")}}
            for step in told["steps"].values()
        ]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadError(f"The fees of {file} cannot be read: {error}.") from error
    except KeyError as error:
        raise ReadError(f"{file}: the key {error} is missing; see promuvi/fees.toml.") from error
    for step, row in zip(told["steps"], rows, strict=True):
        if type(row["amount"]) is not int or row["amount"] < 1:
            raise RuleError(f"{step}: {row['amount']!r} should be a whole number of cents above 0.")
    columns = ["due_on", "amount", "currency", "es", "en"]
    return pd.DataFrame(rows, index=pd.Index(told["steps"], name="step"), columns=columns)


def fee_cap(on: date) -> int:
    """Return the most that a family pays for a lot in all, US cents, by the norm of a day.

    Raises
    ------
    NormError
        If no such norm was in force.

    Examples
    --------
    >>> fee_cap(pandas.Timestamp("1996-04-01"))
    6000
    """
    return round(norms.load(on=pd.Timestamp(on).date())[CAP].value * CENTS)


def charges_for(
    events: pd.DataFrame,
    steps: pd.DataFrame | None = None,
    *,
    currency: str | None = None,
    rates: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the charges that the events of lots make due.

    Who takes a lot over by transfer goes on where the household before it was: nothing is charged twice.

    Parameters
    ----------
    events : DataFrame
        Table ``lot_events``; those that another takes back make nothing due.
    steps : DataFrame, optional
        What each step costs, as `fee_steps` returns it; without it the example.
    currency : str, optional
        Currency to charge in, at the rate of the day of the event; by default that of the steps.
    rates : DataFrame, optional
        Table ``exchange_rates``; needed for another currency than the steps'.

    Returns
    -------
    DataFrame
        Table ``charges``, by event and step: ``lot_id``, ``household_id``, ``step``, ``date``, ``amount``
        (cents), ``currency``.

    Raises
    ------
    SchemaError
        If the events are not the table, or no rate is in force on a day.

    References
    ----------
    López Follegatti 1999, section III.d: each step is charged for.

    Examples
    --------
    >>> events = pandas.DataFrame({"lot_id": "A-1", "household_id": "H-1", "kind": ["allotted", "occupied"]})
    >>> events = events.assign(date=pandas.to_datetime(["1990-01-05", "1991-02-01"]))
    >>> charges_for(events.set_axis(["E-1", "E-2"]))["amount"].to_dict()
    {'E-1-processing': 500, 'E-1-occupation': 1000, 'E-2-adjudication': 1500}
    """
    costs = fee_steps() if steps is None else steps
    told = standing(conform(events, "lot_events"))
    due = told.reset_index().merge(costs.reset_index(), left_on="kind", right_on="due_on")
    if due.empty:
        return empty("charges")
    due.index = pd.Index(due["event_id"].astype(str) + "-" + due["step"], name="charge_id")
    if currency is not None:
        known = empty("exchange_rates") if rates is None else rates
        own, other = (
            require_rates("charges", table, known) for table in (due, due.assign(currency=currency))
        )
        due = due.assign(amount=exchange(due["amount"], own, other), currency=currency)
    return conform(due[empty("charges").columns], "charges")
