"""Charts drawn on the server as SVG: no script, a sentence for screen readers, a table below.

Each chart is drawn twice, for a wide and a narrow column; the stylesheet shows one of them.
Coordinates are worked out here, so that the templates only place them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()

SIZES = {"wide": 520.0, "narrow": 358.0}


@dataclass(frozen=True)
class Step:
    """One row of a dumbbell: from where, to where, how sure, and what is aimed at. 0 to 100."""

    label: str
    start: float
    now: float
    verdict: str
    target: float | None = None
    low: float | None = None
    high: float | None = None
    met: bool = False


@dataclass(frozen=True)
class Dot:
    """One person or thing in a scatter. The name is shown in the table only."""

    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Axes:
    """What a scatter measures: words and targets for both axes; y runs from 0 to 100.

    `corners` name the quadrants: top left, top right, bottom left, bottom right. The good one is
    top left.
    """

    x_words: str
    y_words: str
    x_target: float
    y_target: float
    corners: tuple[str, str, str, str]
    x_max: float = 60


WORDS_WIDE = 130.0  # “Group at the start”, with some room for longer languages


def _round(value: float) -> str:
    """A coordinate as SVG wants it, whatever the language's decimal sign."""
    return f"{value:.1f}".removesuffix(".0")


@register.inclusion_tag("chart/spark.html")
def spark(values: Sequence[float], *, label: str) -> dict[str, object]:
    """A small line without axes; its values are read out in full."""
    low, high = min(values), max(values)
    spread = (high - low) or 1
    across = 116 / max(1, len(values) - 1)
    points = [
        f"{_round(2 + at * across)},{_round(25 - (value - low) / spread * 22)}"
        for at, value in enumerate(values)
    ]
    return {"points": " ".join(points), "end": points[-1], "values": values, "label": label}


@register.inclusion_tag("chart/dumbbell.html")
def dumbbell(steps: Sequence[Step], *, label: str) -> dict[str, object]:
    """From a ring (the start) to a dot (now), with interval and target where they are known."""
    return {
        "label": label,
        "drawings": [_draw_dumbbell(name, width, steps) for name, width in SIZES.items()],
        "columns": [_("Skill"), _("Start"), _("Now"), _("Interval"), _("Target"), _("Verdict")],
        "table": [_step_row(step) for step in steps],
    }


def _step_row(step: Step) -> list[str]:
    known = step.low is not None and step.high is not None
    interval = f"{step.low:.0f}–{step.high:.0f}" if known else ""
    target = "" if step.target is None else f"{step.target:.0f}"
    return [step.label, f"{step.start:.0f}", f"{step.now:.0f}", interval, target, step.verdict]


def _known(step: Step) -> list[float]:
    return [mark for mark in (step.target, step.low, step.high) if mark is not None]


def _draw_dumbbell(name: str, width: float, steps: Sequence[Step]) -> dict[str, Any]:
    row_height, top = 62.0, 6.0
    height = top + row_height * len(steps) + 24
    marks = [step.start for step in steps] + [step.now for step in steps]
    marks += [mark for step in steps for mark in _known(step)]
    floor = max(0.0, math.floor((min(marks, default=0) - 12) / 20) * 20)
    ceiling = min(104.0, math.ceil((max(marks, default=100) + 4) / 10) * 10)

    def across(value: float) -> float:
        return 2 + (value - floor) / (ceiling - floor) * (width - 4)

    ticks = [
        {"x": _round(across(tick)), "label": tick, "anchor": "middle" if tick > floor else "start"}
        for tick in range(int(floor), int(ceiling), 20)
    ]
    rows = [_place_step(step, top + row_height * at, across) for at, step in enumerate(steps)]
    return {
        "name": name,
        "width": _round(width),
        "height": _round(height),
        "floor": _round(height - 22),
        "words": _round(height - 6),
        "edge": _round(width - 2),
        "ticks": ticks,
        "rows": rows,
    }


def _place_step(step: Step, top: float, across: Callable[[float], float]) -> dict[str, Any]:
    line = top + 38
    return {
        "label": step.label,
        "verdict": step.verdict,
        "met": step.met,
        "head": _round(top + 16),
        "y": _round(line),
        "top": _round(line - 13),
        "start": _round(across(step.start)),
        "now": _round(across(step.now)),
        "band": step.low is not None and step.high is not None,
        "low": _round(across(step.low or 0)),
        "high": _round(across(step.high or 0)),
        "aim": "" if step.target is None else _round(across(step.target)),
        "note": f"{step.start:.0f}",
        "note_x": _round(across(step.start) + (-11 if step.start <= step.now else 11)),
        "note_end": step.start <= step.now,
        "note_y": _round(line + 4),
    }


@register.inclusion_tag("chart/scatter.html")
def scatter(
    dots: Sequence[Dot],
    *,
    axes: Axes,
    label: str,
    then: Dot | None = None,
    now: Dot | None = None,
) -> dict[str, object]:
    """People by two measures, the good corner shaded, the group's way from then to now."""
    way = (then, now) if then and now else None
    named = [*dots, *(way or ())]
    return {
        "label": label,
        "drawings": [_draw_scatter(name, dots, axes, way) for name in SIZES],
        "corners": axes.corners,
        "x_words": axes.x_words,
        "y_words": axes.y_words,
        "columns": [_("Name"), axes.y_words, axes.x_words],
        "table": [[dot.name, f"{dot.y:.0f}", f"{dot.x:.0f}"] for dot in named],
    }


def _draw_scatter(
    name: str, dots: Sequence[Dot], axes: Axes, way: tuple[Dot, Dot] | None
) -> dict[str, Any]:
    width, height, left, top, bottom_gap, right_gap = SIZES[name], 370.0, 40.0, 30.0, 44.0, 12.0
    right, bottom = width - right_gap, height - bottom_gap

    def place(x: float, y: float) -> tuple[float, float]:
        span = min(max(x, 0), axes.x_max) / axes.x_max
        return left + span * (right - left), bottom - y / 100 * (bottom - top)

    aim_x, aim_y = place(axes.x_target, axes.y_target)
    x_ticks = range(0, int(axes.x_max) + 1, 20)
    drawing: dict[str, Any] = {
        "name": name,
        "y_ticks": [
            {"label": tick, "at": _round(place(0, tick)[1]), "text": _round(place(0, tick)[1] + 4)}
            for tick in (0, 25, 50, 75, 100)
        ],
        "x_ticks": [{"label": tick, "at": _round(place(tick, 0)[0])} for tick in x_ticks],
        "dots": [_point(place(dot.x, dot.y)) for dot in dots],
    }
    lengths = {
        "width": width,
        "height": height,
        "left": left,
        "right": right,
        "top": top,
        "bottom": bottom,
        "tick_x": left - 7,
        "tick_y": bottom + 17,
        "words_y": height - 6,
        "aim_x": aim_x,
        "aim_y": aim_y,
        "zone_width": aim_x - left,
        "zone_height": aim_y - top,
        "corner_left": left + 8,
        "corner_right": right - 6,
        "corner_top": top + 17,
        "corner_bottom": bottom - 9,
    }
    drawing |= {key: _round(length) for key, length in lengths.items()}
    if way:
        drawing |= _draw_way(*(place(dot.x, dot.y) for dot in way), right=right)
    return drawing


def _point(at: tuple[float, float]) -> dict[str, str]:
    return {"x": _round(at[0]), "y": _round(at[1])}


def _draw_way(
    start: tuple[float, float], end: tuple[float, float], *, right: float
) -> dict[str, Any]:
    """The arrow from then to now: it stops short of the dot and has two barbs. The words about
    the start stand on the side where there is room."""
    leaves_room = right - start[0] > WORDS_WIDE
    beside = 12.0 if leaves_room else -12.0
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    tip = (end[0] - 13 * math.cos(angle), end[1] - 13 * math.sin(angle))
    barbs = [
        (tip[0] - 9 * math.cos(angle + turn), tip[1] - 9 * math.sin(angle + turn))
        for turn in (-0.45, 0.45)
    ]
    moves = [(start, tip), (tip, barbs[0]), (tip, barbs[1])]
    return {
        "path": "".join(
            f"M{_round(a[0])} {_round(a[1])}L{_round(b[0])} {_round(b[1])}" for a, b in moves
        ),
        "then": _point(start)
        | {
            "text_x": _round(start[0] + beside),
            "text_y": _round(start[1] + (5 if leaves_room else 21)),
            "end": not leaves_room,
        },
        "now": _point(end) | {"text_x": _round(end[0] - 12), "text_y": _round(end[1] + 21)},
    }
