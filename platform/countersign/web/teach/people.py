"""One learner's work, and the end of their place."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from countersign.cohorts.models import Enrolment
from countersign.cohorts.services import end_enrolment
from countersign.insights import services as insights
from countersign.web.access import Door, door, person
from countersign.web.staff import page
from countersign.web.teach.cohorts import taught_cohort


def _place(request: HttpRequest, cohort_id: UUID, enrolment_id: UUID) -> Enrolment:
    cohort = taught_cohort(request, cohort_id)
    enrolments = cohort.enrolments.select_related("learner", "cohort__organisation")
    enrolment: Enrolment = get_object_or_404(enrolments, pk=enrolment_id)
    return enrolment


@door(Door.TEACH)
@require_safe
def teach_person(request: HttpRequest, cohort_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """What a learner has tried, newest first. The look is kept in the audit log."""
    enrolment = _place(request, cohort_id, enrolment_id)
    return page(
        request,
        "teach/person.html",
        door=Door.TEACH,
        cohort=enrolment.cohort,
        enrolment=enrolment,
        lines=insights.learner_lines(enrolment, viewer=person(request)),
        figures=insights.figures_of([enrolment])[str(enrolment.pk)],
        exercises=insights.exercise_count(enrolment.cohort),
    )


@door(Door.TEACH)
@require_http_methods(["GET", "HEAD", "POST"])
def teach_end_place(request: HttpRequest, cohort_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """End a learner's place, after a page that says what that means."""
    enrolment = _place(request, cohort_id, enrolment_id)
    if request.method != "POST":
        return page(
            request,
            "teach/end_place.html",
            door=Door.TEACH,
            cohort=enrolment.cohort,
            enrolment=enrolment,
        )
    end_enrolment(enrolment=enrolment, actor=person(request))
    said = _("%(name)s no longer has a place here. Their work stays theirs.")
    messages.success(request, said % {"name": enrolment.learner.display_name})
    return redirect("teach_cohort", cohort_id)
