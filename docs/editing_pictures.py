"""Take the pictures of docs/edit.es.md in the real window: `python docs/editing_pictures.py`."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "edit.es.md"
FOLDER = ROOT / "docs" / "images" / "editing"
COLOURS, WAY = 256, Image.Quantize.MAXCOVERAGE  # thin lines keep their red and blue
sys.path[:0] = [str(ROOT), str(ROOT / "qgis_plugin"), str(ROOT / "tests" / "plugin")]


def main() -> None:
    """Go through the tutorial as its test does, and keep the pictures that the page shows."""
    import package_plugin
    import window
    from tutorial_steps import TUTORIAL

    package_plugin.translate()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:  # QGIS marks what lies among temporary files
        pictures = window.run(TUTORIAL, Path(folder), timeout=900).pictures
        for name in re.findall(r"images/editing/(\w+)\.png", GUIDE.read_text("utf-8")):
            picture = Image.open(pictures[name]).convert("RGB")
            picture.quantize(COLOURS, WAY).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
