"""One learner's work, and the end of their place."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from countersign.cohorts.models import Cohort, Enrolment
from countersign.cohorts.services import (
    CannotMove,
    end_enrolment,
    may_be_reopened,
    reopen_enrolment,
)
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
        may_reopen=may_be_reopened(enrolment),
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


@door(Door.TEACH)
@require_POST
def teach_reopen_place(
    request: HttpRequest, cohort_id: UUID, enrolment_id: UUID
) -> HttpResponseRedirect:
    """Give a place back that an instructor ended."""
    enrolment = _place(request, cohort_id, enrolment_id)
    if reopen_enrolment(enrolment=enrolment, actor=person(request)):
        said = _("%(name)s has the place again, with all work.")
        messages.success(request, said % {"name": enrolment.learner.display_name})
    else:
        messages.info(request, _("Nothing changed: the place is open, or they left themselves."))
    return redirect("teach_person", cohort_id, enrolment_id)


@door(Door.TEACH)
@require_http_methods(["GET", "HEAD", "POST"])
def teach_move_place(request: HttpRequest, cohort_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """Move a place with its work to another cohort of the organisation."""
    enrolment = _place(request, cohort_id, enrolment_id)
    others = _others(request, enrolment)
    if request.method != "POST":
        return _ask_where(request, enrolment, others)
    to = next((each for each in others if str(each.pk) == request.POST.get("to")), None)
    if to is None:
        raise Http404
    try:
        insights.move_place(enrolment=enrolment, to=to, actor=person(request))
    except CannotMove:
        words = _("They have or had a place there. End this one, and give that one back.")
        return _ask_where(request, enrolment, others, problem=words, status=422)
    names = {"name": enrolment.learner.display_name, "cohort": to.name}
    messages.success(request, _("%(name)s is in %(cohort)s now, with all work.") % names)
    return redirect("teach_person", to.pk, enrolment_id)


def _others(request: HttpRequest, enrolment: Enrolment) -> list[Cohort]:
    user = person(request)
    found = Cohort.objects.visible_to(user).taught_by(user)
    same = found.filter(organisation=enrolment.cohort.organisation_id)
    return list(same.exclude(pk=enrolment.cohort_id))


def _ask_where(
    request: HttpRequest,
    enrolment: Enrolment,
    others: list[Cohort],
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "teach/move_place.html",
        door=Door.TEACH,
        status=status,
        cohort=enrolment.cohort,
        enrolment=enrolment,
        others=others,
        problem=problem,
    )
