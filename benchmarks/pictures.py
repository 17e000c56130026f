"""Draw the pictures of lots in docs/images: `python -m benchmarks.pictures [folder]`."""

import sys
from pathlib import Path

import numpy as np

from benchmarks.cases import blocks_of, bound, cut, ilo, lima
from ilo_gis.geometry.measure import good_shape
from ilo_gis.plotting.drawing import draw_polygons
from ilo_gis.plotting.furniture import number

FOLDER = Path(__file__).parents[1] / "docs" / "images"
INK = "#2f2d29"
FILLS = ("#f6e3b4", "#cfe3c8", "#c9dcec", "#f2cfc0", "#dcd0e6", "#e9e6a6", "#bfe0dc")
REMNANT = "#efeeea"
REASONS = {  # reason: Spanish, English, hatch
    "no street front": ("sin frente a vía", "no street front", "///"),
    "area too small": ("área insuficiente", "area too small", "..."),
    "front too short": ("frente corto", "front too short", "xxx"),
    "too slim": ("muy angosto", "too slim", "---"),
}
OTHER = ("otro", "other", "+++")
NAMES = {
    "rectangle": ("Rectángulo 100 × 60 m", "Rectangle"),
    "L": ("L de 120 × 120 m", "L shape"),
    "seven sides": ("Siete lados", "Seven sides"),
    "1000 rectangles": ("1000 rectángulos a 23°, una parte", "1000 rectangles, a part"),
    "31 blocks of Lima": ("31 manzanas de Lima", "31 blocks of Lima"),
}
MODES = {"clean": ("regular", "clean"), "most": ("máximo", "most")}
DPI = 90
CORNER = 3  # rows and columns of the field of rectangles, drawn
CHOSEN = (
    (ilo, (412, 1731, 2372, 2086, 2088, 1353, 1435, 730, 45, 900)),
    (lima, (4, 28)),
)  # rows of the data: large, crooked, bent, slanted, notched, round, regular, pointed, small


def colours(numbers):
    """Return colours of the lots of a block, so many that the last does not have that of the first."""
    last = numbers.max()
    return numbers % next((n for n in range(len(FILLS), 3, -1) if last % n != 1), len(FILLS))


def draw(axes, lots, title):
    """Draw lots in colours, remnants hatched by reason, and the title above them."""
    shapes = np.asarray(lots.geometry.array)
    legal = (lots["kind"] == "lot").to_numpy()
    fill = lots.groupby("block_id")["number"].transform(colours).fillna(0).to_numpy(dtype=int)
    line = {"edgecolor": INK, "linewidth": 0.35}
    for k, color in enumerate(FILLS):
        draw_polygons(axes, shapes[legal & (fill == k)], facecolor=color, **line)
    reason = lots["reason"].astype("string").fillna("").to_numpy(dtype=object)
    for name in np.unique(reason[~legal].astype(str)):
        hatch = REASONS.get(name, OTHER)[2]
        draw_polygons(axes, shapes[~legal & (reason == name)], facecolor=REMNANT, hatch=hatch, **line)
    low_x, low_y, high_x, high_y = lots.total_bounds
    pad = 0.02 * max(high_x - low_x, high_y - low_y)
    axes.set(xlim=(low_x - pad, high_x + pad), ylim=(low_y - pad, high_y + pad), aspect="equal")
    axes.set_axis_off()
    axes.set_title(title, fontsize=7.5, color=INK)


def said(blocks, lots):
    """Return counts of lots, in Spanish and English."""
    legal = lots[lots["kind"] == "lot"]
    good = good_shape(np.asarray(legal.geometry.array)).mean()
    left = 1 - legal.area.sum() / blocks.area.sum()
    return (
        f"{number(len(legal))} lotes · lots = {len(legal) / bound(blocks).sum():.0%} cota · bound\n"
        f"buena forma · good shape {good:.0%}, resto · remnant {abs(left):.0%}"
    )


def legend(figure, reasons):
    """Explain the hatches below the drawings."""
    from matplotlib.patches import Patch

    boxes = [Patch(facecolor=FILLS[0], edgecolor=INK, label="lote · lot")]
    for reason in sorted(reasons):
        spanish, english, hatch = REASONS.get(reason, OTHER)
        label = f"resto · remnant: {spanish} · {english}"
        boxes.append(Patch(facecolor=REMNANT, edgecolor=INK, hatch=hatch, label=label))
    figure.legend(handles=boxes, loc="outside lower center", ncols=len(boxes), fontsize=8, frameon=False)


def cases():
    """Return a figure of the cases, clean above most."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(17, 7.6), layout="constrained")
    grid = figure.subplots(len(MODES), len(NAMES), width_ratios=[1, 1, 1, 1, 1.3])
    reasons = set()
    for column, (name, (spanish, english)) in enumerate(NAMES.items()):
        blocks = blocks_of(name)
        for axes, (mode, words) in zip(grid[:, column], MODES.items(), strict=True):
            if blocks is None:
                axes.set_axis_off()
                continue
            lots = cut(blocks, mode)
            shown = lots
            if name == "1000 rectangles":
                corner = np.add.outer(np.arange(CORNER), 31 * np.arange(CORNER)).ravel()  # 31 in a row
                shown = lots[lots["block_id"].isin(blocks.index[corner])]
            reasons |= set(shown["reason"].dropna())
            draw(axes, shown, f"{spanish} · {english}\n{' · '.join(words)}: {said(blocks, lots)}")
    figure.suptitle(
        "Lotes de 160 m² y 8 m de frente, como mínimo · Lots of at least 160 m² and 8 m of front",
        fontsize=12, color=INK,
    )  # fmt: skip
    legend(figure, reasons)
    return figure


def real_blocks():
    """Return a figure of twelve real blocks, or None where the data is not here."""
    from matplotlib.figure import Figure

    if any(source() is None for source, _ in CHOSEN):
        return None
    figure = Figure(figsize=(15, 11.5), layout="constrained")
    places, reasons = iter(figure.subplots(3, 4).ravel()), set()
    for source, rows in CHOSEN:
        blocks = source().iloc[list(rows)]
        lots = cut(blocks)
        for name in blocks.index:
            own = lots[lots["block_id"] == name]
            reasons |= set(own["reason"].dropna())
            draw(next(places), own, f"{source.__name__.title()} {name}: {said(blocks.loc[[name]], own)}")
    figure.suptitle(
        "Doce manzanas reales, lotes de 160 m² y 8 m · Twelve real blocks, lots of 160 m² and 8 m",
        fontsize=12, color=INK,
    )  # fmt: skip
    legend(figure, reasons)
    return figure


def main(folder=FOLDER):
    """Write both pictures."""
    for name, make in (("cases", cases), ("real_blocks", real_blocks)):
        figure = make()
        if figure is None:
            print(f"{name}.png: skipped, the data is not here")
            continue
        figure.savefig(Path(folder) / f"{name}.png", dpi=DPI, facecolor="white", bbox_inches="tight")
        print(Path(folder) / f"{name}.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
