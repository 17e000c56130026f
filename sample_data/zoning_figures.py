"""The figures and sketch coordinates of plans, holdings, industry and hazards of the schematic Ilo.

Hectometres in the project CRS, drawn freehand (X) unless a mark beside says otherwise; marks as in
figures.py.
"""

from __future__ import annotations

import figures as f

Points = list[tuple[float, float]]


def box(west: float, south: float, east: float, north: float) -> Points:
    """Return the outline of a rectangle."""
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


SHIFT = 0.8  # hm east of the shore: the seafront strip of the plans
SEAFRONT = [(east + SHIFT, north) for east, north in f.COAST]
WEST, EAST = 2440.0, 2545.0  # beyond the shore, beyond the foot of the plateau: where cuts across end

# The sloping coastal fringe, on average 2 km wide (S99 II.c): from the shore to the foot of the plateau.
FRINGE = [
    *[(WEST, 80590), (2516, 80590), (2519, 80567), (2523, 80547), (2528, 80530), (2530, 80524)],
    *[
        (2532, 80505),
        (2530, 80491),
        (2530, 80466),
        (2523, 80454),
        (2512, 80442),
        (2503, 80425),
        (WEST, 80425),
    ],
]
# Who held it in the 1990s. Industry held 70 % of the land fit for building (S96 II, V); 120 ha of shoreline
# were reserved for the free zone of Bolivia (S96 IV.b). Which land it was is ours (X), with the cuts tuned so
# that the shares come out.
HOLDING_CUTS = [
    [(WEST, 80443), (2503.94, 80443), (2503.94, 80453), (WEST, 80453)],  # free zone
    [(WEST, 80454), (EAST, 80454)],
    [(WEST, 80462), (2512, 80462), (2512, 80454)],
    [(2512, 80462), (2530, 80462)],
    [(2512, 80462), (2514, 80468)],
    [(WEST, 80468), (2514, 80468), (2514, 80477), (WEST, 80477)],
    [(2514, 80477), (2516, 80491)],
    [(WEST, 80491), (EAST, 80491)],
    [(WEST, 80498), (EAST, 80499)],
    [(WEST, 80503), (EAST, 80505)],
]
HOLDINGS = [  # holder, name, what it rests on, a point in each face that it holds
    ("state", "Zona franca de Bolivia, 120 ha", "S96 IV.b", [(2498, 80448)]),
    ("industry", "Empresa minera, pampas del sur", "S96 II; X", [(2496, 80432)]),
    ("industry", "Fábricas de harina de pescado y puerto", "S96 II; X", [(2505, 80458), (2508, 80465)]),
    ("private", "Centro antiguo", "X", [(2508, 80472)]),
    ("municipal", "Malecón y equipamientos", "X", [(2512.9, 80481.5)]),
    ("community", "Pueblos jóvenes", "S96 IV.b; X", [(2520, 80458), (2522, 80464)]),
    ("municipal", "Laderas de Miramar", "X", [(2521.7, 80496.3)]),
    ("private", "Valle del Osmore", "S99 II.b; X", [(2514, 80501)]),
    ("industry", "Empresa minera, campamento y litoral norte", "S96 II, III; X", [(2520, 80520)]),
]

# Plans. The texts tell of density classes, expansion area, industry, tourism and seaside resorts
# (S99 II.h); where they lay is X.
CITY_1983 = [
    *[(WEST, 80440), (2514, 80440), (2523, 80454), (2530, 80466), (2530, 80491), (2532, 80505)],
    *[(2530, 80524), (2528, 80530), (WEST, 80530)],
]
EXPANSION_1983 = box(2536, 80463, 2563.5, 80484.8)  # about 600 ha: 60,000 people at 100 a hectare (D)
CUTS_1983 = [
    SEAFRONT,
    *[[(WEST, north), (EAST, north)] for north in (80454, 80468, 80477, 80491)],
    [(WEST, 80498), (EAST, 80499)],
    [(WEST, 80503), (EAST, 80505)],
    [(WEST, 80515), (EAST, 80515)],
    [(2509, 80454), (2509, 80468)],
    [(2522, 80454), (2522, 80491)],
]
ZONES_1983 = [  # code, name, a point in each face of the zone
    ("L", "Playas del sur", [(2491.5, 80446)]),
    ("I", "Pampas del sur", [(2505, 80447)]),
    ("I", "Pesqueras", [(2498.2, 80460), (2504, 80460)]),
    ("R2", "Alto Ilo", [(2515, 80460)]),
    ("R1", "Ladera este", [(2524, 80460), (2526, 80472), (2526, 80484)]),
    ("I", "Puerto", [(2504, 80470.5)]),
    ("C", "Centro", [(2509.2, 80472.5)]),
    ("R2", "Kennedy", [(2518, 80472)]),
    ("EQ", "Borde marítimo", [(2511.6, 80481.5)]),
    ("R3", "Borde alto", [(2513.3, 80481.5)]),
    ("R2", "Miramar", [(2519, 80484)]),
    ("L", "Playa Boca del Río", [(2513, 80495), (2512.3, 80501), (2511.8, 80508)]),
    ("R1", "Boca del Río", [(2514.5, 80496)]),
    ("R1", "Laderas del norte", [(2524, 80495)]),
    ("RP", "Valle del Osmore", [(2513.5, 80501.5), (2520, 80501.5)]),
    ("I", "Reserva industrial", [(2513, 80509)]),
    ("R2", "Pueblo Nuevo", [(2522, 80510)]),
    ("I", "Litoral norte", [(2510, 80520), (2511, 80522), (2524, 80520)]),
]
CHANGED_1988 = {  # name of a zone of 1983 and its code of 1988
    "Borde marítimo": "T",
    "Boca del Río": "R3",
    "Reserva industrial": "T",
    "Ladera este": "R2",
}
LAID_OUT_1988 = (1, 2, 3, 4)  # extension areas with a density class in 1988; the others stay expansion area

CITY_2018 = [
    *[
        (WEST, 80454),
        (2523, 80454),
        (2530, 80466),
        (2530, 80491),
        (2532, 80505),
        (2530, 80524),
        (WEST, 80524),
    ],
]
CUTS_2018 = [
    SEAFRONT,
    *[[(WEST, north), (EAST, north)] for north in (80462, 80468, 80476, 80484, 80491, 80513)],
    [(WEST, 80498), (EAST, 80499)],
    [(WEST, 80503), (EAST, 80505)],
    [(2508, 80454), (2508, 80468)],
    [(2522, 80450), (2522, 80530)],
    box(2508, 80474.7, 2512, 80477),
    box(2524, 80470, 2526, 80472),
    box(2517.5, 80478, 2519.5, 80480),
    box(2519, 80506, 2521, 80508),
    box(2518, 80456, 2520, 80458),
    box(2525, 80486, 2528, 80489),
]
ZONES_2018 = [
    ("I3", "Pesqueras", [(2497.1, 80458), (2502, 80458)]),
    ("I2", "Talleres del puerto", [(2500, 80464), (2505, 80464)]),
    ("RDM", "Alto Ilo oeste", [(2513, 80459)]),
    ("E1", "Colegio Alto Ilo", [(2519, 80457)]),
    ("RDB", "Alto Ilo este", [(2523.7, 80458), (2526, 80464)]),
    ("RDM", "Alto Ilo norte", [(2515, 80465)]),
    ("OU", "Puerto", [(2504, 80470.5)]),
    ("CZ", "Centro", [(2507.7, 80471)]),
    ("RDM", "Kennedy", [(2518, 80472)]),
    ("H3", "Hospital", [(2525, 80471)]),
    ("RDM", "Ladera este", [(2528, 80474)]),
    (
        "ZM",
        "Muelle fiscal y plaza",
        [(2508.9, 80475.6), (2510.5, 80475.4), (2509.5, 80476.5), (2511, 80476.5)],
    ),
    ("ZRP", "Malecón", [(2511.2, 80480.5), (2513.4, 80488), (2513.3, 80495)]),
    ("RDA", "Borde del malecón", [(2513, 80480.5), (2514.6, 80488)]),
    ("RDM", "San Pedro", [(2520, 80482)]),
    ("E2", "Instituto tecnológico", [(2518.5, 80479)]),
    ("RDB", "Mirador", [(2526, 80480)]),
    ("RDM", "Miramar", [(2519, 80488)]),
    ("RDB", "Miramar alto", [(2523.5, 80487)]),
    ("ZRP", "Parque zonal", [(2526.5, 80487.5)]),
    ("OU", "Centro cívico", [(2514.3, 80496)]),
    ("I1-R", "Talleres de Miramar", [(2519, 80496)]),
    ("RDB", "Laderas del norte", [(2526, 80495)]),
    (
        "ZRE",
        "Valle del Osmore, oeste",
        [(2512.2, 80501), (2513.8, 80501.5)],
    ),
    ("ZRE", "Valle del Osmore, este", [(2519, 80502), (2526, 80502)]),
    ("ZRP", "Playa Boca del Río", [(2511.8, 80508), (2510, 80519)]),
    ("CE", "Turismo y comercio", [(2513.5, 80508), (2512, 80518)]),
    ("RDM", "Pueblo Nuevo", [(2518.6, 80511)]),
    ("H2", "Centro de salud", [(2520, 80507)]),
    ("RDB", "Pueblo Nuevo este", [(2526.8, 80509)]),
    ("RDM", "Ciudad Nueva", [(2518, 80519)]),
    ("PU", "Ciudad Nueva este", [(2526, 80518)]),
]
CORRIDOR_CODES = {"1983": "I", "1988": "I", "2018": "OU"}
# The Pampa of 2018, block by block (X). Metres from the central avenue within which its blocks are commerce,
# from the notch of the ravine and from the fault within which they are under special regulation.
COMMERCE, RAVINE_BAND, FAULT_BAND = 60.0, 120.0, 30.0
HOUSING_2018 = {
    "1": "RDM",
    "2": "RDM",
    "3": "RDA",
    "4": "RDM",
    "5": "RDM",
    "6": "RDM",
    "7": "RDM",
    "8": "RDB",
}
OLD_PART_2018 = "RDM"
WORKSHOPS = box(2557.5, 80477.6, 2566, 80486)  # north-east corner: I2 east of LIGHT, I1-R before it
LIGHT = 2560.0
PRE_URBAN = box(2558.5, 80462, 2566, 80469.2)  # south-east corner, beside the fault
FACILITIES_2018 = {"1": "E1", "2": "H2", "3": "E1", "4": "E1", "5": "E1", "6": "H2", "7": "E1", "8": "OU"}

# Key: name, approved, until, act, catalogue, source. Prepared in 1983, approved in 1984 (S99); days are X,
# and so is that each plan holds until the next.
PLANS = {
    "1983": (
        "Plan INADUR 1983",
        "1984-01-01",
        "1988-01-01",
        "día desconocido / day unknown",
        "ilo_1988",
        "S99 II.c, II.h; zonas de dibujo propio / zones drawn by us",
    ),
    "1988": (
        "Plan INADUR 1983, ajustado 1988",
        "1988-01-01",
        "2018-07-01",
        "día desconocido / day unknown",
        "ilo_1988",
        "S99 II.h; zonas de dibujo propio / zones drawn by us",
    ),
    "2018": (
        "Plan didáctico 2018",
        "2018-07-01",
        None,
        "ejercicio, no existe / exercise, no such ordinance",
        "pe_2016",
        "ejercicio, parámetros ilustrativos / exercise, illustrative parameters",
    ),
}
# net density (inhabitants a hectare of lots), least lot (m2), least front (m), floors, free area: X, but for
# the 330 of RDM, which is Lima's. Codes that are not here take what their catalogue has.
PARAMETERS = ["net_density", "min_area", "min_frontage", "max_floors", "min_free_area"]
PARAMETERS_2018 = {
    "RDB": (220.0, 160.0, 8.0, 2.0, 0.40),
    "RDM": (330.0, 120.0, 6.0, 3.0, 0.30),
    "RDA": (560.0, 160.0, 8.0, 5.0, 0.35),
    "I1-R": (220.0, 180.0, 8.0, 3.0, 0.30),
    "CZ": (330.0, 160.0, 8.0, 4.0, 0.30),
}

POWER_LINES = [  # name, kV (X), line
    (
        "Fundición - Ilo",
        138.0,
        [(2500, 80636), (2506, 80590), (2510, 80560), (2520, 80540), (2525, 80522), (2533, 80490)],
    ),
    ("Ilo - valle", 60.0, [(2533, 80490), (2548, 80487), (2570, 80487), (2600, 80496)]),
    (
        "Subestación - puerto",
        10.0,
        [(2533, 80490), (2526, 80484), (2520, 80477), (2512, 80470), (2506, 80467)],
    ),
]
# Land of the airport at its published place, and land under its obstacle surfaces (X), whose plan is unknown.
AIRPORT = [
    ("Aeropuerto, recinto", "forbid", box(2499, 80417, 2526, 80424)),
    ("Aeropuerto, superficies limitadoras", "limit", box(2484, 80409, 2541, 80434)),
]
# Chololo fault: crosses or affects the Pampa (study of its UTM box, norms of the facts); the trace is X.
FAULTS = [
    (
        "Falla Chololo",
        [(2538, 80436), (2552, 80455), (2560, 80466), (2562.2, 80469), (2564, 80474), (2576, 80496)],
    )
]
CLIFFS = [  # name, from and to (m along the coast from the south), distance behind the shore in m
    ("Acantilado de Punta Coles", 6200.0, 10000.0, 70.0),
    ("Ruptura de pendiente norte", 17500.0, 21500.0, 120.0),
]
MONUMENTS = [  # name, what it rests on, outline
    ("Muelle fiscal y glorieta", "S99 II.d; X", box(2509.6, 80475.9, 2510.6, 80476.6)),
    ("Sitio arqueológico del valle", "M; X", box(2524, 80505.6, 2526.5, 80507.4)),
]
INDUSTRY = [  # kind, name, zoning class (X), outline. Three fishmeal factories by S96, five by S99
    ("refinery", "Refinería", "I4", box(2501.5, 80561, 2508, 80567)),
    ("smelter", "Fundición", "I4", box(2499, 80630, 2507, 80642)),
    ("fishmeal", "Harina de pescado 1", "I3", box(2498.5, 80456.5, 2500.5, 80458)),
    ("fishmeal", "Harina de pescado 2", "I3", box(2500, 80458.4, 2502, 80459.8)),
    ("fishmeal", "Harina de pescado 3", "I3", box(2501.6, 80460.2, 2503.6, 80461.6)),
]

LAYERS = {
    "zones": "Zoning plans: INADUR 1983, adjusted 1988, and a plan of 2018 made up for exercises",
    "plan_areas": "Land that each zoning plan covers",
    "fringe": "Coastal fringe below the plateau, 2 km wide on average, without the Pampa",
    "holdings": "Who held the fringe and the Pampa in the 1990s: industry 70 % of what is fit for building",
    "industry": "Refinery, smelter and fishmeal factories",
    "power_lines": "Power lines with their voltage in kV",
    "airport": "Land of the airport, and land under its obstacle surfaces",
    "faults": "Trace of the Chololo fault at the edge of the Pampa",
    "cliffs": "Breaks of slope behind the beach",
    "monuments": "Protected buildings and sites",
}
