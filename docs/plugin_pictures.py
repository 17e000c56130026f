"""Take the pictures of docs/plugin.es.md in the real window: `python docs/plugin_pictures.py`."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "plugin.es.md"
FOLDER = ROOT / "docs" / "images" / "plugin"
RARE = Image.Quantize.MAXCOVERAGE  # few figures are red or green, and stay so
sys.path[:0] = [str(ROOT), str(ROOT / "qgis_plugin"), str(ROOT / "tests" / "plugin")]


def main() -> None:
    """Run the first hour of a planner and keep the pictures that the guide shows, the printed sheet too."""
    import package_plugin
    import window
    from test_first_hour import FIRST_HOUR

    package_plugin.translate()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=Path.home()) as hour:  # QGIS marks what lies among temporary files
        window.run(FIRST_HOUR, Path(hour), timeout=600)
        made = ["pdftoppm", "-png", "-singlefile", "-scale-to-x", "1600", "-scale-to-y", "-1"]
        subprocess.run([*made, f"{hour}/plano.pdf", f"{hour}/sheet"], check=True)
        for name in re.findall(r"images/plugin/(\w+\.png)", GUIDE.read_text("utf-8")):
            picture = Image.open(f"{hour}/{name}").convert("RGB")
            picture.quantize(method=RARE).save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
