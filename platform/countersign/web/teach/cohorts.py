"""A cohort's roster, as a page and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from countersign import audit
from countersign.cohorts.models import Cohort, Enrolment
from countersign.cohorts.services import may_be_reopened
from countersign.common.csv import Cell, Sheet
from countersign.insights import services as insights
from countersign.insights.services import RosterLine
from countersign.web.access import Door, door, person
from countersign.web.sorting import Column, sort
from countersign.web.staff import page

PAGE_SIZE = 100


def taught_cohort(request: HttpRequest, cohort_id: UUID) -> Cohort:
    """The cohort, or a 404 for one that this person doesn't teach."""
    user = person(request)
    cohorts = Cohort.objects.visible_to(user).taught_by(user).select_related("organisation")
    cohort: Cohort = get_object_or_404(cohorts, pk=cohort_id)
    return cohort


def columns() -> Sequence[Column]:
    """The roster's columns."""
    return (
        Column("name", _("Name"), _name, figures=False),
        Column("passed", _("Passed"), lambda line: line.figures.passed, starts_high=True),
        Column(
            "first", _("At first try"), lambda line: line.figures.first_try_share, starts_high=True
        ),
        Column("tries", _("Tries"), lambda line: line.figures.submissions, starts_high=True),
        Column("hints", _("Hints"), lambda line: line.figures.hints, starts_high=True),
        Column("active", _("Last active"), lambda line: line.figures.last_active, starts_high=True),
    )


def _name(line: RosterLine) -> str:
    return line.enrolment.learner.display_name.casefold()


@door(Door.TEACH)
@require_safe
def teach_cohort(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Who learns here, and how far each of them is."""
    cohort = taught_cohort(request, cohort_id)
    asked = request.GET.get("q", "").strip()
    everyone = insights.roster(cohort)
    lines, headers = sort(request, _found(everyone, asked), columns(), otherwise="name")
    return page(
        request,
        "teach/cohort.html",
        door=Door.TEACH,
        cohort=cohort,
        headers=headers,
        rows=Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page")),
        found=len(lines),
        everyone=len(everyone),
        exercises=insights.exercise_count(cohort),
        asked=asked,
        ended=_ended(cohort),
    )


def _ended(cohort: Cohort) -> list[Enrolment]:
    """Places that have ended, the last first, each with whether it can be given back here."""
    rows = cohort.enrolments.exclude(ended_at=None).select_related("learner")
    places = list(rows.order_by("-ended_at")[:PAGE_SIZE])
    for place in places:
        place.may_reopen = may_be_reopened(place)  # type: ignore[attr-defined]
    return places


def _found(lines: Iterable[RosterLine], asked: str) -> list[RosterLine]:
    """Those whose name or address holds what was asked for."""
    wanted = asked.casefold()
    return [
        line
        for line in lines
        if wanted in _name(line) or wanted in line.enrolment.learner.email.casefold()
    ]


@door(Door.TEACH)
@require_safe
def teach_roster_csv(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """The roster as a file. Each one taken away is kept in the audit log."""
    cohort = taught_cohort(request, cohort_id)
    lines = insights.roster(cohort)
    audit.record(
        audit.Action.ROSTER_EXPORTED,
        actor=person(request),
        organisation=cohort.organisation_id,
        thing=cohort,
        people=len(lines),
    )
    response = HttpResponse(roster_sheet(lines).text(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="roster-{cohort.pk}.csv"'
    return response


def roster_sheet(lines: Iterable[RosterLine]) -> Sheet:
    """One row a learner."""
    heads = (
        _("Name"), _("E-mail"), _("Tried"), _("Passed"), _("Passed at first try"), _("Tries"),
        _("Hints"), _("Last active"), _("Joined"),
    )  # fmt: skip
    return Sheet(heads, (_cells(line) for line in lines))


def _cells(line: RosterLine) -> Sequence[Cell]:
    learner, figures = line.enrolment.learner, line.figures
    return (
        learner.display_name,
        learner.email,
        figures.tried,
        figures.passed,
        figures.passed_first,
        figures.submissions,
        figures.hints,
        figures.active_at,
        line.enrolment.joined_at,
    )
