"""Tags of the pages of instructors, employers and operators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import template
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from countersign.insights.figures import Sign, Why
from countersign.insights.groups import Average, Share, Whose
from countersign.insights.overview import Memos, Participation, Practice, Week
from countersign.learning.evidence import Band
from countersign.regrades.services import Direction
from countersign.web.templatetags.look import icon

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


DIRECTIONS = {
    Direction.DOWN: ("warn", "arrow-down", gettext_lazy("Lower")),
    Direction.UP: ("pass", "arrow-up", gettext_lazy("Higher")),
    Direction.OTHER: ("info", "", gettext_lazy("Other checks")),
    Direction.UNREADABLE: ("warn", "circle-help", gettext_lazy("Can’t be read")),
    Direction.NONE: ("warn", "clock-alert", gettext_lazy("No verdict")),
    Direction.SAME: ("", "", gettext_lazy("The same")),
}
"""How a new verdict stands to the result before it."""


FACTS = {
    "exercise": gettext_lazy("Content of the exercise"),
    "kind": gettext_lazy("Way of judging"),
    "python": gettext_lazy("Python"),
    "read": gettext_lazy("Reading took"),
    "run": gettext_lazy("Running took"),
    "judge": gettext_lazy("Judging took"),
    "total": gettext_lazy("In all"),
}
"""What a verdict says of how it came about."""


@register.filter
def judging_fact(name: str) -> str:
    """The words for a version or a phase in a verdict; a name without words stands for itself."""
    return str(FACTS.get(name, name))


@register.inclusion_tag("ui/tag.html")
def state_tag(state: str) -> dict[str, object]:
    """The tag for how an attempt, a verdict or a check stands."""
    kind, icon_name, label = STATES[state]
    return {"kind": kind, "icon_name": icon_name, "label": label}


@register.inclusion_tag("ui/tag.html")
def direction_tag(direction: Direction) -> dict[str, object]:
    """The tag for what a regrade would do to a result."""
    kind, icon_name, label = DIRECTIONS[direction]
    return {"kind": kind, "icon_name": icon_name, "label": label}


@register.inclusion_tag("ui/bar_cell.html")
def bar(share: float) -> dict[str, object]:
    """A bar beside a number in a table; the number says it, the bar is decoration."""
    return {"width": f"{share:.0f}"}


@register.inclusion_tag("ui/average_cell.html")
def average_cell(average: Average, *, alone: bool = False) -> dict[str, object]:
    """An average in a table, with its bar."""
    return {"average": average, "alone": alone}


BANDS = {
    Band.TOO_FEW: gettext_lazy("too few to say"),
    Band.STARTING: gettext_lazy("starting"),
    Band.GROWING: gettext_lazy("growing"),
    Band.DEPENDABLE: gettext_lazy("dependable"),
}


@register.simple_tag
def band_word(band: str) -> str:
    """The word of a band."""
    return str(BANDS[Band(band)])


@register.filter
def sample(figure: Average | Share | Participation | Memos | Practice) -> str:
    """Whom a figure stands for, in words."""
    if figure.whose is Whose.TOO_FEW:
        return _("fewer than five people")
    if figure.whose is Whose.SHARING:
        return _("the %(n)s people who share") % {"n": figure.people}
    return _("%(n)s people") % {"n": figure.people}


@register.inclusion_tag("chart/weeks.html")
def week_bars(participation: Participation) -> dict[str, object]:
    """A bar a week: how many people handed work in, of those it stands for."""
    weeks, last = participation.weeks, participation.weeks[-1]
    said = _("%(n)s of %(whom)s handed work in this week so far.")
    return {
        "label": said % {"n": last.active, "whom": sample(participation)},
        "drawings": [_draw(weeks, participation.people, *size) for size in SIZES],
        "columns": [_("Week from"), _("People active"), _("Exercises passed")],
        "table": [[_day(week), week.active, week.passed] for week in weeks],
    }


SIZES = (("wide", 520.0), ("narrow", 358.0))
ROOM = 130.0


def _draw(weeks: Sequence[Week], people: int, name: str, width: float) -> dict[str, object]:
    step = width / max(len(weeks), 4)
    return {
        "name": name,
        "width": f"{width:.0f}",
        "height": f"{ROOM + 44:.0f}",
        "room": f"{ROOM:.0f}",
        "words": f"{ROOM + 38:.0f}",
        "weeks": [_place(week, people, at * step, step) for at, week in enumerate(weeks)],
    }


def _place(week: Week, people: int, left: float, step: float) -> dict[str, object]:
    tall = ROOM * week.active / people
    top = 20 + ROOM - tall
    return {
        "x": f"{left:.1f}",
        "width": f"{step - 6:.1f}",
        "middle": f"{left + (step - 6) / 2:.1f}",
        "y": f"{top:.1f}",
        "tall": f"{tall:.1f}",
        "note": f"{top - 6:.1f}",
        "active": week.active,
        "label": f"{week.starts_on.day}/{week.starts_on.month}",
    }


def _day(week: Week) -> str:
    return formats.date_format(week.starts_on, "MONTH_DAY_FORMAT")


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


@register.simple_tag
def well(is_good: bool | None) -> str:
    """An icon with its word: well, not well, or nobody has tried."""
    if is_good is None:
        return icon("circle-dashed", label=_("Not tried"))
    if is_good:
        return icon("circle-check", label=_("Well"), extra="ok")
    return icon("triangle-alert", label=_("Needs you"), extra="bad")
