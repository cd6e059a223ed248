"""What the pages of one cohort have in common: which cohort, its switch, its tabs."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from countersign.cohorts.models import Cohort, CohortQuerySet
from countersign.insights.overview import Practice
from countersign.web.access import person

WITHOUT = "without"


def overseen(request: HttpRequest) -> CohortQuerySet:
    """The cohorts that this person oversees."""
    user = person(request)
    found: CohortQuerySet = (
        Cohort.objects.visible_to(user).overseen_by(user).select_related("organisation")
    )
    return found


def overseen_cohort(request: HttpRequest, cohort_id: UUID) -> Cohort:
    """The cohort, or a 404 for one that this person doesn't oversee."""
    cohort: Cohort = get_object_or_404(overseen(request), pk=cohort_id)
    return cohort


def with_practice(request: HttpRequest) -> bool:
    """Whether the practice model's work counts: it does unless the address says otherwise."""
    return request.GET.get("practice") != WITHOUT


@dataclass(frozen=True)
class PracticeSwitch:
    """How much the practice model wrote for, and where the other view is."""

    percent: int
    is_in: bool
    href: str


def practice_switch(practice: Practice, *, is_in: bool) -> PracticeSwitch | None:
    """None where there is nothing to leave out."""
    if is_in and not practice.count:
        return None
    return PracticeSwitch(practice.percent, is_in, f"?practice={WITHOUT}" if is_in else "?")
