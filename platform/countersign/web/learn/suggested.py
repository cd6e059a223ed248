"""What employers suggested to a learner, on their home page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from countersign.accounts.models import User
from countersign.insights import services as insights
from countersign.insights.models import Assignment
from countersign.web.access import Door, door, person
from countersign.web.learn.links import place_url


def suggested(learner: User) -> list[dict[str, Any]]:
    """The exercises with their addresses, and whose suggestion each is."""
    return [
        {
            "id": given.assignment.pk,
            "title": given.place.version.title,
            "competency": given.assignment.competency,
            "by": given.assignment.enrolment.cohort.organisation.name,
            "href": place_url(given.place),
        }
        for given in insights.given_to(learner)
    ]


@door(Door.SIGNED_IN)
@require_POST
def put_aside(request: HttpRequest, assignment_id: UUID) -> HttpResponseBase:
    """The learner doesn't want to be reminded of a suggestion."""
    mine = Assignment.objects.visible_to(person(request))
    insights.put_aside(get_object_or_404(mine, pk=assignment_id))
    return redirect("learn_home")
