"""Rows in the order of their ids, so that it is of no matter in which order they come."""

from __future__ import annotations

import numpy as np
import pandas as pd

__all__ = ["in_order"]


def in_order(index: pd.Index) -> pd.Index:
    """Return ids in their order; as texts where they are of several kinds.

    Examples
    --------
    >>> in_order(pandas.Index(["b", "a"])).tolist(), in_order(pandas.Index(["b", 2])).tolist()
    (['a', 'b'], [2, 'b'])
    """
    try:
        return index.sort_values()
    except TypeError:
        return index[np.argsort(index.astype(str), kind="stable")]
