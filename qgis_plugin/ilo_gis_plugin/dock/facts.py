"""What a project tells of itself, and the norms in force."""

from functools import cache

__all__ = ["norms_in_force", "rule_in"]


def rule_in(address):
    """Return the rule that the lots of a project are laid out by; None where it does not tell."""
    from ilo_gis.io import open as open_store
    from ilo_gis.subdivision import rule_of

    if address is None:
        return None
    with open_store(address) as store:
        return rule_of(store.info())


@cache
def norms_in_force():
    """Return the norms of today, read once."""
    from ilo_gis.norms import load

    return load("pe")
