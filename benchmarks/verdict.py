"""Pass or short."""

PASS, SHORT = "[green]pass[/]", "[red]short[/]"


def least(value, target, text="{:,.0f}"):
    """Return value beside the least it should be, and whether it is; nothing is asked by None."""
    return _cell(value, target, text, "≥", target is None or value >= target)


def most(value, target, text="{:,.0f}"):
    """Return value beside the most it should be, and whether it is not more."""
    return _cell(value, target, text, "≤", target is None or value <= target)


def said(*held):
    """Return one word for several that hold or do not."""
    return PASS if all(held) else SHORT


def _cell(value, target, text, sign, held):
    if target is None:
        return text.format(value), held
    shown = f"{text.format(value)} {sign} {text.format(target)}"
    return (shown if held else f"[red]{shown}[/]"), held
