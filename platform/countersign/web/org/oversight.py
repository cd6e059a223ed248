"""Is the people's judging of AI output getting better, and of which errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from countersign.insights import services as insights
from countersign.insights.judging import CLAIM, Sureness
from countersign.insights.oversight import Oversight, Ratio, Shares
from countersign.insights.overview import Overview
from countersign.insights.targets import Targets
from countersign.web.access import Door, door, person
from countersign.web.org.drawings import oversight_map
from countersign.web.org.frame import overseen_cohort
from countersign.web.staff import page
from countersign.web.templatetags.trends import Point

KINDS = {
    "logic": gettext_lazy("Wrong logic"),
    "requirement": gettext_lazy("Not what was asked for"),
    "data": gettext_lazy("Trouble with data"),
    "errors": gettext_lazy("Hidden or unhandled errors"),
    "security": gettext_lazy("Something an attacker could use"),
    "performance": gettext_lazy("Too slow"),
    "api": gettext_lazy("Made-up or misused functions"),
    "tests": gettext_lazy("Tests that prove nothing"),
    CLAIM: gettext_lazy("False statements in a report"),
}


@door(Door.OVERSEE)
@require_safe
def org_oversight(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Small multiples by week, kinds of defect, sureness, and what helps."""
    cohort = overseen_cohort(request, cohort_id)
    view = insights.employer_view(cohort, viewer=person(request))
    found = view.overview.oversight
    return page(
        request,
        "org/oversight.html",
        door=Door.OVERSEE,
        cohort=cohort,
        overview=view.overview,
        oversight=found,
        counted_at=view.counted_at,
        kpis=_kpis(found),
        multiples=list(_multiples(found, view.targets)),
        kinds=[_kind(each.name, each.ratio) for each in found.kinds],
        map=oversight_map(view.overview, view.targets),
        quadrants=_quadrants(view.overview, view.targets),
        sureness=_sureness(found),
    )


@dataclass(frozen=True)
class Multiple:
    """One small chart: a share by week, whether it falls or rises when things get better."""

    key: str
    title: str
    sub: str
    label: str
    points: list[Point]
    target: float | None


MULTIPLES = (
    (
        "found",
        gettext_lazy("Errors found"),
        gettext_lazy("Higher is better. Of the errors planted."),
    ),
    (
        "false_alarms",
        gettext_lazy("False alarms"),
        gettext_lazy("Lower is better. Of all comments."),
    ),
    (
        "bad_approved",
        gettext_lazy("Bad work approved"),
        gettext_lazy("Lower is better. Flawed outputs signed “Use it”, of those signed or not."),
    ),
    (
        "good_blocked",
        gettext_lazy("Good work blocked"),
        gettext_lazy("Lower is better. Clean outputs that were not let through."),
    ),
    (
        "sure_wrong",
        gettext_lazy("Sure and wrong"),
        gettext_lazy("Lower is better. Of the answers that were called certain."),
    ),
)


def _multiples(found: Oversight, targets: Targets) -> Iterator[Multiple]:
    """Those that anything can be said of."""
    aims = {"found": targets.found, "false_alarms": targets.false_alarms}
    for key, title, sub in MULTIPLES:
        points = [_point(week.starts_on, getattr(week.shares, key)) for week in found.weeks]
        if any(point.share is not None for point in points):
            yield Multiple(
                key, str(title), str(sub), _trend_label(str(title), points), points, aims.get(key)
            )


def _point(day: date, ratio: Ratio) -> Point:
    return Point(day, ratio.share, ratio.part, ratio.whole)


def _trend_label(title: str, points: list[Point]) -> str:
    known = [point.share for point in points if point.share is not None]
    return _("%(title)s by week: %(first)s%% in the first, %(last)s%% in the last.") % {
        "title": title,
        "first": f"{known[0]:.0f}",
        "last": f"{known[-1]:.0f}",
    }


def _kpis(found: Oversight) -> list[dict[str, object]]:
    """What an employer should watch, now and at the start."""
    return [
        _kpi(_("Bad work approved"), found, lambda shares: shares.bad_approved),
        _kpi(_("Good work blocked"), found, lambda shares: shares.good_blocked),
        _kpi(_("Sure and wrong"), found, lambda shares: shares.sure_wrong),
        _kpi(_("False alarms"), found, lambda shares: shares.false_alarms),
        {
            "label": _("Minutes per accepted output"),
            "value": None if found.minutes is None else f"{found.minutes:g}",
            "note": "" if found.minutes is None else _("%(n)s accepted") % {"n": found.accepted},
        },
    ]


def _kpi(label: str, found: Oversight, of: Callable[[Shares], Ratio]) -> dict[str, object]:
    now, start = of(found.latest), of(found.start)
    counted = _("%(part)s of %(whole)s") % {"part": now.part, "whole": now.whole}
    if start.share is not None and found.now.found.share is not None:
        counted = _("%(counted)s, from %(start)s%%") % {"counted": counted, "start": start.share}
    known = now.share is not None
    return {
        "label": label,
        "value": f"{now.share}%" if known else None,
        "note": counted if known else "",
    }


def _kind(name: str, ratio: Ratio) -> dict[str, object]:
    return {"title": KINDS.get(name, name), "ratio": ratio, "missed": ratio.whole - ratio.part}


def _quadrants(view: Overview, targets: Targets) -> list[dict[str, object]]:
    """How many of those who share are in each corner, and what helps there."""
    corners = {(True, False): 0, (True, True): 0, (False, False): 0, (False, True): 0}
    for dot in view.oversight.dots:
        corners[dot.found >= targets.found, dot.false_alarms > targets.false_alarms] += 1
    words = {
        (True, False): (_("Well judged"), _("Let them check other people’s AI-assisted work.")),
        (True, True): (_("Flags too much"), _("Ask for evidence with each comment.")),
        (False, False): (_("Trusts too much"), _("Give them the list of kinds of defect.")),
        (False, True): (_("Guessing"), _("Go back to small outputs, with one planted error each.")),
    }
    return [
        {"title": title, "people": corners[corner], "helps": helps}
        for corner, (title, helps) in words.items()
    ]


def _sureness(found: Oversight) -> list[dict[str, object]]:
    words = {
        Sureness.OVER: (_("Over-confident"), _("Surer than they are right.")),
        Sureness.WELL: (_("Well judged"), _("As sure as they are right.")),
        Sureness.UNDER: (_("Under-confident"), _("Right more often than they think.")),
    }
    return [
        {"title": words[which][0], "people": people, "means": words[which][1]}
        for which, people in found.sureness.items()
    ]
