"""When the same thing goes wrong again and again, stop trying: an exercise, or a worker.

Both follow from what is stored or was just seen; nothing has to be switched on or off by hand.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from countersign.exercises.models import ExerciseVersion
from countersign.grading.models import Reason, Run, RunState

IN_A_ROW = 5
RECENT = 500  # set-aside runs that are looked at
REST = 60.0  # seconds
JUDGED_BY = Coalesce("judged_by", "submission__attempt__version")
"""Whose key a run is judged by: what a fault of ours is the fault of."""


def paused() -> dict[UUID, datetime]:
    """The exercise versions of which the last five runs were all set aside, and since when.

    One run that ends with a result ends the pause: “Run again” after the cause was mended.
    """
    found = {}
    for version, times in _set_aside().items():
        if len(times) >= IN_A_ROW and not _graded_since(version, times[IN_A_ROW - 1]):
            found[version] = times[0]
    return found


def paused_exercises() -> list[str]:
    """Their titles, for the operator."""
    titles = ExerciseVersion.objects.filter(pk__in=paused()).order_by("title")
    return list(titles.values_list("title", flat=True))


def on_hold() -> Q:
    """Runs of a paused exercise. Those that somebody asked to try again go through."""
    first_tries = Q(reason__in=(Reason.INITIAL, Reason.REGRADE, Reason.TRIAL))
    own = Q(judged_by=None, submission__attempt__version__in=(found := paused()))
    return first_tries & (own | Q(judged_by__in=found))


def _set_aside() -> dict[UUID, list[datetime]]:
    """When runs of each version were set aside, the newest first."""
    times: dict[UUID, list[datetime]] = defaultdict(list)
    rows = Run.objects.unscoped().filter(state=RunState.FAULT).order_by("-finished_at")
    for version, at in rows.values_list(JUDGED_BY, "finished_at")[:RECENT]:
        times[version].append(at)
    return times


def _graded_since(version: UUID, moment: datetime) -> bool:
    done = Run.objects.unscoped().filter(state=RunState.DONE, finished_at__gt=moment)
    return bool(done.annotate(by=JUDGED_BY).filter(by=version).exists())


@dataclass
class Fitness:
    """Whether this worker process is fit to take work.

    It rests for a minute after five faults in a row with more than one exercise, then takes one
    run to see. One exercise alone is that exercise's trouble, not the worker's.
    """

    faults: list[tuple[UUID, str]] = field(default_factory=list)
    rests_until: float = 0.0

    def did_well(self) -> None:
        self.faults.clear()

    def met_fault(self, version: UUID, fault: str) -> None:
        self.faults = [*self.faults, (version, fault)][-IN_A_ROW:]
        if len(self.faults) == IN_A_ROW and len({version for version, _ in self.faults}) > 1:
            self.rests_until = time.monotonic() + REST

    @property
    def rests(self) -> bool:
        return time.monotonic() < self.rests_until

    def __str__(self) -> str:
        """What the worker says of itself: nothing while it is well."""
        if not self.rests:
            return ""
        return f"rests after {IN_A_ROW} faults in a row, the last: {self.faults[-1][1]}"
