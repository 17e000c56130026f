"""Each refusal that planners may see has Spanish words, and no Spanish words are left without a refusal."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from ilo_gis import errors
from ilo_gis.errors import RuleError
from ilo_gis.refusals import said
from ilo_gis.refusals.saying import FIELD
from ilo_gis.tables import findings

PACKAGE = Path(__file__).parents[1] / "ilo_gis"
COVERED = {"editing", "kept", "promuvi", "relocation", "review", "subdivision", "tables", "zoning"}
# ExactnessError is a fault of ilo_gis, reported as it is
ERRORS = {"ValueError", *(name for name in errors.__all__ if name[0].isupper())} - {"ExactnessError"}
TABLES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in (PACKAGE / "refusals").glob("*.toml")}
REFUSALS = [pair for table in TABLES.values() for pair in table.get("refusal", [])]
PARTS = TABLES["parts"]["part"]


def shapes(node):
    """Yield what a message looks like in the code, with {} for what is filled in."""
    if isinstance(node, ast.IfExp):
        yield from [*shapes(node.body), *shapes(node.orelse)]
    elif isinstance(node, ast.BinOp):
        yield from (a + b for a in shapes(node.left) for b in shapes(node.right))
    elif isinstance(node, ast.Constant):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        text = "".join(one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
        yield bare(text)
    else:
        yield "{}"


def trees(packages):
    for file in sorted(PACKAGE.rglob("*.py")):
        if file.relative_to(PACKAGE).parts[0].removesuffix(".py") in packages:
            yield file.relative_to(PACKAGE), ast.parse(file.read_text("utf-8"))


def refusals(packages):
    for file, tree in trees(packages):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in ERRORS:
                own = (shape for shape in shapes(node.args[0]) if shape != "{}")
                yield from ((f"{file}:{node.lineno}", shape) for shape in own)


def fields(text):
    return {found[1] for found in FIELD.finditer(text)}


def bare(text):
    return re.sub(r"(\{\})+", "{}", FIELD.sub("{}", text))


def test_every_refusal_has_spanish_words():
    known = {bare(pair["en"]) for pair in REFUSALS}
    assert [(place, shape) for place, shape in refusals(COVERED) if shape not in known] == []


def test_no_spanish_words_are_left_over():
    raised = {shape for _, shape in refusals(COVERED)}
    assert [pair["en"] for pair in REFUSALS if bare(pair["en"]) not in raised] == []
    texts = {
        node.value
        for _, tree in trees({*COVERED, "errors", "geometry"})
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    texts |= {path.read_text("utf-8") for name in COVERED for path in (PACKAGE / name).glob("*.toml")}
    pieces = {
        piece.strip() for part in PARTS for piece in re.split(r"\0(?:: )?| of (?=\0)", FIELD.sub("\0", part))
    }
    assert [piece for piece in pieces if not any(piece in text for text in texts)] == []


def test_pairs_fill_alike_and_are_found():
    pairs = [(pair["en"], pair["es"]) for pair in REFUSALS]
    assert [es for en, es in [*pairs, *PARTS.items()] if fields(es) - fields(en)] == []
    filled = [[FIELD.sub("7", text) for text in pair] for pair in pairs]
    assert [(said(en), es) for en, es in filled if said(en) != es] == []


@pytest.mark.parametrize(
    ("message", "spanish"),
    [
        ("merge: A-1, A-3 do not make one lot: they do not all touch, or enclose another. Name those between "
         "as well.",
         "Los lotes A-1, A-3 no forman uno solo: no todos colindan, o encierran a otro. Incluya también los "
         "intermedios."),
        ("There is no lot A-9 (did you mean A-1 or A-8?). A remnant is no lot.",
         "No existe el lote A-9 (¿quiso decir A-1 o A-8?). Un remanente no es un lote."),
        ("Locked lots would be merged or split: A-1 and 2 more. Take them out of the change, or unlock them. "
         "Why they are locked: titulado a H-1: A-1.",
         "Se unirían o dividirían lotes bloqueados: A-1 y 2 más. Retírelos del cambio, o desbloquéelos. "
         "Motivo del bloqueo: titulado a H-1: A-1."),
        ("P-1 cannot go to A-1: kept for R-3. Choose another lot.",
         "P-1 no puede ir a A-1: está reservado para R-3. Elija otro lote."),
        ("Zones in force lie on each other: Z1 and Z2 (81.00 m2), Z3 and Z4 (2.00 m2) and 3 more pairs. If "
         "they are of several plans, say which day counts: `on=`. If they are of one, mend the plan: "
         "`ilo-gis zoning check` shows where.",
         "Hay zonas vigentes superpuestas: Z1 y Z2 (81.00 m2), Z3 y Z4 (2.00 m2) y 3 pares más. Si son de "
         "varios planes, indique la fecha que cuenta. Si son de uno solo, corrija el plan: la revisión de la "
         "zonificación muestra dónde."),
        ("lots: 2 of 3 geometries cannot be used:\n- A-1: no geometry\n- A-2: a Point where Polygon or "
         "MultiPolygon is needed\nMend them at their source, or drop them: `lots.drop(index=[...])`. "
         "`ilo-gis check FILE` lists all of them.",
         "lotes: 2 de 3 geometrías no se pueden usar:\n- A-1: sin geometría\n- A-2: es Point y se necesita "
         "Polygon o MultiPolygon\nCorríjalas en su archivo de origen, o retírelas."),
        ("Not a table of 'lots':\n- column 'kind' is missing: lot or remnant\n- lot_id repeats: A-1",
         "No cumple lo que pide la tabla 'lots'. Corrija:\n- falta la columna 'kind'\n"
         "- lot_id se repite: A-1"),
        ("What nobody knows", "What nobody knows"),
    ],
)  # fmt: skip
def test_refusals_are_said_in_spanish_and_english_stays(message, spanish):
    assert said(RuleError(message)) == spanish
    assert said(message, "en") == message


def test_reasons_of_refused_events_are_those_of_their_findings():
    found = findings("lot_events", None, "events.taken", detail="lot A-1", found=1, crs=32719)
    found = found.assign(message_es="El lote ya está asignado: lote A-1.")
    head = "1 of 2 events are refused, and nothing is recorded:\n- E-2: "
    spanish = "No se admiten 1 de 2 eventos y no se registró ninguno. Corríjalos:\n- E-2: "
    refused = errors.EventsRefused(head + found["message"].iloc[0], found)
    assert said(refused) == f"{spanish}El lote ya está asignado: lote A-1."


def test_only_two_languages_are_spoken():
    with pytest.raises(RuleError, match="'qu'"):
        said("x", "qu")
