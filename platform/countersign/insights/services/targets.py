"""Set what a cohort's employer aims at."""

from __future__ import annotations

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Cohort
from countersign.common import clock
from countersign.insights.models import TargetChoice
from countersign.insights.targets import Targets


@transaction.atomic
def set_targets(cohort: Cohort, targets: Targets, *, actor: User) -> None:
    """Aim at these from the next look on."""
    TargetChoice.objects.unscoped().update_or_create(
        cohort=cohort,
        defaults={"targets": targets.as_json(), "set_by": actor, "set_at": clock.now()},
    )
    audit.record(
        audit.Action.TARGETS_SET,
        actor=actor,
        organisation=cohort.organisation_id,
        thing=cohort,
        **targets.as_json(),
    )
