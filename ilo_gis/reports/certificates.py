"""Certificates of parameters as pages to print and sign."""

from __future__ import annotations

import os
from pathlib import Path

from ilo_gis.errors import RuleError, WriteError
from ilo_gis.io.atomic import replacing
from ilo_gis.reports.content import certificate_content
from ilo_gis.reports.html import certificate_html
from ilo_gis.reports.pdf import certificate_pdf
from ilo_gis.reports.sketch import draw
from ilo_gis.tables.certificate import Certificate

__all__ = ["certificate_report"]

SKETCH = (80.0, 62.0)  # mm


def certificate_report(
    data: Certificate, path: str | os.PathLike[str], lang: str = "es", overwrite: bool = False
) -> Path:
    """Write a certificate of parameters as one A4 page, by the ending of the file's name.

    Parameters
    ----------
    data : Certificate
        As `zoning.certificate` makes it.
    path : path-like
        ``*.html``: one file that needs nothing else and prints on one page. ``*.pdf``: needs the extra
        ``plot``.
    lang : {"es", "en"}
        Language of the page.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    Path
        The file written. The same certificate gives the same bytes.

    Raises
    ------
    RuleError
        If the language is unknown.
    WriteError
        If the name ends otherwise, the file exists, or it cannot be written.
    ImportError
        If matplotlib is missing, for a PDF.

    References
    ----------
    Ley 29090, article 14: the certificate and what it says.

    Examples
    --------
    >>> certificate_report(None, "K-12.docx")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: A certificate is written as .html or .pdf, not K-12.docx.
    """
    target = Path(path)
    kind = target.suffix.lower()
    if kind not in (".html", ".pdf"):
        raise WriteError(f"A certificate is written as .html or .pdf, not {target.name}.")
    if lang not in ("es", "en"):
        raise RuleError(f"lang is {lang!r}; it can be es or en.")
    content, sketch = certificate_content(data, lang), draw(data.surroundings, *SKETCH)
    with replacing(target, overwrite) as temporary:
        if kind == ".html":
            temporary.write_text(certificate_html(content, sketch, lang), "utf-8")
        else:
            certificate_pdf(content, sketch, temporary)
    return target
