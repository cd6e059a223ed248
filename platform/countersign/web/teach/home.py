"""The instructor's home: what waits for them, and their cohorts."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from countersign.coaching.models import Appeal
from countersign.cohorts.models import Cohort
from countersign.insights import services as insights
from countersign.web.access import Door, door, person
from countersign.web.staff import page


@door(Door.TEACH)
@require_safe
def teach_home(request: HttpRequest) -> HttpResponse:
    """A work list, not a dashboard: each line opens the place where it is mended."""
    user = person(request)
    cohorts = (
        Cohort.objects.visible_to(user)
        .taught_by(user)
        .select_related("organisation", "release")
        .annotate(places=Count("enrolments", filter=Q(enrolments__ended_at=None)))
        .order_by("organisation__name", "name")
    )
    return page(
        request,
        "teach/home.html",
        door=Door.TEACH,
        work=insights.work_list(user),
        appeals=Appeal.objects.visible_to(user)
        .open()
        .exclude(result__submission__attempt__enrolment__learner=user)
        .count(),
        cohorts=cohorts,
    )
