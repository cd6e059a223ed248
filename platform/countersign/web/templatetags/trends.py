"""A share week by week, drawn on the server like the other charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django import template
from django.utils import formats
from django.utils.translation import gettext as _

from countersign.web.templatetags.charts import SIZES

register = template.Library()

HEIGHT, TOP, BOTTOM, LEFT = 170.0, 16.0, 28.0, 34.0


@dataclass(frozen=True)
class Point:
    """One week: a share in per cent with its counts, or None where it stands for too few."""

    day: date
    share: float | None
    part: int = 0
    whole: int = 0


@register.inclusion_tag("chart/trend.html")
def trend(points: Sequence[Point], *, label: str, target: float | None = None) -> dict[str, object]:
    """A line over weeks from 0 to 100 per cent; a week without a share is a gap."""
    return {
        "label": label,
        "drawings": [_draw(name, width, points, target) for name, width in SIZES.items()],
        "columns": [_("Week from"), _("Share"), _("Counted")],
        "table": [_row(point) for point in points],
    }


def _row(point: Point) -> list[str]:
    day = formats.date_format(point.day, "MONTH_DAY_FORMAT")
    if point.share is None:
        return [day, _("too few to say"), ""]
    return [day, f"{point.share:.0f}%", f"{point.part} / {point.whole}"]


def _draw(
    name: str, width: float, points: Sequence[Point], target: float | None
) -> dict[str, object]:
    step = (width - LEFT - 40) / max(1, len(points) - 1)
    placed = [_place(point, LEFT + 20 + at * step) for at, point in enumerate(points)]
    return {
        "name": name,
        "width": f"{width:.0f}",
        "height": f"{HEIGHT:.0f}",
        "words": f"{HEIGHT - 6:.0f}",
        "ticks": [
            {"label": tick, "at": f"{_height(tick):.1f}", "text": f"{_height(tick) + 4:.1f}"}
            for tick in (0, 50, 100)
        ],
        "aim": "" if target is None else f"{_height(target):.1f}",
        "points": placed,
        "path": _path(placed),
    }


def _height(share: float) -> float:
    return HEIGHT - BOTTOM - share / 100 * (HEIGHT - BOTTOM - TOP)


def _place(point: Point, x: float) -> dict[str, str]:
    y = None if point.share is None else _height(point.share)
    return {
        "x": f"{x:.1f}",
        "y": "" if y is None else f"{y:.1f}",
        "above": "" if y is None else f"{y - 9 if y > TOP + 12 else y + 19:.1f}",
        "value": "" if point.share is None else f"{point.share:.0f}",
        "label": f"{point.day.day}/{point.day.month}",
    }


def _path(points: Sequence[dict[str, str]]) -> str:
    """Lines between neighbouring weeks that both have a share."""
    return "".join(
        f"M{one['x']} {one['y']}L{other['x']} {other['y']}"
        for one, other in pairwise(points)
        if one["y"] and other["y"]
    )
