"""Tags of the pages of item analysis."""

from __future__ import annotations

from django import template
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from countersign.insights.items import Correlation, Look, Share

register = template.Library()

LOOKS = {
    Look.TOO_HARD: gettext_lazy("too hard"),
    Look.TOO_EASY: gettext_lazy("too easy"),
    Look.DOES_NOT_SEPARATE: gettext_lazy("doesn’t separate"),
    Look.SLOW: gettext_lazy("slow"),
    Look.APPEALED: gettext_lazy("often appealed"),
}

PROBLEMS = {
    "syntax_error": gettext_lazy("The code can’t be read by Python"),
    "empty": gettext_lazy("Nothing was written"),
    "too_large": gettext_lazy("The answer is too long"),
    "missing_function": gettext_lazy("The function that was asked for isn’t there"),
    "timed_out": gettext_lazy("Stopped: too slow"),
    "out_of_memory": gettext_lazy("Stopped: too much memory"),
    "output_limit": gettext_lazy("Stopped: too much output"),
}

SORTS = {
    "rule": gettext_lazy("rule"),
    "check": gettext_lazy("check"),
    "problem": gettext_lazy("not gradable"),
    "remark": gettext_lazy("comment"),
}

CELLS = {
    "solid": gettext_lazy("said and does"),
    "check": gettext_lazy("said, doesn’t"),
    "lucky": gettext_lazy("lucky: not said, does"),
    "missing": gettext_lazy("neither"),
}
LUCKY_SHARE = 0.3
"""From this share of luck on, the tests of a rule may be too gentle."""


@register.inclusion_tag("ui/tag.html")
def look_tag(look: Look) -> dict[str, object]:
    """Why an item is worth a look."""
    return {"kind": "warn", "label": LOOKS[look]}


@register.filter
def trouble(text: str) -> str:
    """What went wrong, in words: ``sort:words`` or ``sort:key``."""
    sort, _colon, said = text.partition(":")
    if sort == "problem":
        return str(PROBLEMS.get(said, said.replace("_", " ")))
    return said.replace("_", " ") if sort == "remark" else said.replace("*", "").replace("`", "")


@register.filter
def trouble_sort(text: str) -> str:
    """What sort of thing went wrong."""
    return str(SORTS.get(text.partition(":")[0], ""))


@register.filter
def interval(share: Share) -> str:
    """“31 to 58%”."""
    return _("%(low)s to %(high)s%%") % {
        "low": round(100 * share.low),
        "high": round(100 * share.high),
    }


@register.filter
def r_interval(found: Correlation) -> str:
    """“0.10 to 0.62”."""
    return _("%(low)s to %(high)s") % {"low": two(found.low), "high": two(found.high)}


@register.filter
def minutes(value: float) -> str:
    """“14 min”."""
    return _("under 1 min") if value < 1 else _("%(n)s min") % {"n": round(value)}


@register.filter
def two(value: float) -> str:
    """Two decimals; a real minus sign."""
    return formats.number_format(value, 2).replace("-", "−")


@register.filter
def cells(counts: dict[str, int]) -> list[dict[str, object]]:
    """The two by two of a decision as a row of cells, with a word where luck is frequent."""
    total = sum(counts.values()) or 1
    return [
        {
            "words": words,
            "many": counts.get(key, 0),
            "percent": round(100 * counts.get(key, 0) / total),
            "is_gentle": key == "lucky" and counts.get(key, 0) / total >= LUCKY_SHARE,
        }
        for key, words in CELLS.items()
    ]
