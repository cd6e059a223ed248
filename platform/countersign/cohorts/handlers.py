"""What cohorts do when something happened elsewhere."""

from __future__ import annotations

from countersign.cohorts.models import Cohort
from countersign.courses.events import ReleaseMade


def move_the_open_cohort(event: ReleaseMade) -> None:
    """Everyone's cohort follows the newest release; other cohorts stay where they are pinned."""
    Cohort.objects.unscoped().filter(
        organisation__is_open=True, release__number__lt=event.number
    ).update(release=event.release)
