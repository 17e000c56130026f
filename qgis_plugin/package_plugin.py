"""Make what the plugin's source does not hold: its Spanish words as QGIS reads them, and the zip."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLUGIN = ROOT / "qgis_plugin" / "ilo_gis_plugin"
LRELEASE = ("lrelease", "/usr/lib/qt5/bin/lrelease", "/usr/lib/qt6/bin/lrelease")
BUNDLED = ("py-straight-skeleton",)  # pure Python, and QGIS's distributions lack them
LICENCES = ("LICENSE", "LICENCE", "COPYING")
BINARY = {".so", ".pyd", ".dll", ".dylib", ".exe", ".pyc", ".whl"}  # plugins.qgis.org takes none of them
LEFT_OUT = {"__pycache__", "tests"}
THEN = (2025, 1, 1, 0, 0, 0)  # the time of every file: the same source gives the same bytes


def translate(plugin: Path = PLUGIN) -> Path:
    """Make i18n/ilo_gis_es.qm of the files in i18n/es, and return it."""
    lrelease = next(filter(None, map(shutil.which, LRELEASE)), None)
    if lrelease is None:
        sys.exit("lrelease is missing, which makes the Spanish words. Install qttools5-dev-tools.")
    target = plugin / "i18n" / "ilo_gis_es.qm"
    half = target.with_name(f".{os.getpid()}.qm")  # moved into place: tests side by side see it whole
    sources = sorted((plugin / "i18n" / "es").glob("*.ts"))
    subprocess.run([lrelease, "-silent", *sources, "-qm", half], check=True)
    return half.replace(target)


def build(target: Path) -> Path:
    """Make the zip that a planner installs: the plugin, and the library in its folder libs."""
    translate()
    content = {f"ilo_gis_plugin/{name}": file for name, file in _content().items()}
    if binary := [name for name in content if Path(name).suffix in BINARY]:
        sys.exit(f"Binaries may not go into the zip: {', '.join(binary)}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(content):
            entry = zipfile.ZipInfo(name, THEN)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # as on Unix, wherever it is made
            archive.writestr(entry, content[name], zipfile.ZIP_DEFLATED, 9)
    return target


def _content() -> dict[str, bytes]:
    """Return the files of the zip by their names in the plugin's folder."""
    samples = {f for end in ("gpkg", "tif", "md") for f in (ROOT / "sample_data").glob(f"*.{end}")}
    files = {f.relative_to(PLUGIN).as_posix(): f for f in _source(PLUGIN)}
    files |= {f"libs/{f.relative_to(ROOT).as_posix()}": f for f in _source(ROOT / "ilo_gis")}
    files |= {f"libs/ilo_gis/sample_data/{f.name}": f for f in samples}
    for name in BUNDLED:
        files |= {f"libs/{name}": file for name, file in _installed(name).items()}
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    told = f"libs/ilo_gis-{version}.dist-info"  # by which the library tells its version
    files[f"{told}/LICENSE"] = ROOT / "LICENSE"
    metadata = f"Metadata-Version: 2.1\nName: ilo-gis\nVersion: {version}\nLicense: BSD-3-Clause\n"
    return {name: file.read_bytes() for name, file in files.items()} | {f"{told}/METADATA": metadata.encode()}


def _source(folder: Path) -> list[Path]:
    files = (f for f in folder.rglob("*") if f.is_file() and not LEFT_OUT & {*f.relative_to(folder).parts})
    return [f for f in files if not f.name.startswith(".")]


def _installed(name: str) -> dict[str, Path]:
    """Return the files of an installed package, its licence and its version."""
    found = {}
    for path in distribution(name).files or ():
        told = ".dist-info" in path.parts[0]
        wanted = path.name == "METADATA" or path.name.startswith(LICENCES) if told else True
        if wanted and not (LEFT_OUT & {*path.parts} or ".." in path.parts):
            found[path.as_posix()] = Path(path.locate())
    return found


if __name__ == "__main__":
    made = build(ROOT / "dist" / "ilo_gis_plugin.zip")
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.1f} MB")  # noqa: T201
