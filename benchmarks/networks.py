"""Water and sewers of the sample's 6,000 lots, best of 3."""

import geopandas as gpd
import numpy as np
import shapely
from rich.table import Table

from benchmarks.speed import best
from benchmarks.verdict import most, said
from ilo_gis import io, norms
from ilo_gis.networks import SewerTerms, WaterTerms, sewer, water

FIVE_SECONDS = 5.0  # s that either may take


def table():
    """Return the time of a water network and a sewer, their length beside the bound, and cost per lot."""
    result = Table("network", "lots", "pipes", "km", "bound, km", "USD/lot", "s", "")
    lots, streets = io.sample("lots").set_index("lot_id"), io.sample("pampa_streets")
    around = gpd.GeoDataFrame(geometry=[shapely.box(*streets.total_bounds)], crs=streets.crs)
    ground, known = io.read_elevation(io.sample_path("elevation"), around), norms.load("pe")
    xy = shapely.get_coordinates(lots.representative_point().to_numpy())
    high, low = (xy[k(ground.heights(xy))] for k in (np.argmax, np.argmin))
    for make, place, terms in ((water, high, WaterTerms), (sewer, low, SewerTerms)):
        given = (lots, streets, place, terms.from_norms(known), ground)
        seconds, net = best(lambda make=make, given=given: make(*given), 3)
        figure = net.summary["value"]
        text, held = most(seconds, FIVE_SECONDS, "{:.2f}")
        shown = (f"{figure[name] / 1000:.1f}" for name in ("length", "length_bound"))
        result.add_row(
            make.__name__,
            f"{len(net.lots):,}",
            f"{len(net.pipes):,}",
            *shown,
            f"{figure['cost_per_lot']:.0f}",
            text,
            said(held),
        )
    return result
