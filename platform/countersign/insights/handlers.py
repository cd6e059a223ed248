"""What insights do when work was graded or a place changed."""

from __future__ import annotations

from countersign.cohorts.models import Cohort
from countersign.grading.events import SubmissionGraded
from countersign.insights.models import Snapshot
from countersign.insights.services import refresh


def refresh_snapshot(event: SubmissionGraded) -> None:
    """Mark the cohort's figures stale, then work them out anew."""
    Snapshot.objects.unscoped().filter(cohort=event.cohort).update(is_stale=True)
    cohort = Cohort.objects.unscoped().filter(pk=event.cohort).first()
    if cohort is not None:
        refresh(cohort)
