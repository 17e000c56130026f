"""Take the pictures of the editing tools in the real window: `python docs/editing_pictures.py`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images" / "editing"
COLOURS, WAY = 256, Image.Quantize.MAXCOVERAGE  # thin lines keep their red and blue
KEPT = ["draw_street", "move_street", "drop_street", "divide_count", "divide_areas", "divide_line"]
sys.path[:0] = [str(ROOT), str(ROOT / "qgis_plugin"), str(ROOT / "tests" / "plugin")]


def main() -> None:
    """Shape streets and blocks of a small plan as the test does, and keep the pictures of each tool."""
    import window
    from test_editing_streets import DRAW, write

    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), 4, 3)
        pictures = window.run(DRAW, Path(folder) / "window", timeout=300).pictures
        for name in KEPT:
            picture = Image.open(pictures[name]).convert("RGB")
            picture.quantize(COLOURS, WAY).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
