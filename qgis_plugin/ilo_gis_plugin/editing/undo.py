"""One order of steps for several layers: what is taken back on one is taken back on all, and done again too.

QGIS keeps a list of steps for each layer. Here all lists have the same length: where a step does not touch a
layer, an empty one of the same name stands in its list. So any of them can be walked, by the keys or in the
panel of steps, and the others follow.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from qgis.PyQt.QtCore import QObject, QSignalBlocker, pyqtSignal

from ..i18n import tr

__all__ = ["Steps"]


@dataclass
class _Step:
    """A step: its name where it touches nothing, its names where it does, and where it cannot be undone."""

    name: str
    own: dict[str, str]  # by the id of the layer
    lost: list[str] = field(default_factory=list)


class Steps(QObject):
    """The steps of several layers, in step with each other; `told` says what the user would not see."""

    told = pyqtSignal(str)

    def __init__(self):
        super().__init__()
        self._layers, self._slots = {}, {}  # by the id of the layer
        self._steps, self._at = [], 0
        self._busy, self._rolling = False, set()

    def follow(self, layers):
        """Take layers in; steps that they have already stand beside those of the others."""
        new = [layer for layer in layers if layer.id() not in self._layers]
        for layer in new:
            self._layers[layer.id()] = layer
            self._slots[layer.id()] = slots = [
                (layer.undoStack().indexChanged, partial(self._moved, layer)),
                (layer.editCommandEnded, partial(self._moved, layer)),
                (layer.editCommandDestroyed, self._cut),
                (layer.beforeRollBack, partial(self._rolling.add, layer.id())),
                (layer.afterRollBack, partial(self._rolled_back, layer)),
            ]
            for signal, slot in slots:
                signal.connect(slot)
        if new:
            self._level({layer.id() for layer in new})

    def leave(self, ids):
        """Let go of layers; what was done to them is not taken back any more."""
        for number in [one for one in ids if one in self._layers]:
            layer = self._layers.pop(number)
            for signal, slot in self._slots.pop(number):
                signal.disconnect(slot)
            self._lose(layer)

    @contextmanager
    def step(self, title, layers):
        """Make all that is done to some layers one step of all; what fails is taken back."""
        self._busy = True
        for layer in layers:
            layer.beginEditCommand(title)
        try:
            yield
        except BaseException:
            for layer in layers:
                layer.destroyEditCommand()
            self._busy = False
            self._cut()
            raise
        for layer in layers:
            layer.endEditCommand()
            layer.triggerRepaint()  # else the map shows the rows as they were
        self._busy = False
        self._level(title=title)

    # -- what happens on the stack of one layer ---------------------------------------------------

    def _moved(self, layer, *_):
        if self._busy or layer.id() in self._rolling:
            return
        stack = layer.undoStack()
        if not stack.count():  # saved
            self._lose(layer)
        elif not any(one.isEditCommandActive() for one in self._layers.values()):
            if self._walked(stack, layer.id()):
                self._go(stack.index(), layer)
            else:
                self._level()

    def _walked(self, stack, number):
        """Tell whether the user went along the steps there are, and did not make a new one."""
        at = stack.index()
        if stack.count() != len(self._steps):
            return False
        return at <= self._at or stack.text(at - 1) == _name(self._steps[at - 1], number)

    def _rolled_back(self, layer):
        self._rolling.discard(layer.id())
        layer.undoStack().clear()

    # -- what the others do then --------------------------------------------------------------------

    def _go(self, at, layer):
        """Take all layers to a place in the order of steps."""
        passed = self._steps[min(at, self._at) : max(at, self._at)]
        back, self._at = at < self._at, at
        with self._quiet():
            for number, other in self._layers.items():
                touched = any(number in step.own for step in passed)
                with _silent(other, not touched):
                    other.undoStack().setIndex(at)
                if touched:
                    other.triggerRepaint()
        self._clean()
        self._tell(passed, back, layer)

    def _tell(self, passed, back, layer):
        said = tr("Taken back: {}.") if back else tr("Done again: {}.")
        for step in passed:
            if step.lost:
                told = tr("{} is saved or discarded already in {}: there it stays.")
                self.told.emit(told.format(step.name, ", ".join(step.lost)))
            elif layer.id() not in step.own:
                self.told.emit(said.format(step.name))

    def _level(self, joined=(), title=None):
        """Note the steps that were made, and give the layers that they do not touch empty ones."""
        places = {number: layer.undoStack() for number, layer in self._layers.items()}
        top = max((stack.index() for stack in places.values()), default=0)
        if made := top > self._at:
            del self._steps[self._at :]
        for k in range(top):
            own = {
                number: stack.text(k)
                for number, stack in places.items()
                if stack.index() > k and (k >= self._at or number in joined)
            }
            if k < len(self._steps):
                self._steps[k].own.update(own)
            else:
                names = (f"{self._layers[number].name()}: {text}" for number, text in own.items())
                self._steps.append(_Step(title or " · ".join(names), own))
        self._at = max(top, self._at)
        for number, layer in self._layers.items():
            if made or number in joined:
                self._pad(layer)
        self._clean()

    def _pad(self, layer):
        """Fill the steps of a layer up with empty ones."""
        stack = layer.undoStack()
        with self._quiet(), _silent(layer):
            for step in self._steps[stack.index() :]:
                stack.beginMacro(step.name)
                stack.endMacro()
            stack.setIndex(self._at)

    def _lose(self, layer):
        """Forget the steps of a layer; those of the others stay, and begin anew where there are none."""
        for step in self._steps:
            if step.own.pop(layer.id(), None) is not None:
                step.lost.append(layer.name())
        if not any(step.own for step in self._steps):
            self._steps, self._at = [], 0
            with self._quiet():
                for other in self._layers.values():
                    with _silent(other):
                        other.undoStack().clear()
        elif layer.id() in self._layers:
            self._pad(layer)
            self._clean()

    def _cut(self):
        """Drop the steps that could be done again: one was begun on a layer and given up."""
        if self._busy or self._at == len(self._steps):
            return
        del self._steps[self._at :]
        with self._quiet():
            for number, layer in self._layers.items():
                if layer.isEditable():
                    layer.beginEditCommand("")
                    layer.destroyEditCommand()
                elif not any(number in step.own for step in self._steps):
                    with _silent(layer):
                        layer.undoStack().clear()
                    self._pad(layer)
        self._clean()

    def _clean(self):
        """Let QGIS know which layers are as they are stored, for all the empty steps they have."""
        for number, layer in self._layers.items():
            if not any(number in step.own for step in self._steps[: self._at]):
                layer.undoStack().setClean()

    @contextmanager
    def _quiet(self):
        before, self._busy = self._busy, True
        try:
            yield
        finally:
            self._busy = before


def _name(step, number):
    return step.own.get(number, step.name)


@contextmanager
def _silent(layer, wanted=True):
    """Let nobody read a layer again that does not change."""
    blocker = QSignalBlocker(layer) if wanted else None
    try:
        yield
    finally:
        if blocker is not None:
            blocker.unblock()
