"""Pipes that run full under pressure (Hazen and Williams), and partly full by gravity (Manning)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["filling", "full_flow", "head_loss", "least_slope", "velocity"]

# EPANET's constant 4.727 for feet and cubic feet a second, in metres and m3/s
HAZEN, FLOW_POWER, WIDTH_POWER = 4.727 * 0.3048**4.871 / (0.3048**3) ** 1.852, 1.852, 4.871
WATER = 9810.0  # N/m3
FILLINGS = np.linspace(0.0, 0.93, 1000)  # up to the greatest flow of a circle nearly full

Floats = NDArray[np.float64]


def head_loss(flow: Floats, diameter: Floats, length: Floats, roughness: float) -> Floats:
    """Return the head that pipes lose, in m.

    Parameters
    ----------
    flow : array of float
        In l/s.
    diameter : array of float
        Inner diameter, mm.
    length : array of float
        In m.
    roughness : float
        C of Hazen and Williams.

    References
    ----------
    L. A. Rossman, EPANET 2.2 user manual, 2020, table 3.1.

    Examples
    --------
    >>> round(float(head_loss(np.array(10.0), np.array(100.0), np.array(1000.0), 150.0)), 2)
    14.62
    """
    share = (np.asarray(flow) / 1000 / roughness) ** FLOW_POWER
    return HAZEN * share * length / (np.asarray(diameter) / 1000) ** WIDTH_POWER


def velocity(flow: Floats, diameter: Floats) -> Floats:
    """Return the velocity in full pipes, m/s, of flows in l/s and diameters in mm.

    Examples
    --------
    >>> round(float(velocity(np.array(10.0), np.array(100.0))), 3)
    1.273
    """
    return np.asarray(flow) / 1000 / (np.pi / 4 * (np.asarray(diameter) / 1000) ** 2)


def full_flow(diameter: Floats, slope: Floats, manning: float) -> Floats:
    """Return the flow of a full pipe by gravity, l/s, of a diameter in mm and a slope as a share.

    References
    ----------
    R. Manning, "On the flow of water in open channels and pipes", Transactions of the Institution of
    Civil Engineers of Ireland 20, 1891, pages 161 to 207.

    Examples
    --------
    >>> round(float(full_flow(np.array(200.0), np.array(0.01), 0.013)), 1)
    32.8
    """
    wide = np.asarray(diameter) / 1000
    return 1000 / manning * np.pi / 4 * wide**2 * (wide / 4) ** (2 / 3) * np.sqrt(slope)


def filling(flow: Floats, diameter: Floats, slope: Floats, manning: float) -> tuple[Floats, Floats, Floats]:
    """Return how full pipes run by gravity, how fast, and the stress on their bottom.

    Parameters
    ----------
    flow : array of float
        In l/s.
    diameter : array of float
        In mm.
    slope : array of float
        As a share.
    manning : float
        n of Manning.

    Returns
    -------
    filling, velocity, stress : arrays of float
        Depth over diameter (0.93, where a circle carries most, also for flows beyond); m/s; Pa.

    Examples
    --------
    A pipe half full carries half of what it carries full, as fast:

    >>> full = full_flow(np.array([200.0]), np.array([0.01]), 0.013)
    >>> share, speed, stress = filling(full / 2, np.array([200.0]), np.array([0.01]), 0.013)
    >>> round(float(share[0]), 2), round(float(speed[0]), 2), round(float(stress[0]), 1)
    (0.5, 1.04, 4.9)
    """
    angle = 2 * np.arccos(1 - 2 * FILLINGS)
    area = (angle - np.sin(angle)) / (2 * np.pi)  # over that of the full circle
    radius = np.append(0.0, 1 - np.sin(angle[1:]) / angle[1:])
    share = np.interp(flow / full_flow(diameter, slope, manning), area * radius ** (2 / 3), FILLINGS)
    wet = np.maximum(np.interp(share, FILLINGS, area), 1e-9)
    speed = velocity(flow, diameter) / wet
    return share, speed, WATER * np.interp(share, FILLINGS, radius) * diameter / 4000 * slope


def least_slope(flow: Floats, factor: float, power: float) -> Floats:
    """Return the least slope for a tractive stress, as a share: the factor over the flow in l/s to a power.

    References
    ----------
    RNE OS.070, 4.6 (from memory).

    Examples
    --------
    >>> round(float(least_slope(np.array(1.5), 0.0055, 0.47)), 5)
    0.00455
    """
    return factor / np.asarray(flow) ** power
