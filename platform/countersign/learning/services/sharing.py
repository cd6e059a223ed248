"""What a learner keeps out of what employers see."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.events import outbox
from countersign.learning.events import EvidenceLeftOut
from countersign.learning.models import Evidence, LeftOut


def left_out(enrolment: Enrolment) -> frozenset[UUID]:
    """The exercises, by identity, that this learner leaves out."""
    rows = LeftOut.objects.unscoped().filter(enrolment=enrolment)
    return frozenset(rows.values_list("exercise", flat=True))


@transaction.atomic
def leave_out(evidence: Evidence, *, learner: User, out: bool) -> None:
    """Leave a task out of what employers see, or take it in again. Twice is once."""
    enrolment, exercise = evidence.enrolment, evidence.version.exercise_id
    rows = LeftOut.objects.unscoped().filter(enrolment=enrolment, exercise=exercise)
    if rows.exists() is out:
        return
    if out:
        LeftOut.objects.create(enrolment=enrolment, exercise_id=exercise)
    else:
        rows.delete()
    audit.record(
        audit.Action.SHARING_CHOSEN,
        actor=learner,
        organisation=enrolment.cohort.organisation_id,
        thing=enrolment,
        exercise=str(exercise),
        left_out=out,
    )
    outbox.publish(EvidenceLeftOut(learner=learner.pk, cohort=enrolment.cohort_id))
