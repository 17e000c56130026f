"""Whole plans of bare sites: how many lots, how legal, how fast."""

from dataclasses import replace
from functools import partial
from time import perf_counter

import numpy as np
import shapely
from rich.table import Table

from benchmarks.cases import RULE, UTM, layer
from benchmarks.verdict import least, most, said
from ilo_gis import io, norms, workflows
from ilo_gis.scale.jobs import processors
from ilo_gis.subdivision import Brief, LotRule, check_lots, plan_site
from ilo_gis.subdivision.blocks import front_streets

CORNERS = [
    (0, 0), (330, -60), (720, 20), (790, 310), (560, 330), (520, 480), (640, 640), (300, 700), (-60, 520),
    (-20, 240),
]  # fmt: skip
HECTARE = 10_000.0
RIVALS = {  # longest block, m, and share of reserves: the most lots a hectare that another tool laid out
    (120.0, 0.0): 39.0,
    (120.0, 0.13): 34.0,
    (300.0, 0.0): 41.0,
    (300.0, 0.13): 35.5,
}
STREET = 12.0  # m
LOTS, PERSONS = 10_000, 60_000  # that the Pampa was to hold
CHOSEN = "laying out streets and blocks"  # what the plan says it does once its streets are chosen
ONE, WHOLE = 10.0, 60.0  # s: one plan of the Pampa laid out, and the whole search for several
SMALL = LotRule(min_area=90.0, min_frontage=6.0)
SIDES = 100_000**0.5, 1000.0, 10_000_000**0.5  # m of squares
LINEAR = 1.5  # s a lot of a larger square, to the least of the smaller ones


def bound(longest, share, rule=RULE, street=STREET):
    """Return lots a hectare of endless rows of blocks as long as allowed, two lots deep."""
    lots = 2 * (longest // rule.min_frontage)
    depth = rule.min_area / rule.min_frontage
    return lots / ((longest + street) * (2 * depth + street)) * HECTARE * (1 - share)


def timed(work):
    """Return what it makes, and the seconds it takes."""
    start = perf_counter()
    return work(), perf_counter() - start


def counted(plan):
    """Return how many legal lots a plan has."""
    return int((plan.lots["kind"] == "lot").sum())


def legal(plan, rule):
    """Return the share of lots that are legal, measured again."""
    blocks = plan.blocks.drop(index=plan.reserves["block_id"])
    found = check_lots(plan.lots, rule, blocks=blocks, streets=front_streets(plan.street_lines))
    return 1 - found.loc[found["severity"] == "error", "feature"].nunique() / counted(plan)


def concave():
    """Return the plans of a concave site of 46 ha."""
    site = layer([shapely.Polygon(np.add(CORNERS, [256_000, 8_052_000]))])
    result = Table(
        "blocks, m", "reserves", "lots", "lots/ha", "bound", "legal", "streets", "longest block", "s", ""
    )
    for (longest, share), target in RIVALS.items():
        brief = Brief(rule=RULE, reserves=share, max_block_length=longest, street_width=STREET)
        plan, seconds = timed(partial(plan_site, site, brief))
        lots = least(counted(plan) / site.area.sum() * HECTARE, target, "{:.1f}")
        good = f"{legal(plan, RULE):.1%}", legal(plan, RULE) == 1
        long = most(plan.blocks["length"].max(), longest + 0.01, "{:.2f}")
        result.add_row(
            f"{longest:.0f}", f"{share:.0%}", f"{counted(plan):,}", lots[0], f"{bound(longest, share):.1f}",
            good[0], f"{plan.summary.at['streets', 'share']:.1f} %", long[0], f"{seconds:.1f}",
            said(lots[1], good[1], long[1]),
        )  # fmt: skip
    return result


def pampa():
    """Return the plans of the sample Pampa, with its collectors, round its old part."""
    law = norms.load("pe")
    brief = Brief.from_norms(law, 4, rule=LotRule.from_norms(law, 4, min_area=120.0))
    given = {
        "streets": io.sample("collectors"),
        "constraints": io.sample("old_part").assign(reason="built before"),
    }
    site, workers = io.sample("pampa"), min(processors(), 2)
    plans, seconds = timed(partial(workflows.plan_alternatives, site, brief, workers=workers, **given))
    one = laying_out(site, replace(brief, orientation=45.0), **given)
    result = Table(
        "plan", "lots", "inhabitants", "legal", "laying out one, s",
        f"{len(plans)} plans, s, {workers} processes", "",
    )  # fmt: skip
    quick, whole = most(one, ONE, "{:.1f}"), most(seconds, WHOLE, "{:.1f}")
    for name, plan in plans.items():
        lots = least(counted(plan), LOTS)
        people, share = least(counted(plan) * brief.persons, PERSONS), legal(plan, brief.rule)
        result.add_row(
            name, lots[0], people[0], f"{share:.1%}", quick[0], whole[0],
            said(lots[1], people[1], share == 1, quick[1], whole[1]),
        )  # fmt: skip
    return result


def laying_out(site, brief, **given):
    """Return the seconds from the streets chosen to the plan proved, the search left out."""
    begun = []

    def tell(_, text):
        if text == CHOSEN:
            begun.append(perf_counter())
        return True

    plan_site(site, brief, progress=tell, **given)
    return perf_counter() - begun[-1]  # of the designs laid out whole, the last


def growth():
    """Return the time of squares of 10, 100 and 1,000 ha, their rows in a given direction."""
    result = Table("ha", "lots", "s", "s a thousand lots", "")
    before = []
    for side in SIDES:
        site = layer([shapely.box(*UTM, *np.add(UTM, side))])
        plan, seconds = timed(partial(plan_site, site, Brief(rule=SMALL, orientation=0.0)))
        rate = seconds / counted(plan) * 1000
        shown = most(rate, LINEAR * min(before) if before else None, "{:.2f}")
        before.append(rate)
        result.add_row(
            f"{side**2 / HECTARE:,.0f}", f"{counted(plan):,}", f"{seconds:.1f}", shown[0], said(shown[1])
        )
    return result
