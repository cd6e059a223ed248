"""Help that was given, because it changes what a result is evidence of."""

from __future__ import annotations

from django.db import models

from countersign.common import clock
from countersign.submissions.models import Attempt


class HintTaken(models.Model):
    """One rung of an exercise's hint ladder, opened by the learner. Rungs count from 1."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="hints_taken")
    rung = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["rung"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "rung"], name="a_rung_is_taken_once")
        ]

    def __str__(self) -> str:
        return f"Hint {self.rung} of {self.attempt_id}"
