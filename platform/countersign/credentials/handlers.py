"""What credentials do when work was graded."""

from __future__ import annotations

from countersign.accounts.models import User
from countersign.credentials.services import review
from countersign.grading.events import SubmissionGraded


def review_grounds(event: SubmissionGraded) -> None:
    """Look again at what this learner has earned."""
    learner = User.objects.filter(pk=event.learner).first()
    if learner is not None:
        review(learner)
