"""Progress and cancel: how long functions tell how far they are, and are stopped."""

from __future__ import annotations

from collections.abc import Callable

from ilo_gis.errors import Cancelled

__all__ = ["Progress", "go_on", "within"]

Progress = Callable[[float, str], bool]  # called with the share done and a text; False stops the work


def go_on(progress: Progress | None, share: float, text: str) -> None:
    """Tell how far the work is; raise `Cancelled` if it is to stop.

    Examples
    --------
    >>> go_on(lambda share, text: False, 0.5, "measuring")
    Traceback (most recent call last):
    ilo_gis.errors.Cancelled: Stopped while measuring; nothing was changed.
    """
    if progress is not None and progress(share, text) is False:
        raise Cancelled(f"Stopped while {text}; nothing was changed.")


def within(progress: Progress | None, start: float, stop: float) -> Progress | None:
    """Return the progress of a part of the work, which runs from one share of the whole to another.

    Examples
    --------
    >>> within(lambda share, text: print(share) is None, 0.2, 0.6)(0.5, "")
    0.4
    True
    """
    if progress is None:
        return None
    return lambda share, text: progress(start + (stop - start) * share, text)
