"""What a plan must have and should be like: the brief (programa) that a city gives its planner."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import isfinite
from numbers import Integral, Real
from pathlib import Path
from typing import Any, Self

from ilo_gis.errors import ReadError, RuleError
from ilo_gis.subdivision.rule import LotRule

__all__ = ["Brief", "ParkRule"]

Point = tuple[float, float]
CLASSES = ("collector", "principal", "secondary", "passage")
WORDS = ("best", "contours")
FAVOURS = ("lots", "streets", "slope", "green")
MODES = ("clean", "most")
METRES = ("street_width", "min_block_length", "max_block_length", "max_dead_end", "turning_circle")


@dataclass(frozen=True)
class ParkRule:
    """What land for parks and other public uses must be like.

    Parameters
    ----------
    parks : tuple of str
        Kinds of reserves that are parks: they have a least width and must be in reach of the lots.
    smallest : mapping of str to float
        Least area of a piece by kind, in m2; kinds not named may be of any size.
    width : float
        Least width of a park, in m, sidewalks not counted.
    reach : float
        Farthest that a lot may lie from a park, in m of walking along streets.
    one_piece : float
        Share of the park land that lies in one piece, on sites over `one_piece_over` m2.
    one_piece_over : float
        In m2.

    Raises
    ------
    RuleError
        If a value is no sensible number.

    References
    ----------
    RNE GH.020, articles 27 to 30.

    Examples
    --------
    >>> ParkRule().smallest["recreation"]
    800.0
    """

    parks: tuple[str, ...] = ("recreation", "parks_zonal")
    smallest: Mapping[str, float] = field(
        default_factory=lambda: {"recreation": 800.0, "education": 400.0, "other": 400.0}
    )
    width: float = 25.0
    reach: float = 300.0
    one_piece: float = 0.30
    one_piece_over: float = 100_000.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "parks", tuple(self.parks))
        object.__setattr__(self, "smallest", _mapping("smallest", self.smallest, "m2"))
        for name, unit in (("width", "m"), ("reach", "m"), ("one_piece_over", "m2")):
            _number(f"parks: {name}", getattr(self, name), unit)
        _share("parks: one_piece", self.one_piece)


@dataclass(frozen=True)
class Brief:
    """What a plan must have and should be like.

    Parameters
    ----------
    rule : LotRule
        What a lot must be.
    reserves : float or mapping of str to float
        Share of the land that is kept for public use, or shares by kind, such as
        ``{"recreation": 0.08, "education": 0.02, "other": 0.03}``. A single share is recreation.
        By default 0: a brief of a rule alone requires no reserves, whatever the norms ask;
        `Brief.from_norms` takes theirs.
        The land is the site less collectors and larger roads.
    street_width : float
        Width of all local streets, in m, where `sections` does not name their class.
    sections : mapping of str to float
        Widths in m by class: ``collector``, ``principal``, ``secondary``, ``passage``.
    min_block_length, max_block_length : float
        Distance between street crossings, in m.
    orientation : {"best", "contours"}, float or sequence of points
        Direction of the rows of lots: the best found; along the contours of the ground; an
        azimuth in degrees clockwise from grid north; or along a line of points (m).
    entrances : sequence of points
        Where streets join the city, in the CRS of the site (m). By default the best place found.
    dead_ends : bool
        Whether streets may lead into land that no other reaches, and end there in a turning circle.
    max_dead_end, turning_circle : float
        Greatest length of such a street and diameter of its circle, in m.
    passages : bool
        Whether every other cross street is a pedestrian passage.
    mode : {"clean", "most"}
        How lots are cut, as in `cut_lots`.
    favour : {"lots", "streets", "slope", "green"} or mapping of str to float
        What the best plan has: most lots, least street a lot, least slope along the streets, most
        lots near green; or weights of these.
    parks : ParkRule
        What land for parks and other public uses must be like.
    persons : float
        Persons a lot.
    alternatives : int
        How many different plans the search keeps.
    seed : int
        Of the search: another seed tries the rows at other places; the same gives the same plans.

    Raises
    ------
    RuleError
        If a value is no sensible number or word, or the brief contradicts itself.

    References
    ----------
    RNE TH.010, articles 9 and 10 (lots and reserves); GH.020, articles 8 to 15 (streets and blocks)
    and 27 to 30 (reserves).

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> brief = Brief(rule=rule, reserves=0.13)
    >>> brief.shares, brief.width("secondary")
    ({'recreation': 0.13}, 12.0)
    """

    rule: LotRule
    reserves: float | Mapping[str, float] = 0.0
    street_width: float = 12.0
    sections: Mapping[str, float] = field(default_factory=dict)
    min_block_length: float = 40.0
    max_block_length: float = 120.0
    orientation: str | float | tuple[Point, ...] = "best"
    entrances: tuple[Point, ...] = ()
    dead_ends: bool = False
    max_dead_end: float = 100.0
    turning_circle: float = 12.0
    passages: bool = False
    mode: str = "most"
    favour: str | Mapping[str, float] = "lots"
    parks: ParkRule = field(default_factory=ParkRule)
    persons: float = 5.0
    alternatives: int = 3
    seed: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.rule, LotRule):
            raise RuleError(f"rule is {self.rule!r}; it should be a LotRule(min_area=..., min_frontage=...).")
        if isinstance(self.reserves, Mapping):
            object.__setattr__(self, "reserves", _mapping("reserves", self.reserves, "", zero=True))
        total = sum(self.shares.values())
        if not 0 <= total < 1:
            raise RuleError(f"reserves add up to {total:.0%} of the land; they should leave some for lots.")
        for name in METRES:
            _number(name, getattr(self, name), "m")
        _number("persons", self.persons, "persons")
        object.__setattr__(self, "sections", _mapping("sections", self.sections, "m"))
        if unknown := set(self.sections) - set(CLASSES):
            raise RuleError(f"sections names {sorted(unknown)}; the classes are {', '.join(CLASSES)}.")
        self._require_blocks()
        self._require_direction()
        object.__setattr__(self, "entrances", _points("entrances", self.entrances))
        self._require_words()

    def _require_words(self) -> None:
        for name, known in (("mode", MODES), ("favour", FAVOURS)):
            value = getattr(self, name)
            if isinstance(value, str) and value not in known:
                raise RuleError(f"{name} is {value!r}; it should be one of {', '.join(known)}.")
        if not isinstance(self.favour, str):
            object.__setattr__(self, "favour", _mapping("favour", self.favour, "", zero=True))
            if unknown := set(self.favour) - set(FAVOURS):
                raise RuleError(f"favour names {sorted(unknown)}; it should name {', '.join(FAVOURS)}.")
        for name in ("alternatives", "seed"):
            value = getattr(self, name)
            least = 1 if name == "alternatives" else 0
            if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
                raise RuleError(f"{name} is {value!r}; it should be a whole number from {least} on.")

    def _require_blocks(self) -> None:
        """Raise if blocks cannot hold lots."""
        if self.max_block_length < 2 * self.rule.min_frontage:
            raise RuleError(
                f"max_block_length is {self.max_block_length:g} m, shorter than two lots of "
                f"{self.rule.min_frontage:g} m. Raise it, or take a smaller front."
            )
        if self.min_block_length > self.max_block_length:
            raise RuleError(
                f"min_block_length {self.min_block_length:g} m is more than max_block_length "
                f"{self.max_block_length:g} m."
            )

    def _require_direction(self) -> None:
        way = self.orientation
        if isinstance(way, str):
            if way not in WORDS:
                raise RuleError(
                    f"orientation is {way!r}; it should be {', '.join(WORDS)}, an azimuth in degrees, or a "
                    "line of points."
                )
        elif isinstance(way, Real) and not isinstance(way, bool):
            if not isfinite(way):
                raise RuleError(f"orientation is {way!r}; it should be an azimuth in degrees.")
        else:
            object.__setattr__(self, "orientation", _points("orientation", way))
            if len(set(self.orientation)) < 2:  # type: ignore[arg-type]
                raise RuleError("orientation is a line of fewer than two points. Give at least two.")

    @property
    def shares(self) -> dict[str, float]:
        """Shares of the land to be reserved, by kind; none of them zero."""
        given = self.reserves if isinstance(self.reserves, Mapping) else {"recreation": self.reserves}
        _mapping("reserves", given, "", zero=True)
        return {kind: float(share) for kind, share in given.items() if share > 0}

    def width(self, street_class: str) -> float:
        """Return the width of a class of street, in m."""
        return float(self.sections.get(street_class, self.street_width))

    @classmethod
    def from_norms(cls, norms: Mapping[str, Any], lot_type: int, **changes: Any) -> Self:
        """Return the brief that the norms set for a lot type of TH.010.

        Parameters
        ----------
        norms : mapping of str to Norm
            Norms in force: ``norms.load("pe")``.
        lot_type : int
            Type 1 to 6.
        **changes
            Parameters that replace those of the norms.

        Raises
        ------
        RuleError
            If the norms set no area or front (type 5) and no `rule` is given.

        References
        ----------
        RNE TH.010, articles 9 and 10; GH.020, articles 8 to 15 and 27 to 30.

        Examples
        --------
        >>> brief = Brief.from_norms(ilo_gis.norms.load("pe"), lot_type=4)
        >>> brief.shares, brief.width("principal")
        ({'recreation': 0.08, 'education': 0.02, 'other': 0.03}, 15.0)
        """
        piece, pool = norms["gh020.park_one_piece"].value, norms["gh020.block_length"].value
        turning = norms["gh020.turning_circle"].value
        smallest = {k: float(v) for k, v in norms["gh020.smallest_reserve"].value.items()}
        given: dict[str, Any] = {
            "reserves": dict(norms[f"th010.reserves_{lot_type}"].value),
            "sections": {
                "principal": norms["gh020.local_principal_housing"].value["width"],
                "secondary": norms["gh020.local_secondary_housing"].value["width"],
                "passage": norms["gh020.passage"].value["min_width"],
            },
            "min_block_length": float(pool["min"]),
            "max_dead_end": float(turning["max_street_length"]),
            "turning_circle": float(turning["min_diameter"]),
            "parks": ParkRule(
                smallest=smallest,
                width=float(norms["gh020.park_width"].value),
                reach=float(norms["gh020.park_distance"].value),
                one_piece=float(piece["share"]),
                one_piece_over=float(piece["site_over"]) * 10_000,
            ),
        } | changes
        if "rule" not in given:
            given["rule"] = LotRule.from_norms(norms, lot_type)
        return cls(**given)

    @classmethod
    def from_toml(cls, path: str | Path, norms: Mapping[str, Any] | None = None) -> Self:
        """Read a brief from a TOML file.

        Its keys are the parameters of `Brief`; ``[rule]`` and ``[parks]`` are tables of their own.
        With ``lot_type`` the norms fill in what the file leaves out.

        Parameters
        ----------
        path : path-like
            The file.
        norms : mapping of str to Norm, optional
            Norms in force, needed for ``lot_type``.

        Raises
        ------
        ReadError
            If there is no such file, or it is no TOML.
        RuleError
            If a key is unknown, or a value makes no sense.

        Examples
        --------
        >>> Brief.from_toml("no_such.toml")
        Traceback (most recent call last):
        ilo_gis.errors.ReadError: There is no file no_such.toml. Check the path and the name.
        """
        try:
            said = tomllib.loads(Path(path).read_text("utf-8"))
        except FileNotFoundError:
            raise ReadError(f"There is no file {path}. Check the path and the name.") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ReadError(f"{path} is no TOML: {error}.") from error
        return cls.from_mapping(said, norms)

    @classmethod
    def from_mapping(cls, said: Mapping[str, Any], norms: Mapping[str, Any] | None = None) -> Self:
        """Return the brief that nested mappings tell, such as those of a TOML file.

        Raises
        ------
        RuleError
            If a key is unknown, or a value makes no sense.

        Examples
        --------
        >>> Brief.from_mapping({"reserves": 0.1, "rule": {"min_area": 120, "min_frontage": 7}}).rule.depth
        34.285714285714285
        """
        given = dict(said)
        lot_type = given.pop("lot_type", None)
        _known("brief", given, cls)
        limits, parks = given.pop("rule", {}), given.pop("parks", None)
        _known("brief, [rule]", limits, LotRule)
        if parks is not None:
            _known("brief, [parks]", parks, ParkRule)
            given["parks"] = ParkRule(**parks)
        if lot_type is None:
            missing = {"min_area", "min_frontage"} - set(limits)
            if missing:
                raise RuleError(
                    f"brief: {', '.join(sorted(missing))} is missing under [rule]. Give it, or a lot_type."
                )
            return cls(rule=LotRule(**limits), **given)
        if norms is None:
            raise RuleError("brief: lot_type needs norms. Pass `norms=ilo_gis.norms.load('pe')`.")
        return cls.from_norms(norms, lot_type, rule=LotRule.from_norms(norms, lot_type, **limits), **given)


def _known(where: str, given: Any, model: type) -> None:
    if not isinstance(given, Mapping):
        raise RuleError(f"{where} is {given!r}; it should be a table of names and values.")
    names = [f.name for f in fields(model)]
    if unknown := sorted(set(given) - set(names)):
        raise RuleError(f"{where}: {', '.join(unknown)} is not known. It can have: {', '.join(names)}.")


def _number(name: str, value: Any, unit: str, *, zero: bool = False) -> float:
    fine = isinstance(value, Real) and not isinstance(value, bool) and isfinite(value)
    if not fine or value < 0 or (value == 0 and not zero):
        kind = "a number from 0 on" if zero else "a positive number"
        raise RuleError(f"{name} is {value!r}; it should be {kind}{f' of {unit}' if unit else ''}.")
    return float(value)


def _share(name: str, value: Any) -> None:
    if _number(name, value, "", zero=True) > 1:
        raise RuleError(f"{name} is {value!r}; it should be a share from 0 to 1.")


def _mapping(name: str, given: Any, unit: str, *, zero: bool = False) -> Mapping[str, float]:
    if not isinstance(given, Mapping):
        raise RuleError(f"{name} is {given!r}; it should be a mapping of names to numbers.")
    return {str(k): _number(f"{name}: {k}", v, unit, zero=zero) for k, v in given.items()}


def _points(name: str, given: Any) -> tuple[Point, ...]:
    try:
        points = tuple((float(x), float(y)) for x, y in given)
    except (TypeError, ValueError):
        raise RuleError(
            f"{name} is {given!r}; it should be a list of points, such as [[254000, 8047000]]."
        ) from None
    if not all(isfinite(x) and isfinite(y) for x, y in points):
        raise RuleError(f"{name} has a coordinate that is no number: {given!r}.")
    return points
