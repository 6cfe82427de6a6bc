"""Lines in a log-log plot, as an SVG that needs nothing else."""

import math
from collections.abc import Mapping, Sequence
from html import escape

Points = Sequence[tuple[float, float]]
_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _RIGHT, _TOP = 760, 440, 70, 50, 170, 20
_COLOURS = ("#1b6ca8", "#c8553d", "#3c7a3f", "#7b4fa3", "#b8860b", "#555555")


def log_log(lines: Mapping[str, Points], x_title: str, y_title: str) -> str:
    """Draw each line through its points, both axes logarithmic.

    Raises:
        ValueError: a value is not positive.
    """
    points = [point for line in lines.values() for point in line]
    x_low, x_high = _decades([x for x, _ in points])
    y_low, y_high = _decades([y for _, y in points])

    def place(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - x_low) / (x_high - x_low)
        up = (math.log10(y) - y_low) / (y_high - y_low)
        width, height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
        return _LEFT + across * width, _HEIGHT - _BOTTOM - up * height

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for power in range(x_low, x_high + 1):
        (x, low), (_, high) = place(10**power, 10**y_low), place(10**power, 10**y_high)
        parts.append(_line([(x, low), (x, high)], "#ddd", 1))
        parts.append(_text(x, low + 18, f"{10**power:,}", "middle"))
    for power in range(y_low, y_high + 1):
        (left, y), (right, _) = place(10**x_low, 10**power), place(10**x_high, 10**power)
        parts.append(_line([(left, y), (right, y)], "#ddd", 1))
        parts.append(_text(left - 8, y + 4, f"{10.0**power:g}", "end"))
    for colour, (name, line) in zip(_COLOURS * len(lines), lines.items(), strict=False):
        drawn = [place(x, y) for x, y in line]
        parts.append(_line(drawn, colour, 2))
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in drawn]
        parts.append(_text(drawn[-1][0] + 8, drawn[-1][1] + 4, name, "start", colour))
    parts.append(_text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 10, x_title, "middle"))
    parts.append(_text(_LEFT, _TOP - 6, y_title, "start"))
    return "\n".join([*parts, "</svg>\n"])


def _decades(values: Sequence[float]) -> tuple[int, int]:
    if min(values) <= 0:
        raise ValueError("A logarithmic axis has no place for 0 and below.")
    low = math.floor(math.log10(min(values)))
    return low, max(low + 1, math.ceil(math.log10(max(values))))


def _line(points: Points, colour: str, width: int) -> str:
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#333") -> str:
    at = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"'
    return f"<text {at}>{escape(text)}</text>"
