"""What water and sewer networks are designed by: demand, limits, the pipes there are, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import isfinite
from numbers import Real
from typing import Any

from ilo_gis.errors import RuleError

__all__ = ["SewerTerms", "WaterTerms"]


@dataclass(frozen=True)
class _Terms:
    """Demand, and the pipes to choose from."""

    persons: float
    litres: float
    peak: float
    diameters: tuple[float, ...]
    costs: tuple[float, ...]
    spacing: float
    reach: float

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, bool) or not isinstance(one, Real) or not isfinite(one) or one < 0:
                    raise RuleError(f"{field.name} is {value!r}; it should be numbers from 0 on.")
        if not self.diameters or len(self.diameters) != len(self.costs):
            raise RuleError(
                f"{len(self.diameters)} diameters have {len(self.costs)} costs. Give each pipe both, "
                "and one pipe at least."
            )
        if list(self.diameters) != sorted(set(self.diameters)) or not self.diameters[0] > 0:
            raise RuleError(f"diameters are {self.diameters}; give each once, from the narrowest on, in mm.")
        if not min(self.spacing, self.reach) > 0:
            raise RuleError(f"spacing is {self.spacing}, reach {self.reach}; both should be above 0 m.")

    @property
    def per_lot(self) -> float:
        """Peak flow of a lot, l/s."""
        return self.persons * self.litres * self.peak / 86_400


@dataclass(frozen=True)
class WaterTerms(_Terms):
    """What a water network is designed by.

    Parameters
    ----------
    persons : float
        Persons a lot.
    litres : float
        Water a person a day, l.
    peak : float
        Peak hour over the mean of the day: the factor of the day times that of the hour.
    diameters, costs : tuple of float
        Pipes from the narrowest: inner diameter in mm, cost laid in USD a metre.
    spacing : float
        Greatest length of a pipe between nodes, m.
    reach : float
        Greatest distance from a lot to the centre line of its street, m.
    roughness : float
        C of Hazen and Williams.
    velocity_max : float
        In m/s, at peak flow.
    pressure_min, pressure_max : float
        Least at peak flow, greatest at rest, in m of water over the ground.
    tank : float
        Height of the water level over the ground at the source, m, where no head is given.
    direct : tuple of float
        Shares of the way from the source that count when mains look for their way, from 0 (the shortest
        tree) to 1 (shortest ways from the source): each is tried, and the cheapest network kept.

    Raises
    ------
    RuleError
        If a figure makes no sense.

    Examples
    --------
    >>> round(WaterTerms.from_norms(ilo_gis.norms.load("pe")).per_lot, 4)  # 5 x 220 l x 1.3 x 1.8
    0.0298
    """

    roughness: float
    velocity_max: float
    pressure_min: float
    pressure_max: float
    tank: float
    direct: tuple[float, ...] = (0.0,)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not (self.roughness > 0 and self.velocity_max > 0):
            raise RuleError("roughness and velocity_max should be above 0.")
        if not self.direct or max(self.direct) > 1:
            raise RuleError(f"direct is {self.direct}; it should be one share or more, up to 1.")

    @classmethod
    def from_norms(cls, norms: Mapping[str, Any], **given: Any) -> WaterTerms:
        """Return the terms of the norms (``os.toml``, ``mains.toml``), save for what is given.

        Examples
        --------
        >>> WaterTerms.from_norms(ilo_gis.norms.load("pe"), litres=180.0).litres
        180.0
        """
        told = {name: norms[f"os.{name}"].value for name in ("demand", "peak", "pressure", "water_pipe")}
        pipes, layout = norms["mains.water_pipes"].value, norms["mains.layout"].value
        wide = [k for k, d in enumerate(pipes["diameter"]) if d >= told["water_pipe"]["diameter_min"]]
        known: dict[str, Any] = {
            "persons": layout["persons"],
            "litres": told["demand"]["warm"],
            "peak": told["peak"]["day"] * told["peak"]["hour_min"],
            "diameters": tuple(pipes["diameter"][k] for k in wide),
            "costs": tuple(pipes["cost"][k] for k in wide),
            "spacing": layout["spacing"],
            "reach": layout["reach"],
            "roughness": told["water_pipe"]["hazen_williams"],
            "velocity_max": told["water_pipe"]["velocity_max"],
            "pressure_min": told["pressure"]["dynamic_min"],
            "pressure_max": told["pressure"]["static_max"],
            "tank": layout["tank"],
            "direct": tuple(layout["direct"]),
        }
        return cls(**(known | given))


@dataclass(frozen=True)
class SewerTerms(_Terms):
    """What a sewer is designed by.

    Parameters
    ----------
    persons : float
        Persons a lot.
    litres : float
        Sewage a person a day, l.
    peak : float
        Peak hour over the mean of the day: the factor of the day times that of the hour.
    diameters, costs : tuple of float
        Pipes from the narrowest: inner diameter in mm, cost laid in USD a metre.
    reach : float
        Greatest distance from a lot to the centre line of its street, m.
    spacing : float
        Greatest distance between manholes, m: that of the narrowest pipe.
    manning : float
        n of Manning.
    flow_min : float
        Flow that every sewer is reckoned with at least, l/s.
    filling_max : float
        Greatest depth of water over the diameter.
    velocity_max : float
        In m/s, at peak flow.
    tractive_min : float
        Least tractive stress, Pa.
    slope_factor, slope_power : float
        Least slope: the factor over the flow in l/s to the power.
    cover_min, depth_max : float
        Least cover over the pipe; greatest depth of its bottom, m.
    earth, margin : float
        Cost of the trench, USD/m3; how much wider than the pipe it is, m.
    manhole, manhole_depth, pump : float
        Cost of a manhole, of each metre of its depth, and of a pumping station, USD.
    climb : tuple of float
        Metres of detour that a metre of added depth is worth: each is tried, and the cheapest sewer kept.

    Raises
    ------
    RuleError
        If a figure makes no sense.

    Examples
    --------
    >>> terms = SewerTerms.from_norms(ilo_gis.norms.load("pe"))
    >>> round(terms.per_lot, 4), terms.spacing, terms.depth_max  # 5 x 220 l x 0.8 x 1.3 x 1.8
    (0.0238, 80, 4.0)
    """

    manning: float
    flow_min: float
    filling_max: float
    velocity_max: float
    tractive_min: float
    slope_factor: float
    slope_power: float
    cover_min: float
    depth_max: float
    earth: float
    margin: float
    manhole: float
    manhole_depth: float
    pump: float
    climb: tuple[float, ...] = (0.0,)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not (0 < self.filling_max < 1 and self.manning > 0 and self.flow_min > 0 and self.climb):
            raise RuleError(
                "filling_max should be between 0 and 1, manning and flow_min above 0; climb needs a number."
            )
        least = self.cover_min + self.diameters[0] / 1000
        if not self.depth_max > least:
            raise RuleError(f"depth_max is {self.depth_max} m: less than cover and pipe, {least:.2f} m.")

    @classmethod
    def from_norms(cls, norms: Mapping[str, Any], **given: Any) -> SewerTerms:
        """Return the terms of the norms (``os.toml``, ``mains.toml``), save for what is given.

        Examples
        --------
        >>> SewerTerms.from_norms(ilo_gis.norms.load("pe"), depth_max=5.0).depth_max
        5.0
        """
        demand, peak = norms["os.demand"].value, norms["os.peak"].value
        pipe, slope = norms["os.sewer_pipe"].value, norms["os.sewer_slope"].value
        pipes, layout = norms["mains.sewer_pipes"].value, norms["mains.layout"].value
        known: dict[str, Any] = {
            "persons": layout["persons"],
            "litres": demand["warm"] * norms["os.sewage"].value,
            "peak": peak["day"] * peak["hour_min"],
            "diameters": tuple(pipes["diameter"]),
            "costs": tuple(pipes["cost"]),
            "spacing": min(pipes["spacing"]),
            "reach": layout["reach"],
            "slope_factor": slope["factor"],
            "slope_power": slope["power"],
            "cover_min": norms["os.sewer_cover"].value,
            "depth_max": norms["os.sewer_depth"].value,
            "climb": tuple(layout["climb"]),
        }
        return cls(**(known | pipe | norms["mains.trench"].value | given))
