"""Make a release of one's courses, and move a cohort to it after seeing what that does."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from countersign.authoring.models import CoursePlan
from countersign.authoring.services.carrying_courses import course_out
from countersign.authoring.services.planning import (
    NotReady,
    make_release,
    move_cohort,
    move_preview,
)
from countersign.cohorts.models import Cohort
from countersign.courses.models import Release
from countersign.web.access import Door, door, person
from countersign.web.staff import page
from countersign.web.teach.authoring.carrying import as_file
from countersign.web.teach.authoring.finding import chosen_organisation

MOST_RELEASES = 20


@door(Door.TEACH)
@require_POST
def plan_release(request: HttpRequest) -> HttpResponse:
    """Keep all courses as they are now as a release."""
    try:
        made = make_release(organisation=chosen_organisation(request), actor=person(request))
    except NotReady as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return redirect("plan_list")
    messages.success(
        request,
        _("Release %(n)s is made. Move a cohort to it when you like.") % {"n": made.number},
    )
    return redirect("plan_list")


@door(Door.TEACH)
@require_safe
def plan_export(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The course with its exercises, as folders in a zip."""
    plan = get_object_or_404(CoursePlan.objects.visible_to(person(request)), pk=plan_id)
    try:
        content = course_out(plan, actor=person(request))
    except NotReady as refusal:
        messages.error(request, str(refusal))
        return redirect("plan_edit", plan.pk)
    return as_file(content, name=plan.slug)


@door(Door.TEACH)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_move(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """What moving this cohort would do, and the button that does it."""
    user = person(request)
    cohort = get_object_or_404(
        Cohort.objects.visible_to(user).taught_by(user).select_related("organisation", "release"),
        pk=cohort_id,
    )
    releases = Release.objects.filter(
        Q(organisation=cohort.organisation_id) | Q(organisation=None)
    ).order_by("-made_at")
    said = request.POST.get("release") or request.GET.get("release") or ""
    chosen = releases.filter(pk=int(said)).first() if said.isascii() and said.isdecimal() else None
    if request.method == "POST" and chosen is not None:
        move_cohort(cohort=cohort, release=chosen, actor=user)
        messages.success(
            request,
            _("%(cohort)s is on its new release. Everything handed in is still there.")
            % {"cohort": cohort.name},
        )
        return redirect("plan_list")
    return page(
        request,
        "plan/move.html",
        door=Door.TEACH,
        cohort=cohort,
        releases=releases[:MOST_RELEASES],
        chosen=chosen,
        move=move_preview(cohort=cohort, release=chosen) if chosen else None,
    )
