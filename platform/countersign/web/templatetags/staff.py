"""Tags of the pages of instructors, employers and operators."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from countersign.insights.figures import Sign, Why

register = template.Library()

STATES = {
    "passed": ("pass", "check", gettext_lazy("Passed")),
    "failed": ("", "circle-dashed", gettext_lazy("Not passed")),
    "not_passed": ("", "circle-dashed", gettext_lazy("Not passed yet")),
    "waiting": ("info", "hourglass", gettext_lazy("Waiting")),
    "our_fault": ("warn", "clock-alert", gettext_lazy("Our fault")),
    "unread": ("", "circle-help", gettext_lazy("Couldn’t be read")),
    "invalid": ("", "circle-help", gettext_lazy("Couldn’t be read")),
    "begun": ("", "circle-dot-dashed", gettext_lazy("Begun")),
    "error": ("", "circle-x", gettext_lazy("Raised an error")),
    "timed_out": ("", "timer", gettext_lazy("Stopped: too slow")),
    "out_of_memory": ("", "circle-x", gettext_lazy("Stopped: too much memory")),
    "output_limit": ("", "circle-x", gettext_lazy("Stopped: too much output")),
    "not_run": ("", "circle-dashed", gettext_lazy("Didn’t run")),
}
"""How an attempt, a verdict or a check stands: the tag's kind, its icon, its words."""


@register.inclusion_tag("ui/tag.html")
def state_tag(state: str) -> dict[str, object]:
    """The tag for how an attempt, a verdict or a check stands."""
    kind, icon_name, label = STATES[state]
    return {"kind": kind, "icon_name": icon_name, "label": label}


@register.inclusion_tag("ui/bar_cell.html")
def bar(share: float) -> dict[str, object]:
    """A bar beside a number in a table; the number says it, the bar is decoration."""
    return {"width": f"{share:.0f}"}


@register.filter
def percent(value: float | None) -> str:
    """`62%`; empty for None."""
    return "" if value is None else _("%(n)s%%") % {"n": f"{value:.0f}"}


@register.filter
def reasons(signs: Iterable[Sign]) -> str:
    """Why somebody may need a hand, as one sentence."""
    return " ".join(_reason(sign) for sign in signs)


def _reason(sign: Sign) -> str:
    number = {"n": sign.number}
    if sign.why is Why.NOT_STARTED:
        words = ngettext(
            "Joined %(n)s day ago, nothing handed in.",
            "Joined %(n)s days ago, nothing handed in.",
            sign.number,
        )
    elif sign.why is Why.QUIET:
        words = ngettext("Nothing for %(n)s day.", "Nothing for %(n)s days.", sign.number)
    elif sign.why is Why.BEHIND:
        words = ngettext(
            "%(n)s exercise behind a steady pace.",
            "%(n)s exercises behind a steady pace.",
            sign.number,
        )
    else:
        words = ngettext(
            "The newest result is under 40%%.",
            "The newest %(n)s results are under 40%%.",
            sign.number,
        )
    return words % number
