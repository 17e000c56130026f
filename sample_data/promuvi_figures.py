"""The figures of the simulated PROMUVI: what papers print, and what we made up to fill the rest.

Marks as in figures.py: S96 and S99 printed, D worked out, M from memory, X made up by us. All that is X
is only there to have something to learn and to test with; nobody counted it.
"""

from __future__ import annotations

from datetime import date

NOTE = "simulado y esquemático, no es registro ni levantamiento / simulated, schematic, no register or survey"
SEED = "Ilo PROMUVI 1989"  # X: every chance in the sample follows from this text

# -- land ------------------------------------------------------------------------------------------

LOTS = 6000  # S99 II.c: lots serviced on the Pampa
WHOLE_AREAS = (1, 2, 3)  # X: these whole, and of the next as many blocks as make LOTS
NEXT_AREA = 4
MIN_AREA, MIN_FRONTAGE = 160.0, 8.0  # m2, m: lots of TH.010 type 3

# -- households and applications -----------------------------------------------------------------------

APPLICATIONS = 8000  # X: more than there are lots
TWICE = 120  # X: applications of a household that has applied already
FIRST_APPLICATION, LAST_APPLICATION = date(1989, 2, 1), date(1996, 3, 29)  # S99 III.d: begins in 1989; days X
EARLY = 0.45  # X: share of the applications that come before the first lots are given
EARLY_UNTIL = date(1989, 8, 31)
MEMBERS = {1: 0.03, 2: 0.09, 3: 0.17, 4: 0.24, 5: 0.21, 6: 0.13, 7: 0.07, 8: 0.04, 9: 0.02}  # X: about 4.6
DEPENDANT = 0.48  # X: chance that a member past the first is a dependant
INCOME, INCOME_SPREAD = 420.0, 0.55  # X: median, soles of 1996 a month; deviation of its logarithm
YEARS_RESIDENT, RESIDENCE_SHAPE = 11.0, 2.5  # X: mean and shape of a gamma distribution
SETTLEMENTS = {  # names of PLACES in figures.py; shares X
    "Alto Ilo": 0.26,
    "Miramar": 0.20,
    "Kennedy": 0.18,
    "Pueblo Nuevo": 0.15,
    "Ciudad Nueva": 0.08,
    "Boca del Río": 0.06,
    "Pampa Inalámbrica": 0.07,
}
TENURE = {"lodges": 0.46, "rents": 0.35, "squats": 0.17, "owns": 0.02}  # X
OWNS_OTHERWISE = 0.015  # X: has a site elsewhere, whatever its tenure
PARTICIPATION = 2.5  # X: mean number of works and assemblies
GROUPS, GROUP_SIZES = 60, (4, 12)  # X: groups of neighbours, and the least and most applications in one
WISHING, WISHES = 0.3, 3  # X: share of applications that name lots, and how many
NOT_VERIFIED = {"need_municipality": 0.03, "need_leaders": 0.035, "accepts_layout": 0.01}  # X: found wanting
NOT_ASSESSED = {"need_municipality": 0.01, "need_leaders": 0.012, "accepts_layout": 0.006}  # X: nobody looked
NOT_ASKED = {"income": 0.01, "resident_since": 0.006, "owns_property": 0.008}  # X

# -- calls: when lots were given, and how well their servicing was managed --------------------------------

LAST_DAY = date(1996, 4, 30)  # S96, of that month: "over the last seven years"; the history ends here
ASSIGNED = (
    4074  # D: lots assigned on LAST_DAY; the shares of house finance in S99 III.d rest on about so many
)

# All X. area, day on which lots were given, lots given (whole blocks; in the last call as many as make
# ASSIGNED), months that servicing takes (S99 II.c: 12 to 36), first basic service, sanitation, what is
# never begun
CALLS = [
    ("1", date(1989, 9, 18), 900, 21, "water", "septic_tank", ()),
    ("1", date(1990, 9, 17), 2000, 30, "electricity", "septic_tank", ()),  # what is left of area 1
    ("2", date(1991, 10, 14), 800, 34, "electricity", "septic_tank", ("water", "sewer", "electricity")),
    ("3", date(1993, 2, 15), 750, 16, "electricity", "latrine", ()),
    ("3", date(1994, 3, 14), 450, 28, "water", "latrine", ()),
    ("4", date(1995, 9, 18), 400, 30, "electricity", "latrine", ()),
]
PLANNED_MONTHS = 18  # X: what the municipality reckons with, whatever it takes in the end
STAGGER = 0.12  # X: the last block of a call comes that share of the time after the first
SLIP = 12  # X: days, mean of what each block adds by itself

# Share of the time of servicing at which works begin and end (X), for what they are on the way to
STEPS = {
    "clearing": (0.00, 0.07),
    "survey": (0.04, 0.10),
    "layout": (0.08, 0.17),
    "tap": (0.14, 0.25),
    "septic_tank": (0.18, 0.30),
    "latrine": (0.18, 0.30),
    "earthworks": (0.30, 0.42),
    "grading": (0.36, 0.50),
    "marking": (0.46, 0.52),
    "trees": (0.44, 0.58),
    "first": (0.58, 0.80),  # the first of water, sewer, electricity
    "second": (0.78, 1.15),
    "third": (1.10, 1.60),
}
PLANS = {"water_plan": (0.20, 0.38), "sewer_plan": (0.22, 0.41), "electricity_plan": (0.20, 0.35)}  # by area
FINANCED = 0.66  # share of the time at which money for water, sewer and electricity is approved (X)
TAP_BLOCKS = 5  # blocks that share one tap (D: 100 households by S96 V, 18 to 21 lots a block)
BY_ASSEMBLY = ("latrine", "earthworks", "grading", "trees")
PAVED, PAVED_FROM = 0.12, date(1994, 6, 1)  # X: share of the blocks of area 1 that a committee has paved
PAVING_COST = 4278.0  # US$: S99 II.a, average project

# -- what befalls a lot, all X ------------------------------------------------------------------------------

LAGS = {  # days: least, and mean of what comes on top (exponential, cut at three times the mean)
    "occupied": (5, 35),
    "lived_in": (25, 30),
    "adjudicated": (30, 25),
    "titled": (15, 35),
}
NO_FEE = {"occupied": 0.03, "adjudicated": 0.05, "titled": 0.06}  # share that does not pay what the step asks
LEAST_TO_TITLE = 370  # days from allotment (S99 II.c: servicing takes a year at least)
ABSENT, ABSENT_AFTER = 0.025, 0.02  # share that never comes to live there; that leaves once it has occupied
ABSENT_LAGS = {  # the first inspection comes later than the last call: nobody loses a lot of that one
    "not_lived_in": (240, 200),
    "absent_again": (30, 40),
    "notice": (7, 15),
    "reverted": (35, 40),
}
REVERTED = 0.8  # share of those absent whose lot goes back in the end
RENOUNCED, RENOUNCED_LAG = 0.015, (240, 150)
HEIRS = 24  # transfers to an heir, of lots adjudicated and not titled
WRONG = {  # entered for the wrong lot a week after its own event, taken back a week later: how many
    "not_lived_in": ("occupied", 6),
    "renounced": ("lived_in", 2),
}

# -- money --------------------------------------------------------------------------------------------------

SOL_SINCE = date(1991, 7, 1)  # M: the nuevo sol; before it, with prices that doubled in months, dollars (X)
PER_USD = {  # M (memory-mid): soles for a dollar, about the mean of the year
    1991: 0.83,
    1992: 1.25,
    1993: 1.99,
    1994: 2.20,
    1995: 2.25,
    1996: 2.39,
}
RATE_SOURCE = "from memory, unchecked: mean of the year (memory-mid)"
HOUSE_FINANCE = {  # lots: S99 III.d; US$ in the middle (X)
    "materials_bank": (600, 2500),
    "enace": (1100, 4800),
    "labor": (350, 900),
    "own": (106, 1600),
}
FINANCE_LAG = (30, 250)  # X: days after the lot was occupied: least, mean of what comes on top
LOAN_SPREAD = 0.25  # X: deviation of the logarithm of an amount
PAID = 0.35  # X: share of the charges paid before the step can be taken
TWICE_PAID = 5  # X: payments entered twice, the second taken back

LAYERS = {
    "lots": "6,000 lots of extension areas 1 to 4, cut from the schematic streets",
    "blocks": "Blocks of the 6,000 lots",
    "households": "Simulated households that apply; ids only, nobody real",
    "applicants": "8,000 simulated applications for a lot",
    "lot_events": "Simulated events of the lots, 1989 to 1996",
    "works": "Simulated works on lots, blocks and areas",
    "charges": "Simulated charges for the steps to the title, under US$60 a lot",
    "payments": "Simulated payments of them",
    "exchange_rates": "Soles for a dollar, by year; from memory",
    "house_finance": "Who financed houses: numbers as printed (S99 III.d), lots and amounts simulated",
}
