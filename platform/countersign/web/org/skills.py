"""Skills of the group beside their targets, and of each person who shares; practice from there."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from countersign.insights import services as insights
from countersign.web.access import Door, door, person
from countersign.web.org.drawings import growth_label, steps
from countersign.web.org.frame import overseen_cohort, practice_switch, with_practice
from countersign.web.org.people import PAGE_SIZE, closed, place_of
from countersign.web.org.tables import heat_rows, with_and_without
from countersign.web.staff import page


@door(Door.OVERSEE)
@require_safe
def org_skills(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Aided beside unaided, for the group and person by person."""
    cohort = overseen_cohort(request, cohort_id)
    practice = with_practice(request)
    view = insights.employer_view(cohort, viewer=person(request), practice=practice)
    competencies, unsaid = with_and_without(view.overview)
    titles, rows = heat_rows(view.overview)
    return page(
        request,
        "org/skills.html",
        door=Door.OVERSEE,
        cohort=cohort,
        overview=view.overview,
        targets=view.targets,
        competencies=[(pair, view.targets.of(pair.title)) for pair in competencies],
        unsaid=unsaid,
        steps=steps(view.overview),
        growth_label=growth_label(view.overview),
        titles=titles,
        rows=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        counted_at=view.counted_at,
        switch=practice_switch(view.overview.practice, is_in=practice),
    )


@door(Door.OVERSEE)
@require_http_methods(["GET", "HEAD", "POST"])
def org_assign(request: HttpRequest, cohort_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """Suggest practice to somebody who shares: which exercises, then the button."""
    enrolment = place_of(request, cohort_id, enrolment_id)
    asked = request.POST if request.method == "POST" else request.GET
    competency, aided = asked.get("skill", ""), asked.get("help") != "none"
    if not insights.shares_progress(enrolment):
        return closed(request, enrolment.cohort)
    if competency not in insights.competency_titles():
        raise Http404
    if request.method == "POST":
        return _assigned(request, cohort_id, enrolment_id, competency=competency, aided=aided)
    return page(
        request,
        "org/assign.html",
        door=Door.OVERSEE,
        cohort=enrolment.cohort,
        enrolment=enrolment,
        name=enrolment.learner.display_name,
        competency=competency,
        aided=aided,
        places=insights.suggestions(enrolment, competency=competency, aided=aided),
    )


def _assigned(
    request: HttpRequest, cohort_id: UUID, enrolment_id: UUID, *, competency: str, aided: bool
) -> HttpResponse:
    enrolment = place_of(request, cohort_id, enrolment_id)
    try:
        places = insights.assign_practice(
            enrolment, competency=competency, aided=aided, actor=person(request)
        )
    except insights.NotShared:
        return closed(request, enrolment.cohort)
    said = ngettext(
        "%(n)s exercise suggested. It waits on their home page; they can put it aside.",
        "%(n)s exercises suggested. They wait on their home page; they can put them aside.",
        len(places),
    ) % {"n": len(places)}
    messages.success(request, said if places else _("There is nothing left to suggest here."))
    return redirect("org_skills", cohort_id)
