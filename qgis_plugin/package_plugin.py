"""Make what the plugin's source does not hold: its Spanish words as QGIS reads them, and the zip."""

import shutil
import subprocess
import sys
from pathlib import Path

PLUGIN = Path(__file__).parent / "ilo_gis_plugin"
LRELEASE = ("lrelease", "/usr/lib/qt5/bin/lrelease", "/usr/lib/qt6/bin/lrelease")


def translate(plugin: Path = PLUGIN) -> Path:
    """Make i18n/ilo_gis_es.qm of the files in i18n/es, and return it."""
    lrelease = next(filter(None, map(shutil.which, LRELEASE)), None)
    if lrelease is None:
        sys.exit("lrelease is missing, which makes the Spanish words. Install qttools5-dev-tools.")
    target = plugin / "i18n" / "ilo_gis_es.qm"
    half = target.with_suffix(".half")  # moved into place: tests that run side by side see it whole
    sources = sorted((plugin / "i18n" / "es").glob("*.ts"))
    subprocess.run([lrelease, "-silent", *sources, "-qm", half], check=True)
    return half.replace(target)


if __name__ == "__main__":
    translate()
