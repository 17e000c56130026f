"""Every error the library raises. Each message says what is wrong, where, and what to do."""

from __future__ import annotations

__all__ = [
    "CRSError",
    "Cancelled",
    "ExactnessError",
    "GeometryError",
    "IloGisError",
    "NormError",
    "ReadError",
    "RuleError",
    "SchemaError",
    "WriteError",
]


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


class NormError(IloGisError):
    """A file of norms is broken, or a norm asked for does not exist."""


class ReadError(IloGisError):
    """A file or layer cannot be read."""


class WriteError(IloGisError):
    """A result cannot be written where it was asked to be."""


class ExactnessError(IloGisError):
    """A result broke a promise (land conserved, valid cover): a fault of ilo_gis, please report it."""


class Cancelled(IloGisError):
    """The user stopped the work."""
