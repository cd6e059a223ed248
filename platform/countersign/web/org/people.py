"""One learner, as far as they share now; otherwise a door."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from countersign.cohorts.models import Cohort, Enrolment
from countersign.insights import services as insights
from countersign.submissions.models import Submission
from countersign.web.access import Door, door, person
from countersign.web.answers import given
from countersign.web.org.frame import overseen
from countersign.web.org.tables import pairs_of
from countersign.web.staff import page


def _place(request: HttpRequest, cohort_id: UUID, enrolment_id: UUID) -> Enrolment:
    cohort = get_object_or_404(overseen(request), pk=cohort_id)
    enrolments = cohort.enrolments.filter(ended_at=None).select_related("learner", "cohort")
    enrolment: Enrolment = get_object_or_404(enrolments, pk=enrolment_id)
    return enrolment


def _closed(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """The door: it names nobody."""
    return page(request, "org/not_shared.html", door=Door.OVERSEE, status=403, cohort=cohort)


@door(Door.OVERSEE)
@require_safe
def org_person(request: HttpRequest, cohort_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """Progress and skills of somebody who shares them; their work if they share that too."""
    enrolment = _place(request, cohort_id, enrolment_id)
    try:
        shared = insights.shared_person(enrolment, viewer=person(request))
    except insights.NotShared:
        return _closed(request, enrolment.cohort)
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
    enrolment = _place(request, cohort_id, enrolment_id)
    try:
        work = insights.shared_work(enrolment, submission_id, viewer=person(request))
    except insights.NotShared:
        return _closed(request, enrolment.cohort)
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
