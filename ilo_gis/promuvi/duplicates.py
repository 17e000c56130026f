"""Entries that may be the same person or household twice: ids and reasons for review, nothing else."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.tables import complete, conform, empty
from ilo_gis.tables.reading import plain

__all__ = ["duplicate_reasons", "near_duplicates"]

ALIKE = ["members", "dependants", "settlement", "income"]
Pairs = NDArray[np.int64]  # two columns: rows of a table


def near_duplicates(
    people: pd.DataFrame | None = None, households: pd.DataFrame | None = None
) -> pd.DataFrame:
    """List pairs of persons, or of households, that may be the same, for somebody to review.

    Persons: the same document, one digit off or two neighbouring digits swapped; nearly the same name and
    the same day of birth; the same telephone in two households. Households, where there is no file of
    people: the same number of members and dependants, settlement and income, a weak hint.

    Parameters
    ----------
    people : DataFrame, optional
        Private table ``people``. Only ids come out of it.
    households : DataFrame, optional
        Table ``households``; looked at only without `people`.

    Returns
    -------
    DataFrame
        Table ``near_duplicates``: ids, ids of the households, ``reasons`` (codes), ``strength``.

    Raises
    ------
    RuleError
        If neither table is given.
    SchemaError
        If a table lacks required columns, or ids repeat. No value of `people` is named.

    References
    ----------
    Dice 1945, "Measures of the amount of ecologic association between species", Ecology 26(3): the likeness
    of names. López Follegatti 1999, section III.d: one property a family.

    Examples
    --------
    >>> people = pandas.DataFrame({"household_id": ["H1", "H2", "H3"],
    ...     "document": ["40123456", "40123465", None],
    ...     "name": ["Rosa Díaz Ramos", "Rosa Dias Ramos", "Luis Paz"],
    ...     "birth": pandas.to_datetime(["1960-05-04", "1960-05-04", "1970-01-02"])},
    ...     index=pandas.Index(["N1", "N2", "N3"], name="person_id"))
    >>> near_duplicates(people)["reasons"].to_dict()
    {'N1|N2': 'document_swapped;name_and_birth'}
    """
    if people is None and households is None:
        raise RuleError("Give the private table people, or households, to look for entries that are twice.")
    if people is None:
        homes = complete(households, "households").sort_index()
        known = homes.dropna(subset=["income", "settlement"])
        found = {"same_household": _equal(_codes(known[ALIKE]))}
        return _table(found, known.index, known.index.to_numpy(), "households")
    known = complete(people, "people").sort_index()
    household = known["household_id"].astype(str).to_numpy()
    document = known["document"].astype("string").str.replace(r"\W", "", regex=True).str.upper().fillna("")
    phone = known["phone"].astype("string").str.replace(r"\D", "", regex=True).fillna("")
    same_phone = _equal(_codes(phone.replace("", pd.NA).to_frame()))
    found = {"same_document": _equal(_codes(document.replace("", pd.NA).to_frame()))}
    found["document_digit"], found["document_swapped"] = _misread(document.to_numpy(object))
    found["name_and_birth"] = _near_names(known)
    found["same_phone"] = same_phone[household[same_phone[:, 0]] != household[same_phone[:, 1]]]
    return _table(found, known.index, household, "persons")


def duplicate_reasons(lang: str = "es") -> dict[str, str]:
    """Return the texts of the reasons by their code.

    Examples
    --------
    >>> duplicate_reasons()["same_document"]
    'El mismo documento.'
    """
    return {code: reason[lang] for code, reason in _settings()["reasons"].items()}


@cache
def _settings() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "duplicates.toml").read_text("utf-8"))


def _codes(columns: pd.DataFrame) -> NDArray[np.int64]:
    """Give rows with the same values the same number, and -1 to those where one is missing."""
    codes = columns.groupby(list(columns), sort=False, dropna=False).ngroup().to_numpy(np.int64)
    return np.where(columns.isna().any(axis=1), -1, codes)


def _equal(codes: NDArray[np.int64]) -> Pairs:
    """Return all pairs of rows of the same number, each once; what too many share stands for no data."""
    rows = np.flatnonzero(codes >= 0)
    rows = rows[np.argsort(codes[rows], kind="stable")]
    _, start, count = np.unique(codes[rows], return_index=True, return_counts=True)
    few = count <= _settings()["shared_by"]
    start, count = start[few], count[few]
    pairs = [np.empty((0, 2), np.int64)]
    for size in np.unique(count[count > 1]):  # all groups of a size at once
        one, other = np.triu_indices(size, 1)
        first = start[count == size][:, None]
        pairs.append(np.stack([rows[first + one].ravel(), rows[first + other].ravel()], axis=1))
    return np.concatenate(pairs)


def _misread(documents: NDArray[np.object_]) -> tuple[Pairs, Pairs]:
    """Return pairs of documents that differ in one place, and with two neighbouring places swapped.

    Each place (or two) is blanked in turn: what is the same then, and was not before, is a pair.
    """
    digit, swapped = [np.empty((0, 2), np.int64)], [np.empty((0, 2), np.int64)]
    lengths = np.array([len(one) for one in documents], dtype=np.int64)
    for length in np.unique(lengths[lengths > 1]):
        rows = np.flatnonzero(lengths == length)
        signs = np.array([list(one) for one in documents[rows]], dtype="U1")
        for place in range(length):
            rest = np.delete(signs, place, axis=1)
            pairs = _equal(_same_rows(rest))
            digit.append(rows[pairs[signs[pairs[:, 0], place] != signs[pairs[:, 1], place]]])
            if place + 1 < length:
                pairs = _equal(_same_rows(np.delete(signs, (place, place + 1), axis=1)))
                a, b = signs[pairs[:, 0], place : place + 2], signs[pairs[:, 1], place : place + 2]
                swapped.append(rows[pairs[(a == b[:, ::-1]).all(axis=1) & (a != b).any(axis=1)]])
    return np.concatenate(digit), np.concatenate(swapped)


def _same_rows(signs: NDArray[np.str_]) -> NDArray[np.int64]:
    words = (
        np.ascontiguousarray(signs).view(f"U{signs.shape[1]}").ravel()
        if signs.shape[1]
        else signs[:, :0].sum(1)
    )
    return np.unique(words, return_inverse=True)[1].astype(np.int64)


def _near_names(people: pd.DataFrame) -> Pairs:
    """Return pairs born on the same day whose names share most of their pairs of letters."""
    from scipy.sparse import csr_array

    pairs = _equal(_codes(people[["birth"]]))
    if not len(pairs):
        return pairs
    rows, wanted = np.unique(pairs, return_inverse=True)
    names = [plain(name) for name in people["name"].iloc[rows].fillna("")]
    grams = [{f" {word}"[k : k + 2] for word in name.split("_") for k in range(len(word))} for name in names]
    known = {gram: k for k, gram in enumerate(sorted(set().union(*grams)))}
    column = np.array([known[gram] for each in grams for gram in sorted(each)], dtype=np.int64)
    row = np.repeat(np.arange(len(rows)), [len(each) for each in grams])
    has = csr_array((np.ones(len(row)), (row, column)), shape=(len(rows), max(len(known), 1)))
    one, other = wanted.reshape(pairs.shape).T
    shared = np.asarray((has[one] * has[other]).sum(axis=1)).ravel()
    size = np.array([len(each) for each in grams], dtype=float)
    near = 2 * shared / np.maximum(size[one] + size[other], 1) >= _settings()["near_name"]
    return pairs[near]


def _table(found: dict[str, Pairs], index: pd.Index, household: NDArray[np.object_], of: str) -> pd.DataFrame:
    """Return each pair once, with all its reasons in the order of the file."""
    joined = pd.concat(
        [
            pd.DataFrame(np.sort(pairs, axis=1), columns=["a", "b"]).assign(code=code)
            for code, pairs in found.items()
        ]
    ).drop_duplicates()
    if joined.empty:
        return empty("near_duplicates")
    known = _settings()["reasons"]
    joined["strong"] = joined["code"].map({code: one["strength"] == "strong" for code, one in known.items()})
    each = joined.groupby(["a", "b"], sort=True).agg(reasons=("code", ";".join), strong=("strong", "any"))
    a, b = (each.index.get_level_values(k).to_numpy() for k in ("a", "b"))
    ids = index.astype(str).to_numpy(object)
    table = pd.DataFrame(
        {
            "of": pd.Categorical([of] * len(each), ["persons", "households"]),
            "one": ids[a],
            "other": ids[b],
            "household_one": household[a],
            "household_other": household[b],
            "reasons": each["reasons"].to_numpy(),
            "strength": pd.Categorical(np.where(each["strong"], "strong", "weak"), ["strong", "weak"]),
        },
        index=pd.Index(ids[a] + "|" + ids[b], name="pair_id"),
    )
    return conform(table, "near_duplicates")
