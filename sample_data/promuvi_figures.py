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
YEARS_RESIDENT = 9.0  # X: mean of an exponential
SETTLEMENTS = {  # names of PLACES in figures.py; shares X
    "Alto Ilo": 0.26,
    "Miramar": 0.20,
    "Kennedy": 0.18,
    "Pueblo Nuevo": 0.15,
    "Ciudad Nueva": 0.08,
    "Boca del Río": 0.06,
    "Pampa Inalámbrica": 0.07,
}
TENURE = {"lodges": 0.46, "rents": 0.35, "squats": 0.16, "owns": 0.03}  # X
OWNS_OTHERWISE = 0.02  # X: has a site elsewhere, whatever its tenure
PARTICIPATION = 2.5  # X: mean number of works and assemblies
GROUPS, GROUP_SIZES = 60, (4, 12)  # X: groups of neighbours, and the least and most applications in one
WISHING, WISHES = 0.3, 3  # X: share of applications that name lots, and how many
NOT_VERIFIED = {"need_municipality": 0.05, "need_leaders": 0.06, "accepts_layout": 0.01}  # X: found wanting
NOT_ASSESSED = {"need_municipality": 0.015, "need_leaders": 0.02, "accepts_layout": 0.01}  # X: nobody looked
NOT_ASKED = {"income": 0.02, "resident_since": 0.01, "owns_property": 0.015}  # X

LAYERS = {
    "lots": "6,000 lots of extension areas 1 to 4, cut from the schematic streets",
    "blocks": "Blocks of the 6,000 lots",
    "households": "Simulated households that apply; ids only, nobody real",
    "applicants": "8,000 simulated applications for a lot",
}
