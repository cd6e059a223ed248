"""The five figures of the overview, each with its comparison, sample and rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from countersign.insights.oversight import Oversight, Ratio, Shares
from countersign.insights.overview import Overview
from countersign.web.templatetags.staff import sample

Kpi = dict[str, Any]


def kpis(view: Overview) -> list[Kpi]:
    """In the order of a sponsor's questions."""
    return [
        _active(view),
        _pace(view) if view.on_pace is not None else _sharing(view),
        _found(view.oversight),
        _false_alarms(view.oversight),
        _memos(view),
    ]


def _kpi(label: str, value: object, *, of: str, how: str, **more: Any) -> Kpi:
    return {"label": label, "value": value, "sample": of, "how": how, **more}


def _active(view: Overview) -> Kpi:
    weeks = [week.active for week in view.participation.finished]
    before = _("Last week %(n)s") % {"n": weeks[-1]} if weeks else ""
    return _kpi(
        _("Active in the last 7 days"),
        view.active.count,
        of=sample(view.active),
        unit=_("of %(n)s") % {"n": view.active.people} if view.active.people else "",
        note=before if view.active.count is not None else "",
        weeks=weeks if len(weeks) > 1 else None,
        weeks_label=_("Active people by week"),
        how=_("People who handed anything in during the last seven days, whatever became of it."),
    )


def _pace(view: Overview) -> Kpi:
    share = view.on_pace
    assert share is not None
    weeks = [week.passed for week in view.participation.finished]
    return _kpi(
        _("On pace"),
        share.count,
        of=sample(share),
        unit=_("of %(n)s") % {"n": share.people} if share.people else "",
        note=ngettext("Pace is %(n)s exercise", "Pace is %(n)s exercises", view.expected or 0)
        % {"n": view.expected},
        weeks=weeks if len(weeks) > 1 else None,
        weeks_label=_("Exercises passed by week"),
        how=_(
            "People who have passed as many exercises as a steady pace from the first to the "
            "last day of the cohort would have by today, or one fewer. The small line is the "
            "number of exercises passed each week."
        ),
    )


def _sharing(view: Overview) -> Kpi:
    people = ngettext("one person", "%(n)s people", view.people) % {"n": view.people}
    return _kpi(
        _("Share their progress"),
        view.sharing,
        of=people,
        unit=_("of %(n)s") % {"n": view.people},
        how=_("People who chose to show you their progress, or their work too."),
    )


def _found(view: Oversight) -> Kpi:
    return _oversight(
        _("Errors found"),
        view,
        lambda shares: shares.found,
        more_is_better=True,
        weeks_label=_("Errors found by week, in per cent"),
        how=_(
            "Planted errors found ÷ planted errors shown, at the first try of each output, over "
            "all people together. The start is each person’s first two judged outputs, now the "
            "latest six after them."
        ),
    )


def _false_alarms(view: Oversight) -> Kpi:
    return _oversight(
        _("False alarms"),
        view,
        lambda shares: shares.false_alarms,
        more_is_better=False,
        weeks_label=_("False alarms by week, in per cent"),
        how=_(
            "Comments on things that are right ÷ all comments, counted as for errors found. "
            "Finding more is only progress if this doesn’t rise with it."
        ),
    )


def _oversight(
    label: str,
    view: Oversight,
    of: Callable[[Shares], Ratio],
    *,
    more_is_better: bool,
    weeks_label: str,
    how: str,
) -> Kpi:
    now, start = of(view.latest), of(view.start)
    weeks = [share for week in view.weeks if (share := of(week.shares).share) is not None]
    found = _kpi(
        label,
        None if now.share is None else f"{now.share}%",
        of=ngettext("%(n)s person", "%(n)s people", now.people) % {"n": now.people},
        weeks=weeks if len(weeks) > 1 else None,
        weeks_label=weeks_label,
        how=how,
    )
    if now.share is None:
        return found
    if start.share is None:
        return {**found, "note": _("so far; too few to compare with a start")}
    return {**found, **_since_start(now.share - start.share, more_is_better=more_is_better)}


def _since_start(points: float, *, more_is_better: bool) -> Kpi:
    if not points:
        return {"note": _("as at the start")}
    return {
        "change": ngettext("%(n)s point", "%(n)s points", abs(points)) % {"n": abs(points)},
        "way": "up" if points > 0 else "down",
        "good": (points > 0) is more_is_better,
        "note": _("since start"),
    }


def _memos(view: Overview) -> Kpi:
    memos = view.memos
    return _kpi(
        _("Decision memos passed"),
        memos.passed if memos.people else None,
        of=sample(memos),
        unit=_("of %(n)s sent") % {"n": memos.sent} if memos.people else "",
        note=_("from %(whom)s") % {"whom": sample(memos)} if memos.people else "",
        how=_("Exercises that ask for a decision memo: those handed in, and those passed at best."),
    )
