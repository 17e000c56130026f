"""The real QGIS window on a screen of its own, driven by a script."""

import json
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import py_straight_skeleton
import pytest

ROOT = Path(__file__).parents[2]
BESIDE = Path(py_straight_skeleton.__file__).parents[1]  # packages that QGIS has not
SETTINGS = """\
[PythonPlugins]
ilo_gis_plugin=true

[locale]
overrideFlag=true
userLocale={locale}

[qgis]
checkVersion=false
newsFeed\\httpsfeedqgisorg\\disabled=true
"""


@dataclass(frozen=True)
class Shown:
    """What a script told, the pictures it took by name, the log of QGIS (text, tab, level), and stderr."""

    told: dict
    pictures: dict[str, Path]
    log: list[list[str]]
    stderr: str


def run(
    script: str,
    folder: Path,
    *,
    timeout: float = 120,
    locale: str = "es_PE",
    plugins: Path | None = ROOT / "qgis_plugin",
    python_path: tuple[Path | str, ...] = (ROOT, BESIDE),
) -> Shown:
    """Start QGIS with a profile in `folder`, run a script in it (see `inside_window`), and end it.

    The profile is a fresh one where there is none. A script that fails, a traceback in the log of QGIS, and a
    window that does not end in time fail the test.
    """
    if not (shutil.which("qgis.bin") and shutil.which("xvfb-run")):
        pytest.skip("needs qgis.bin and xvfb-run: install the packages qgis and xvfb")
    profile = folder / "profiles" / "profiles" / "pruebas" / "QGIS"
    profile.mkdir(parents=True, exist_ok=True)
    if not (profile / "QGIS3.ini").exists():  # else a second start in the profile of the first
        (profile / "QGIS3.ini").write_text(SETTINGS.format(locale=locale), "utf-8")
    (folder / "script.py").write_text(dedent(script), "utf-8")
    known = f"import sys; sys.path.append({str(Path(__file__).parent)!r}); import inside_window"
    (folder / "startup.py").write_text(known, "utf-8")
    (folder / "start.py").write_text(
        f"{known}; inside_window.start({str(folder / 'script.py')!r})\n", "utf-8"
    )
    command = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", "qgis.bin", "--nologo", "--noversioncheck"]
    command += ["--profiles-path", folder / "profiles", "--profile", "pruebas", "--code", folder / "start.py"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "QGIS_"))}
    environment |= {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "LANG": "C.UTF-8"}
    environment |= {"PYTHONPATH": os.pathsep.join(map(str, python_path)), "ILO_GIS_WINDOW": str(folder)}
    environment["ILO_GIS_PATIENCE"] = str(0.75 * timeout)
    environment["PYQGIS_STARTUP"] = str(folder / "startup.py")
    if plugins is not None:
        environment["QGIS_PLUGINPATH"] = str(plugins)
    return _shown(folder, _until_end(command, environment, timeout))


def _until_end(command, environment, timeout):
    """Return what the command says on stderr; one that takes too long is killed with all it started."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        return process.communicate(timeout=timeout)[1]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.communicate()[1] + f"\nQGIS did not end within {timeout:g} s."


def _shown(folder, stderr):
    told = folder / "told.json"
    assert told.is_file(), f"QGIS told nothing:\n{stderr}"
    found = json.loads(told.read_text("utf-8"))
    assert found["error"] is None, f"{found['error']}\n{stderr}"
    tracebacks = [said for said in (stderr, *(said[0] for said in found["log"])) if "Traceback" in said]
    assert not tracebacks, "\n".join(tracebacks)
    pictures = {path.stem: path for path in folder.glob("*.png")}
    return Shown(found["told"], pictures, found["log"], stderr)
