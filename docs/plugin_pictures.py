"""Take the pictures of docs/plugin.es.md in the real window: `python docs/plugin_pictures.py`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images" / "plugin"
COLOURS = 128  # enough for a screen, and small
sys.path[:0] = [str(ROOT), str(ROOT / "qgis_plugin"), str(ROOT / "tests" / "plugin")]


def main() -> None:
    """Run the first hour of a planner and keep its pictures."""
    import package_plugin
    import window
    from test_first_hour import FIRST_HOUR

    package_plugin.translate()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, path in window.run(FIRST_HOUR, Path(folder), timeout=300).pictures.items():
            picture = Image.open(path).convert("RGB")
            picture.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
