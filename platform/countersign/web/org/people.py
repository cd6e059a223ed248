"""The people of a cohort who share their progress, and one of them; otherwise a door."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from countersign.cohorts.models import Cohort, Enrolment
from countersign.insights import services as insights
from countersign.insights.groups import Person
from countersign.submissions.models import Submission
from countersign.web.access import Door, door, person
from countersign.web.answers import given
from countersign.web.org.frame import overseen_cohort
from countersign.web.org.tables import pairs_of
from countersign.web.sorting import Column, sort
from countersign.web.staff import page
from countersign.web.templatetags.staff import reasons

PAGE_SIZE = 100


def place_of(request: HttpRequest, cohort_id: UUID, enrolment_id: UUID) -> Enrolment:
    """A person's place in a cohort that one oversees, or a 404."""
    cohort = overseen_cohort(request, cohort_id)
    enrolments = cohort.enrolments.filter(ended_at=None).select_related("learner", "cohort")
    enrolment: Enrolment = get_object_or_404(enrolments, pk=enrolment_id)
    return enrolment


def closed(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """The door: it names nobody."""
    return page(request, "org/not_shared.html", door=Door.OVERSEE, status=403, cohort=cohort)


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("Name"), lambda row: row.person.name.casefold(), figures=False),
        Column("passed", _("Passed"), lambda row: row.person.figures.passed, starts_high=True),
        Column(
            "with_help", _("With help"), lambda row: row.person.figures.with_help, starts_high=True
        ),
        Column(
            "alone", _("Without help"), lambda row: row.person.figures.without_help,
            starts_high=True,
        ),
        Column(
            "active", _("Last active"), lambda row: row.person.figures.last_active, starts_high=True
        ),
        Column("hand", _("May need a hand"), lambda row: row.reasons or None, figures=False),
    )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """Somebody who shares, and why they may need a hand."""

    person: Person
    reasons: str


@door(Door.OVERSEE)
@require_safe
def org_people(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Everyone who shares their progress, sorted and found by name; nobody is ranked by default."""
    cohort = overseen_cohort(request, cohort_id)
    view = insights.employer_view(cohort, viewer=person(request)).overview
    hands = {hand.person.figures.enrolment: reasons(hand.signs) for hand in view.hands}
    everyone = [Line(each, hands.get(each.figures.enrolment, "")) for each in view.named]
    asked, only = request.GET.get("q", "").strip()[:200], request.GET.get("only", "")
    found = [line for line in everyone if asked.casefold() in line.person.name.casefold()]
    if only == "hand":
        found = [line for line in found if line.reasons]
    rows, headers = sort(request, found, _columns(), otherwise="name")
    return page(
        request,
        "org/people.html",
        door=Door.OVERSEE,
        cohort=cohort,
        overview=view,
        rows=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        headers=headers,
        asked=asked,
        only=only,
        everyone=len(everyone),
        found=len(found),
    )


@door(Door.OVERSEE)
@require_safe
def org_person(request: HttpRequest, cohort_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """Progress and skills of somebody who shares them; their work if they share that too."""
    enrolment = place_of(request, cohort_id, enrolment_id)
    try:
        shared = insights.shared_person(enrolment, viewer=person(request))
    except insights.NotShared:
        return closed(request, enrolment.cohort)
    return page(
        request,
        "org/person.html",
        door=Door.OVERSEE,
        cohort=enrolment.cohort,
        enrolment=enrolment,
        shared=shared,
        figures=shared.person.figures,
        competencies=pairs_of(shared.person.figures),
        exercises=insights.exercise_count(enrolment.cohort),
    )


@door(Door.OVERSEE)
@require_safe
def org_work(
    request: HttpRequest, cohort_id: UUID, enrolment_id: UUID, submission_id: UUID
) -> HttpResponse:
    """One submission of somebody who shares their work, as they saw it themselves."""
    enrolment = place_of(request, cohort_id, enrolment_id)
    try:
        work = insights.shared_work(enrolment, submission_id, viewer=person(request))
    except insights.NotShared:
        return closed(request, enrolment.cohort)
    except Submission.DoesNotExist as missing:
        raise Http404 from missing
    answer = work.submission.as_answer
    return page(
        request,
        "org/work.html",
        door=Door.OVERSEE,
        cohort=enrolment.cohort,
        enrolment=enrolment,
        submission=work.submission,
        version=work.submission.attempt.version,
        verdict=work.result.verdict if work.result else None,
        result=work.result,
        files=sorted(answer.files.items()),
        answers=given(answer.fields),
    )
