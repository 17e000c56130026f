"""The relocations from the seafront that the schematic Ilo shows: Table 3 of S99, with places of our own.

Areas, dates and agreements are printed (S99, Table 3); a month or half year is dated by its last day: by
then it was done. Places along the shore, earlier steps, stages and the days of their works are ours (X).
"""

from __future__ import annotations

from datetime import date

TABLE, PIER = "S99 II.d, Table 3", "S99 III.c"
ILLUSTRATIVE = "X, illustrative: no source tells the day"
LENGTH = 3000.0  # m of shore from the wharf northward (S99 II.d: three kilometres)
WHARF = "Muelle fiscal"  # the place where the strip begins

# id: (row, Spanish / English, kind, area m2, m along the shore where it begins (X), depth m (X),
#      receiving site, what else is printed)
OCCUPANTS = {
    "customs": (
        *(
            3,
            "Aduana del Perú / Customs Office of Peru",
            "institution",
            400.0,
            40.0,
            20.0,
            "customs_premises",
        ),
        {"condition": "módulo prefabricado / prefabricated building"},
    ),
    "calle_comercio": (
        *(5, "Viviendas de la calle Comercio / Households, calle Comercio", "households"),
        *(200.0, 90.0, 10.0, None),
        {
            "tenure": "public",
            "count_of": "households",
            "condition": "área pública, incorporada al muelle / public area, incorporated into pier",
        },
    ),
    "police": (
        *(4, "Policía Nacional / National police", "institution", 800.0, 140.0, 25.0, "police_lot"),
        {
            "condition": "módulo prefabricado, dormitorio del personal / "
            "pre-fabricated building, staff sleeping quarters"
        },
    ),
    "imarpe": (
        *(1, "IMARPE, Instituto del Mar del Perú / Ocean Institute of Peru", "institution"),
        *(10_000.0, 260.0, 50.0, "imarpe_building"),
        {"built_area": 400.0},
    ),
    "shipyard": (
        *(7, "Reparación de botes, varadero informal / Refurbishment of boats, informal shipyard"),
        *("informal_business", 2_000.0, 560.0, 40.0, None),
        {"tenure": "informal"},
    ),
    "mpi_mechanics": (
        *(8, "Taller de mecánica de la MPI / Mechanical shop, MPI", "institution"),
        *(800.0, 760.0, 20.0, "mpi_mechanics_building"),
        {},
    ),
    "pena_blanca": (
        *(10, "Ex peña blanca (prostíbulo) / Former peña blanca (brothel)", "business"),
        *(800.0, 1120.0, 25.0, None),
        {},
    ),
    "mpi_blocks": (
        *(10, "Bloquera de la MPI / MPI block manufacture", "institution", 800.0, 1152.0, 25.0, None),
        {},
    ),
    "mpi_vehicles": (
        *(10, "Depósito de vehículos de la MPI / MPI vehicle depository", "institution"),
        *(800.0, 1184.0, 25.0, None),
        {},
    ),
    "zegarra": (
        *(10, "Taller de mecánica Zegarra / Zegarra mechanical shop", "business"),
        *(800.0, 1216.0, 25.0, None),
        {},
    ),
    "chicken_abattoir": (
        *(10, "Camal de pollos / Chicken abattoir", "business", 800.0, 1248.0, 25.0, None),
        {},
    ),
    "mpi_warehouse": (
        *(10, "Almacén general de la MPI / MPI general warehouse", "institution"),
        *(800.0, 1280.0, 25.0, None),
        {},
    ),
    "la_picuda": (
        *(6, "60 residentes del asentamiento humano La Picuda / 60 residents, La Picuda human settlement"),
        *("households", 4_000.0, 1400.0, 40.0, "la_picuda_block"),
        {"count": 60, "count_of": "unclear"},  # persons or households: the source may mean either
    ),
    "abattoir": (
        *(9, "Camal municipal / Municipal abattoir", "institution", 2_400.0, 1950.0, 40.0),
        *("abattoir_building", {}),
    ),
    "brickmakers": (
        *(2, "Ladrilleros / Brickmakers", "informal_business", 2_000.0, 2250.0, 40.0, None),
        {},
    ),
}
SHARED = (10, 4_800.0)  # the row that gives one area for its six facilities
SHARED_NOTE = (
    "la fuente da solo la suma, 4,800 m2 para seis: partes iguales / "
    "the source gives only the sum, 4,800 m2 for six: equal shares"
)
PRINTED_NOTE = "según la fuente / as printed"

# row: (kinds, Spanish, as printed, parties, date, date as printed)
MPI = "Municipalidad Provincial de Ilo"
ORDER = "orden de reubicación"
AGREEMENTS = {
    1: (
        *("own_funds;new_premises;premises_donated",),
        "Con fondos propios; construyó otro local; donó el módulo prefabricado a la universidad",
        "Own funds; built another facility; donated pre-fabricated building to the university",
        *(f"{MPI};IMARPE;universidad", date(1994, 9, 30), "September 1994"),
    ),
    2: (
        *("order", "Orden de reubicación, empleo informal", "Relocation order, informal employment"),
        *(MPI, date(1994, 9, 30), "September 1994"),
    ),
    3: (
        *("premises_donated;new_premises", "Local desocupado donado por la aduana; local nuevo"),
        *("Vacant premises donated by customs; new premises", f"{MPI};Aduana"),
        *(date(1993, 11, 30), "November 1993"),
    ),
    4: (
        *("land_swap",),
        "La MPI donó en reciprocidad un terreno en la Pampa Inalámbrica e instaló un módulo prefabricado",
        "MPI reciprocally donated land in Pampa Inalámbrica; MPI installed pre-fabricated building",
        *(f"{MPI};Policía Nacional", date(1994, 1, 31), "January 1994"),
    ),
    5: ("order", "Orden de desocupar", "Order to vacate", MPI, date(1994, 1, 31), "January 1994"),
    6: (
        *("land_donation", "La MPI donó un terreno en la Pampa Inalámbrica"),
        *("MPI donated land in Pampa Inalámbrica", f"{MPI};asentamiento humano La Picuda"),
        *(date(1994, 5, 31), "May 1994"),
    ),
    7: (
        *("order", "Orden de reubicación, ocupación informal", "Relocation order, informal occupation"),
        *(MPI, date(1994, 10, 31), "October 1994"),
    ),
    8: (
        *("new_premises", "Construcción de otras instalaciones", "Construction of other facilities"),
        *(MPI, date(1995, 1, 31), "January 1995"),
    ),
    9: (
        *("new_premises", "Construcción de otro local", "Construction of other premises"),
        *(MPI, date(1995, 5, 31), "May 1995"),
    ),
    10: ("order", "Orden de reubicación", "Relocation order", MPI, date(1995, 6, 30), "First half of 1995"),
}

# What Table 3 tells as done, by the day of the move: (row, who, Spanish, English)
OBLIGATIONS = [
    (1, "IMARPE", "Construir su nuevo local", "Build another facility"),
    (
        *(1, "IMARPE", "Donar el módulo prefabricado a la universidad"),
        "Donate the pre-fabricated building to the university",
    ),
    (3, "Aduana", "Donar el local desocupado", "Donate the vacant premises"),
    (4, MPI, "Donar un terreno en la Pampa Inalámbrica", "Donate land in Pampa Inalámbrica"),
    (4, MPI, "Instalar un módulo prefabricado", "Install a pre-fabricated building"),
    (6, MPI, "Donar un terreno en la Pampa Inalámbrica", "Donate land in Pampa Inalámbrica"),
    (8, MPI, "Construir otras instalaciones", "Build other facilities"),
    (9, MPI, "Construir otro local", "Build other premises"),
]

# id: (kind, Spanish / English, lots, room for households). Lots are those of `ilo-gis lots` on pampa_streets
# with --width width --min-area 160 --min-frontage 8, in area 5, which was being laid out (S96 III); which
# lots they were is ours (X). Four blocks have room for 60 households; were they 60 persons, one would do.
RECEIVING_SITES = {
    "imarpe_building": ("building", "Nuevo local de IMARPE / New facility of IMARPE", None, None),
    "customs_premises": (
        *("building", "Nuevo local de la aduana / New premises of the customs office", None, None),
    ),
    "mpi_mechanics_building": (
        *("building", "Otras instalaciones de la MPI / Other facilities of MPI", None, None),
    ),
    "abattoir_building": ("building", "Otro local del camal / Other premises of the abattoir", None, None),
    "police_lot": (
        *("lot", "Lotes de la policía en la Pampa / Lots of the police on the Pampa"),
        *("MT-1;MT-2;MT-3;MT-4;MT-5", None),
    ),
    "la_picuda_block": (
        *("block", "Manzanas de La Picuda en la Pampa / Blocks of La Picuda on the Pampa"),
        *("MP;MQ;MR;MS", 72),
    ),
}

LISTED = date(1993, 1, 31)  # X
TALKS = 180  # X: days between the first talks and the agreement
# stage: (begin of works, opened). That the works began in August 1994 is printed, without a day: a begin is
# dated by the first day of its month, so that what precedes it does so in any reading. All else is X.
STAGES = {
    1: (date(1994, 8, 1), date(1995, 12, 31)),
    2: (date(1996, 1, 1), date(1997, 12, 31)),
    3: (date(1998, 1, 1), date(1998, 12, 31)),
}
START_SOURCE = f"{PIER}: August 1994, no day; opened: {ILLUSTRATIVE}"
DESIGNATED = "S99 II.d: space designated, works not told"

# id: (stage, use, from m, to m, from depth m, to depth m, Spanish / English, persons); places and order by
# S99 II.d, measures X. The wharf itself, 20 m, and the mouth of the river are left open.
BESIDE = (15.0, 75.0)  # between promenade and road
SEAFRONT = {
    "promenade_1": (
        *(1, "promenade", 20.0, 700.0, 0.0, 15.0),
        *("Malecón arborizado / Tree-lined walkways", None),
    ),
    "promenade_2": (2, "promenade", 700.0, 1500.0, 0.0, 15.0, "Malecón norte / Northern promenade", None),
    "promenade_3": (
        *(3, "promenade", 1500.0, 2475.0, 0.0, 15.0),
        *("Malecón a Boca del Río / Promenade to Boca del Río", None),
    ),
    "plaza": (1, "plaza", 20.0, 250.0, *BESIDE, "Plaza del muelle fiscal / Square at the wharf", None),
    "amphitheatre": (
        *(1, "amphitheatre", 250.0, 500.0, *BESIDE),
        *("Anfiteatro al aire libre / Open-air amphitheatre", 3000),
    ),
    "gardens": (1, "plaza", 500.0, 700.0, *BESIDE, "Senderos y jardines / Garden paths", None),
    "playground": (
        *(2, "playground", 700.0, 1000.0, *BESIDE),
        *("Juegos infantiles junto al mar / Seaside playground", None),
    ),
    "housing": (
        *(2, "housing", 1000.0, 1500.0, *BESIDE),
        *("Vivienda de alta densidad / High-density housing", None),
    ),
    "city_hall": (3, "city_hall", 1500.0, 1700.0, *BESIDE, "Palacio municipal / City hall", None),
    "culture": (3, "culture", 1700.0, 1900.0, *BESIDE, "Cultura / Culture", None),
    "tourism": (3, "tourism", 1900.0, 2475.0, *BESIDE, "Turismo / Tourism", None),
    "road_2": (2, "road", 700.0, 1500.0, 75.0, 87.0, "Vía a Boca del Río / Road to Boca del Río", None),
    "road_3": (3, "road", 1500.0, 2475.0, 75.0, 87.0, "Vía a Boca del Río / Road to Boca del Río", None),
    "beach": (
        *(3, "tourism", 2525.0, 3000.0, 0.0, 75.0),
        *("Playa Boca del Río / Boca del Río beach", None),
    ),
}
DESIGNATED_USES = ("housing", "city_hall", "culture", "tourism")

LAYERS = {
    "occupants": "Fifteen facilities of Table 3 of S99, areas as printed, places along the shore made up",
    "seafront": "The strip by stage and use, from the wharf northward; measures made up",
    "receiving_sites": "Where they went, as far as told; lots of the Pampa made up",
    "agreements": "Ten agreements and orders of Table 3 of S99",
    "obligations": "What the agreements of Table 3 of S99 ask of whom",
    "relocation_tasks": "Tasks from agreements to openings; dates as the events, durations illustrative",
    "moves": "Events: printed dates for moved and cleared, illustrative ones for earlier steps",
}
