"""What learning does when work was graded."""

from __future__ import annotations

from countersign.cohorts.models import Enrolment
from countersign.grading.events import SubmissionGraded
from countersign.learning.services import recompute


def recompute_evidence(event: SubmissionGraded) -> None:
    """Write this place's evidence anew."""
    enrolment = (
        Enrolment.objects.unscoped().filter(cohort=event.cohort, learner=event.learner).first()
    )
    if enrolment is not None:
        recompute(enrolment)
