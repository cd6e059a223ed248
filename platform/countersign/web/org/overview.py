"""An employer's cohorts, and the overview of one."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from countersign.cohorts.models import Cohort, CohortQuerySet
from countersign.insights import services as insights
from countersign.insights.groups import FEWEST_PEOPLE
from countersign.web.access import Door, door, person
from countersign.web.org.words import heat_rows, kpis, said, with_and_without
from countersign.web.staff import page


def overseen(request: HttpRequest) -> CohortQuerySet:
    """The cohorts that this person oversees."""
    user = person(request)
    found: CohortQuerySet = (
        Cohort.objects.visible_to(user).overseen_by(user).select_related("organisation")
    )
    return found


@door(Door.OVERSEE)
@require_safe
def org_home(request: HttpRequest) -> HttpResponse:
    """The cohorts to choose from."""
    learning = Count("enrolments", filter=Q(enrolments__ended_at=None))
    cohorts = overseen(request).annotate(places=learning).order_by("organisation__name", "name")
    return page(request, "org/home.html", door=Door.OVERSEE, cohorts=cohorts)


@door(Door.OVERSEE)
@require_safe
def org_overview(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Is it working, and who needs a hand. The look is kept in the audit log."""
    cohort = get_object_or_404(overseen(request), pk=cohort_id)
    view = insights.employer_view(cohort, viewer=person(request))
    titles, rows = heat_rows(view.overview)
    competencies, unsaid = with_and_without(view.overview)
    return page(
        request,
        "org/overview.html",
        door=Door.OVERSEE,
        cohort=cohort,
        overview=view.overview,
        computed_at=view.computed_at,
        said=said(view.overview),
        kpis=kpis(view.overview),
        competencies=competencies,
        unsaid=unsaid,
        titles=titles,
        rows=rows,
        fewest=FEWEST_PEOPLE,
    )
