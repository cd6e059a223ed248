"""Move a learner to another cohort, and keep what was counted from giving anybody away."""

from __future__ import annotations

from django.db import transaction

from countersign.accounts.models import User
from countersign.cohorts.models import Cohort, Enrolment
from countersign.cohorts.services import move_enrolment
from countersign.insights.models import CountedFigures


@transaction.atomic
def move_place(*, enrolment: Enrolment, to: Cohort, actor: User) -> None:
    """Move a place with its work. Neither cohort counts it among those who don't share until it is
    counted anew. Raises cohorts.services.CannotMove."""
    move_enrolment(enrolment=enrolment, to=to, actor=actor)
    CountedFigures.objects.unscoped().filter(enrolment=enrolment.pk).delete()
