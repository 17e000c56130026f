"""The figures and sketch coordinates that the schematic Ilo is drawn from.

Marks, as on every figure below:

- S96, S99: printed in the papers on Ilo of 1996 and 1999 (see README.md, "Sources").
- T: read in a published text or list of places. D: worked out from such figures. M: from memory.
- X: chosen by us to make a believable drawing. No survey stands behind it.
"""

from __future__ import annotations

CRS = 32719  # WGS 84 / UTM zone 19S, metres
NOTE = "esquemático, no es levantamiento / schematic, no survey"

# name, latitude, longitude, evidence, uncertainty in metres, where it comes from
PLACES = [
    ("Ilo, Plaza de Armas", -17.6458, -71.3453, "T", 400, "Wikipedia; other sources differ by up to 1.1 km"),
    ("Muelle fiscal", -17.6445, -71.3480, "M", 400, "next to the plaza (S99)"),
    ("Puerto de Ilo", -17.6465, -71.3520, "M", 500, "published position of the port"),
    ("Boca del Río", -17.6230, -71.3445, "D", 800, "latitude of the Osmore valley, on the shore"),
    ("Pueblo Nuevo", -17.6150, -71.3383, "T", 500, "GeoNames"),
    ("Ciudad Nueva", -17.6080, -71.3380, "M", 1000, "company housing north of the river"),
    ("Miramar", -17.6330, -71.3360, "M", 800, "north-east of the centre"),
    ("Kennedy", -17.6410, -71.3410, "M", 700, "slope east of the port"),
    ("Alto Ilo", -17.6581, -71.3365, "D", 600, "end of a published bus route"),
    ("Pampa Inalámbrica, borde oeste", -17.6440, -71.3199, "D", 300, "start of a published bus route"),
    ("Pampa Inalámbrica, centro", -17.6464, -71.3089, "D", 300, "start of a published bus route"),
    ("Aeropuerto", -17.6950, -71.3440, "T", 100, "published position, elevation 22 m"),
    ("El Algarrobal", -17.6228, -71.2678, "T", 500, "GeoNames"),
    ("Punta Coles", -17.7060, -71.3830, "T", 200, "published shoreline"),
    ("Refinería", -17.5620, -71.3560, "M", 1500, "about 9 km north of the centre"),
    ("Fundición", -17.5000, -71.3600, "M", 1500, "about 16 km north of the centre (S96)"),
]

# The coast and what leans on it: hectometres (X), drawn freehand past the places above, south to north.
COAST = [
    *[(2562, 80388), (2528, 80405), (2506, 80415), (2490, 80416), (2473, 80407), (2478, 80421)],
    *[(2487, 80436), (2494, 80453), (2501, 80466), (2505, 80473), (2509, 80476), (2513, 80486)],
    *[(2513, 80494), (2512, 80500), (2511, 80515), (2507, 80530), (2501, 80547), (2499, 80567)],
    *[(2495, 80585), (2493, 80610), (2494, 80636), (2492, 80650)],
]
SEA_WEST = 2440  # hectometres: where the sea is cut off on maps
RIVER = [  # Osmore, from the valley at El Algarrobal to its mouth
    *[(2615, 80508), (2594, 80501), (2576, 80505), (2558, 80503)],
    *[(2542, 80506), (2528, 80502), (2512, 80500)],
]
RAILWAY = [  # from the harbour yard just behind the shore, over the river, to the smelter (M)
    *[(2510, 80468), (2513, 80472), (2514, 80477), (2516, 80487), (2516, 80494), (2515, 80500)],
    *[(2515, 80514), (2511, 80530), (2504, 80548), (2502, 80567), (2498, 80586), (2497, 80610)],
    *[(2498, 80636), (2508, 80648)],
]
CORRIDOR_SIDE = 20.0  # m each side of the track, the width in dispute in the 1990s (S99 III.d)
RAVINES = {
    "Quebrada Sur": [
        (2553, 80466),
        (2551, 80461),
        (2546, 80455),
        (2538, 80450),
        (2516, 80442),
        (2487, 80436),
    ],
    "Quebrada Oeste": [(2534, 80484), (2530, 80487), (2524, 80491), (2519, 80497), (2515, 80500)],
    "Quebrada Norte": [(2560, 80488), (2555, 80494), (2549, 80499), (2542, 80506)],
    "Quebrada Este": [(2586, 80490), (2580, 80497), (2576, 80505)],
}
# Three parts of the city of the 1980s, cut apart by the railway (S96 III). Outlines are X.
CITY = {
    "Centro antiguo": (
        "old fishing centre",
        [
            *[(2496, 80462), (2508, 80462), (2509, 80468), (2513, 80472), (2514, 80477)],
            *[(2516, 80487), (2516, 80491), (2505, 80491)],
        ],
    ),
    "Pueblo Nuevo": (
        "industrial camp",
        [(2516, 80505), (2524, 80505), (2526, 80511), (2524, 80521), (2516, 80524), (2516, 80514)],
    ),
    "Pueblos jóvenes": (
        "squatter settlements of the slope",
        [
            *[(2512, 80462), (2512, 80454), (2523, 80455), (2529, 80466), (2528, 80480)],
            *[(2528, 80491), (2523, 80497), (2518, 80496), (2516, 80487), (2514, 80477), (2513, 80472)],
        ],
    ),
}
ACCESS = [(2517, 80478), (2524, 80481), (2529, 80478), (2540, 80473)]  # road from the city up to the Pampa

# The Pampa Inalámbrica: about 425 ha (D: 60,000 residents (S99 II.c) at some 140 a hectare).
# Drawn in metres in a frame turned with the coast; the old part stands at 45 degrees to north.
PAMPA_ORIGIN = (254900.0, 8047350.0)  # real position of PAMPA_PIVOT, beside the published centre
PAMPA_PIVOT = (1300.0, 850.0)
PAMPA_TURN = 7.0  # degrees
PAMPA_EDGE = [  # clockwise: break of slope in the west, the ravine's notch in the south
    *[(175, 110), (120, 330), (65, 560), (80, 800), (20, 1040), (90, 1280), (190, 1480), (210, 1600)],
    *[(235, 1690), (330, 1720), (880, 1757), (1500, 1761), (2080, 1735), (2480, 1710), (2570, 1690)],
    *[(2590, 1600), (2640, 1290), (2620, 880), (2680, 460), (2640, 220), (2610, 130), (2500, 90)],
    *[(1990, 20), (1800, 30), (1735, 150), (1700, 250), (1640, 250), (1590, 120), (1480, 20)],
    *[(880, 0), (420, 25), (245, 45)],
]
# Collectors cross at these nodes: columns west to east; rows south, spine, north (outside the edge).
SOUTH = [(-300, -200), (845, -200), (1420, -200), (2040, -200), (2900, -230)]
SPINE = [(-300, 872), (870, 880), (1440, 895), (2035, 890), (2900, 850)]
NORTH = [(-300, 1950), (895, 1950), (1455, 1950), (2030, 1950), (2900, 1950)]
OLD_APEX = (745, 879)  # where the two diagonals of the old part meet the spine
OLD_BLOCKS = (9, 8)  # blocks along each side of the old part
OLD_PITCH = (53.0, 85.0)  # m, street to street

# Width of the right of way in metres, by class (X, after the usual Peruvian sections).
WIDTHS = {"colectora": 20.0, "avenida": 15.0, "calle": 12.0, "pasaje": 6.0}
SPINE_WIDTH = 25.0
BLOCK = (78.0, 40.0)  # m of land between streets: 90 x 52 from centre line to centre line of two calles
# Streets in the order they come, going away from a collector: along the blocks, and across them.
ALONG = ["calle", "pasaje", "calle", "pasaje", "calle", "avenida", "calle", "pasaje"]
ACROSS = ["calle", "calle", "avenida", "calle"]

# Extension areas: column of the nodes they start from, column they reach, side of the spine, turned,
# state in 1996 (S96 V: "the 5th and 6th being laid out, the 7th and 8th planned"; 1 to 4: D).
AREAS = {
    1: (1, 0, "north", False, "habilitada / laid out"),
    2: (1, 0, "south", False, "habilitada / laid out"),
    3: (1, 2, "north", False, "habilitada / laid out"),
    4: (1, 2, "south", False, "habilitada / laid out"),
    5: (2, 3, "north", True, "en trazado / being laid out"),
    6: (2, 3, "south", False, "en trazado / being laid out"),
    7: (3, 4, "north", False, "prevista / planned"),
    8: (3, 4, "south", True, "prevista / planned"),
}
# Reserves in each area: kind, number of blocks, how far along and how far from the spine (0 to 1);
# mirrored in some areas.
RESERVES = [
    ("parque", 2, 0.50, 0.52),
    ("equipamiento", 3, 0.30, 0.30),
    ("parque", 1, 0.78, 0.25),
    ("parque", 1, 0.25, 0.78),
    ("parque", 1, 0.75, 0.76),
]
MIRRORED = (1, 2, 6, 7)
COLLECTOR_NAMES = ["Av. Moquegua", "Av. Algarrobal", "Av. Punta Coles"]
AVENUES = ["Los Olivos", "Las Palmeras", "Los Molles", "Los Geranios", "El Faro", "Las Gaviotas", "La Caleta"]
AVENUES += [
    "Los Pescadores",
    "El Puerto",
    "Las Brisas",
    "Los Ficus",
    "La Brújula",
    "Los Tamarindos",
    "El Ancla",
]
AVENUES += [
    "La Atarraya",
    "Las Buganvillas",
    "El Mirador",
    "Los Claveles",
    "La Marina",
    "El Sol",
    "Las Dunas",
]
AVENUES += [
    "Los Arenales",
    "El Horizonte",
    "Las Palomas",
    "La Estación",
    "Los Rieles",
    "El Telégrafo",
    "La Antena",
]

# Slips of the pen, put in on purpose: what is wrong, area, name of the street. See README.md.
FLAWS = {
    "doubled line": ("3", "Calle 3"),
    "undershoot of 0.4 m": ("4", "Calle 4"),
    "overshoot of 0.3 m": ("7", "Calle 5"),
    "crossing without a node": ("6", "Calle 2"),
    "line of zero length": ("8", "Calle 1"),
}

# Relief (X, within the published range): distance from the shore and height in metres.
PROFILE = [(0, 0), (500, 15), (1800, 70), (2300, 110), (2650, 150), (5600, 255), (9000, 520), (20000, 900)]
CELL = 30.0
RELIEF_BOUNDS = (247000.0, 8040000.0, 259990.0, 8060010.0)  # west, south, east, north: whole cells
VALLEY = (15.0, 0.008, 350.0)  # Osmore: height at the mouth, rise along it, half width of the floor, m
RAVINE = (14.0, 60.0)  # m deep, m half width
NODATA = -9999.0

LAYERS = {  # what each layer is: goes into the file, and from there to `ilo_gis.io.samples()`
    "coast": "Shoreline, drawn freehand past the published places",
    "sea": "Sea west of the shoreline, for maps",
    "river": "Osmore, from El Algarrobal to its mouth",
    "railway": "Industrial railway from the harbour yard to the smelter",
    "railway_corridor": "20 m each side of the track: the width in dispute in the 1990s",
    "ravines": "Dry ravines between the plateau, the valley and the sea",
    "city": "The three parts of the city of the 1980s",
    "places": "Published places, with evidence and uncertainty in metres",
    "pampa": "Pampa Inalámbrica: the site of the extension, about 425 ha",
    "extension_areas": "Eight extension areas; with the old part they cover the Pampa exactly",
    "old_part": "Existing part of the Pampa, its streets at 45 degrees to north",
    "old_blocks": "Blocks of the old part",
    "collectors": "Collectors and edge street of the Pampa, and its access from the city",
    "pampa_streets": "Centre lines of all streets of the Pampa, with width, class and a few flaws on purpose",
    "parks": "Blocks of the Pampa left out for parks, schools and the square",
}
