"""Work in the background: reckoned in a task of QGIS, told when done, dropped when it is no longer wanted."""

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Thread

from qgis.core import Qgis, QgsApplication, QgsTask

from .bridge import BridgeError
from .i18n import reason, tr
from .library import TAB

__all__ = ["Work", "aside", "breathe", "tell"]

BREATH = 0.05  # seconds between looks at whether the user cancels


def tell(bar, summary, details="", level=Qgis.MessageLevel.Info):
    """Say something in the message bar, its details under «Ver detalles» and in the log."""
    QgsApplication.messageLog().logMessage(f"{summary}\n{details}".strip(), TAB, level, False)
    duration = 0 if level >= Qgis.MessageLevel.Warning else 6
    bar.pushMessage(TAB, summary, *([details] if details else []), level, duration)


def breathe(feedback, look=QgsApplication.processEvents):
    """Let the window answer, or call `look` instead; work that the user cancels ends here."""
    from ilo_gis.errors import Cancelled

    look()
    if feedback.isCanceled():
        raise Cancelled


def aside(feedback, function, *given, look=QgsApplication.processEvents):
    """Return what a function gives that touches nothing of QGIS, from a thread: a cancel need not wait."""
    worker = ThreadPoolExecutor(1)
    made = worker.submit(function, *given)
    worker.shutdown(wait=False)
    while True:
        wait([made], BREATH)
        breathe(feedback, look)
        if made.done():
            return made.result()


class Work:
    """One kind of work of which only the newest counts: what was begun before is stopped and dropped."""

    def __init__(self, title, done, failed, ended=None):
        self.title, self.done, self.failed, self.ended = title, done, failed, ended
        self.task = None

    def start(self, function, *given):
        """Call `function(*given, progress=...)` in a task; `done(result)` is called when it ends well.

        What of `given` can be called is called first, in the thread of the window.
        """
        self.stop()
        try:
            read = [one() if callable(one) else one for one in given]
        except BridgeError as error:
            self.failed(tr("{} was not possible.").format(self.title), str(error))
            return
        self.task = _Task(self, function, read)
        _RUNNING.add(self.task)
        QgsApplication.taskManager().addTask(self.task)

    def stop(self):
        """Stop what runs; its result is dropped at once, however long it takes to end."""
        if self.task is not None:
            self.task.cancel()

    def leave(self, task):
        """Take no more from a task."""
        if self.task is task:
            self.task = None
            if self.ended is not None:
                self.ended()


_RUNNING = set()  # QGIS keeps no reference to tasks made in Python


class _Task(QgsTask):
    """Waits for work in a thread of Python, which touches nothing of QGIS: a cancel needs no time."""

    def __init__(self, work, function, given):
        super().__init__(work.title, QgsTask.Flag.CanCancel)
        self._work, self._call = work, _Call(function, given)

    def run(self):
        worker = Thread(target=self._call, daemon=True)
        worker.start()
        while worker.is_alive() and not self.isCanceled():
            worker.join(0.05)
            self.setProgress(100 * self._call.share)
        return self._call.ended and not self.isCanceled()

    def cancel(self):
        """Stop; the panel is free at once."""
        self._call.wanted = False
        self._work.leave(self)  # before: a task that still waits in line ends within the next call
        super().cancel()

    def finished(self, fine):
        """Hand over the result, in the thread of the window."""
        _RUNNING.discard(self)
        work, call = self._work, self._call
        if work.task is not self:
            return
        work.leave(self)
        if fine:
            work.done(call.result)
        else:
            work.failed(tr("{} was not possible.").format(work.title), reason(call.error or ""))


class _Call:
    """A call with what it gave, how far it is, and whether it is still wanted."""

    def __init__(self, function, given):
        self._function, self._given = function, given
        self.share, self.wanted, self.ended = 0.0, True, False
        self.result = self.error = None

    def __call__(self):
        from ilo_gis.errors import IloGisError

        try:
            self.result = self._function(*self._given, progress=self._go_on)
            self.ended = True
        except (IloGisError, ValueError, KeyError, OSError) as error:  # cancelled, or layers half drawn
            self.error = error

    def _go_on(self, share, _text):
        self.share = share
        return self.wanted
