"""Which encoding the texts of a file are in: what it says may be missing, or not so."""

from __future__ import annotations

import codecs
import re

from ilo_gis.errors import ReadError

__all__ = ["decoded", "encoding_of", "is_spoiled", "require_encoding"]

SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑ°ºª²³¿¡–—“”")
GUESSES = ("cp1252", "cp850")  # of Windows, and of DOS and old CAD; Latin-1 is cp1252 for every letter
SPOILED = re.compile("[ÂÃ][\u0080-\u00bf\u2018-\u203a\u0152-\u017e€™]")  # UTF-8 taken for cp1252, and saved


def encoding_of(content: bytes, declared: str | None = None) -> str:
    """Return the encoding of texts: UTF-8 where they are that, else that which gives most Spanish letters.

    Parameters
    ----------
    content : bytes
        All texts together.
    declared : str, optional
        What the file says; it wins where two give the same.

    Examples
    --------
    >>> encoding_of("Peña".encode("cp850"), "cp1252"), encoding_of("Peña".encode(), "cp1252")
    ('cp850', 'utf-8')
    """
    if content.isascii():
        return declared or "utf-8"
    if _decodes(content, "utf-8"):
        return "utf-8"
    odd = bytes(byte for byte in content if byte > 127)
    tried = [one for one in (declared, *GUESSES) if one and _decodes(odd, one)]
    return max(tried, key=lambda one: sum(c in SPANISH for c in odd.decode(one)), default="latin-1")


def decoded(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return a text and its encoding: as told, by its mark (BOM), or as `encoding_of` finds.

    Raises
    ------
    ReadError
        If `encoding` is unknown, or the text is not in it.

    Examples
    --------
    >>> decoded("vértice".encode("utf-8-sig"))
    ('vértice', 'utf-8-sig')
    """
    if encoding is None:
        marks = (
            (codecs.BOM_UTF8, "utf-8-sig"),
            (codecs.BOM_UTF16_LE, "utf-16"),
            (codecs.BOM_UTF16_BE, "utf-16"),
        )
        encoding = next((name for mark, name in marks if content.startswith(mark)), None)
        encoding = encoding or encoding_of(content)
    require_encoding(encoding)
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise ReadError(
            f"The texts are not in {encoding}: byte {error.start} does not fit. Leave `encoding=` out to "
            "have it found, or give another: utf-8, cp1252, cp850."
        ) from error


def is_spoiled(text: str) -> bool:
    """Tell whether a text was read in a wrong encoding once and saved so: Ã± for ñ.

    Examples
    --------
    >>> is_spoiled("PeÃ±a"), is_spoiled("Peña")
    (True, False)
    """
    return SPOILED.search(text) is not None


def require_encoding(encoding: str) -> None:
    """Raise unless an encoding is one."""
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise ReadError(f"There is no encoding {encoding!r}. Usual ones are utf-8, cp1252, cp850.") from error


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
