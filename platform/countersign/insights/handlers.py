"""What insights do when work was graded."""

from __future__ import annotations

from countersign.cohorts.models import Enrolment
from countersign.grading.events import SubmissionGraded
from countersign.insights.services import refresh_learner


def refresh_snapshot(event: SubmissionGraded) -> None:
    """Work this learner's figures out anew. The cost doesn't grow with the cohort."""
    enrolment = (
        Enrolment.objects.unscoped().filter(cohort=event.cohort, learner=event.learner).first()
    )
    if enrolment is not None:
        refresh_learner(enrolment)
