"""What a part said when somebody last tried it out."""

from __future__ import annotations

from django.db import models

from countersign.common import clock


class Trial(models.Model):
    """The newest trial of one part, and when it last went well."""

    part = models.CharField(primary_key=True, max_length=20)
    at = models.DateTimeField(default=clock.now)
    went_well = models.BooleanField()
    went_well_at = models.DateTimeField(null=True, blank=True)
    says = models.CharField(max_length=400)
    details = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.part}: {self.says}"
