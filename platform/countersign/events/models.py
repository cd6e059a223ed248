"""The outbox: what happened, and who has been told.

An event is written in the transaction of the act; each handler has a delivery row of its own
and is told at least once, after the commit.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from countersign.common import clock


class Event(models.Model):
    """Something that happened. ``payload`` holds ids, never content."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=60)
    payload = models.JSONField()
    at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"


class Delivery(models.Model):
    """One handler's copy of an event. ``told_at`` is empty until the handler returned."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=120)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)
    fault = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="one_delivery_per_handler")
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(told_at=None, gave_up_at=None),
                name="deliveries_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event.name} → {self.handler}"
