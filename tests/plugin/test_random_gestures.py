"""Any gestures, edits by QGIS itself, undone and done again: a valid plan, and back to the last byte."""

import contextlib
import hashlib
import random
import sqlite3
from collections import Counter

import gestures
import numpy as np
import pytest
from qgis.core import QgsGeometry, QgsPointXY, QgsProject

from ilo_gis import io
from ilo_gis.editing import edit_between
from ilo_gis.errors import IloGisError
from ilo_gis.subdivision import recorded

bridge = pytest.importorskip("ilo_gis_plugin.bridge")
from ilo_gis_plugin.editing import pending, saving  # noqa: E402
from ilo_gis_plugin.layers import TABLE  # noqa: E402
from ilo_gis_plugin.project import opening  # noqa: E402

SEED, OFTEN = 10, 25  # gestures between two looks at the whole plan
# pandas tells how columns without a value will be put together one day: either way they have none
pytestmark = pytest.mark.filterwarnings(
    "ignore:The behavior of (DataFrame|array) concatenation:FutureWarning"
)


@pytest.fixture
def session(plugin, request, tmp_path):
    """The session on a small site, in memory or in a file that is whole afterwards."""
    tables = gestures.site(np.random.default_rng(SEED))
    if request.param == "memory":
        for name, table in tables.items():
            layer = bridge.to_layer(table, name.title(), name)
            layer.setCustomProperty(TABLE, name)
            QgsProject.instance().addMapLayer(layer)
    else:
        with io.open(tmp_path / "plan.gpkg", create=True) as store:
            store.write(tables, "base", info=recorded(gestures.RULE))
        opening.open_project(str(tmp_path / "plan.gpkg"), "base")
    one = plugin.editing.session
    one.why = []
    one.refused.connect(lambda *told: one.why.append(told[1]))
    yield one
    QgsProject.instance().clear()
    if request.param == "file":
        with contextlib.closing(sqlite3.connect(tmp_path / "plan.gpkg")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def contents(session):
    """Return what tells all rows of each layer to the last byte, without the numbers QGIS gives features."""
    told = {}
    for name, layer in session.layers().items():
        own = [k for k, field in enumerate(layer.fields()) if field.name() != bridge.FID]
        rows = sorted(
            repr([f[k] for k in own]).encode() + f.geometry().asWkb().data() for f in layer.getFeatures()
        )
        told[name] = hashlib.sha256(b"\n".join(rows)).hexdigest()
    return told


class Walk:
    """A planner who does anything; `states` has what layers held after each step that can be undone."""

    def __init__(self, session, seed):
        self.session, self.rng, self.chance = session, np.random.default_rng(seed), random.Random(seed)
        self.states, self.at = [contents(session)], 0
        self.done, self.refused, self.moved = Counter(), Counter(), Counter()
        self.land = gestures.land_of(session.known())

    def gesture(self):
        """Make one gesture; one that is refused changes nothing."""
        make, at = gestures.gesture(self.rng), self.session.snapshot()
        try:
            edit = make(at, self.rng)
        except IloGisError as error:
            self.refused[make.__name__, type(error).__name__] += 1
            assert contents(self.session) == self.states[self.at], make.__name__
            return
        if edit.nothing:
            self.done["nothing to do"] += 1
            return
        if self.session.apply(edit):
            self.done[make.__name__] += 1
            self._stepped(make.__name__)
        else:
            self.refused[make.__name__, self.session.why[-1]] += 1
            assert contents(self.session) == self.states[self.at], make.__name__

    def native(self):
        """Edit by QGIS's own tools: a vertex of a layer that nothing refers to, or what a lot is used for."""
        layers = self.session.layers()
        name, column = self.chance.choice([("lot_progress", None), ("lots", "use"), ("street_lines", "name")])
        layer = layers[name]
        numbers = sorted(f.id() for f in layer.getFeatures())
        if not numbers:
            return
        self.session.start([name])
        number = self.chance.choice(numbers)
        layer.beginEditCommand("native")
        if column is None:
            shape = QgsGeometry(layer.getFeature(number).geometry())
            shape.moveVertex(*QgsPointXY(252_000.0 + self.chance.random(), 8_046_000.0), 0)
            assert layer.changeGeometry(number, shape)
        else:
            value = f"{self.chance.random()}"
            assert layer.changeAttributeValue(number, layer.fields().indexOf(column), value)
        layer.endEditCommand()
        self.done["native"] += 1
        self._stepped(f"native edit of {name}")

    def walk(self):
        """Go back or forth one to three steps by any layer."""
        layer = self.chance.choice(sorted(self.session.layers().items()))[1]
        stack = layer.undoStack()
        for _ in range(self.chance.randint(1, 3)):
            back = self.chance.random() < 0.6
            if not (stack.canUndo() if back else stack.canRedo()):
                continue
            (stack.undo if back else stack.redo)()
            self.at += -1 if back else 1
            self.moved["undone" if back else "redone"] += 1
            assert self._differ(self.at) == [], f"{layer.name()}: step {self.at} of {len(self.states) - 1}"

    def end(self):
        """Undo all, and do all again."""
        last = self.at
        for to in (0, last):
            self.chance.choice(sorted(self.session.layers().items()))[1].undoStack().setIndex(to)
            assert self._differ(to) == []
            if to == 0:
                assert not any(layer.isModified() for layer in self.session.layers().values())
                assert pending.pending(self.session).nothing
        self.moved["undone"] += last
        self.moved["redone"] += last

    def sound(self):
        """The plan is a valid cover, its areas add up, its references are whole."""
        assert gestures.faults(self.session.known(), self.land) == []

    def _differ(self, at):
        now, then = contents(self.session), self.states[at]
        return [name for name in then if now[name] != then[name]]

    def _stepped(self, what):
        self.at += 1
        self.states[self.at :] = [contents(self.session)]
        stacks = {layer.undoStack().index() for layer in self.session.layers().values()}
        assert stacks == {self.at}, what


CASES = [
    pytest.param("memory", 30),
    pytest.param("file", 30),
    pytest.param("file", 500, marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("session", "count"), CASES, indirect=["session"])
def test_any_gestures_leave_a_valid_plan_and_are_taken_back_to_the_last_byte(session, count, capsys):
    one = Walk(session, SEED + count)
    for k in range(1, count + 1):
        one.gesture()
        if one.chance.random() < 0.25:
            one.walk()
        if one.chance.random() < 0.1:
            one.native()
        if k % OFTEN == 0 or k == count:
            one.sound()
    one.end()
    with capsys.disabled():
        print(f"\n{sum(one.done.values())} done {dict(one.done)}")  # noqa: T201 (told, not asserted)
        print(f"{sum(one.refused.values())} refused {dict(one.refused)}; {dict(one.moved)}")  # noqa: T201
    if session.address() is not None:
        _saved_and_read_again(session)


def _saved_and_read_again(session):
    """What is saved is what was shown."""
    shown, address = _rounded(session.known()), session.address()
    assert saving.save(session, "R.A. 10") == {}
    assert session.edited() == {}
    QgsProject.instance().clear()
    opening.open_project(address, "base")
    assert [*edit_between("changes.recover", shown, _rounded(session.known())).changes] == ["history"]


def _rounded(known):
    """Tables as QGIS shows them: numbers as they are stored, where the edited ones differ after 12 digits."""
    return {
        name: table.assign(**table[[*table.select_dtypes("float")]].round(6)) for name, table in known.items()
    }
