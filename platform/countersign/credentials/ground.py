"""What a credential rests on, as pure functions of graded work.

Only work done without help counts. A badge needs at least EIGHT tasks of one skill, and their
score must be dependable (``learning.evidence``). A certificate needs every exercise of a course
passed, and says how the course's unaided ones went.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from countersign.learning.evidence import Band, Task, band_of, by_skill, skill_score

FEWEST_UNAIDED = 8


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The work behind one credential.

    ``tasks`` counts the unaided ones, ``score`` is 0 to 100 over them and None when there are too
    few to say. ``submissions`` are all that it rests on.
    ``engines`` names everything that judged, with its version.
    """

    submissions: tuple[UUID, ...]
    tasks: int
    score: float | None
    engines: tuple[str, ...]
    last: datetime


@dataclass(frozen=True, kw_only=True)
class Way:
    """How far somebody is on the way to a badge."""

    skill: str
    tasks: int
    score: float | None

    @property
    def missing(self) -> int:
        return max(0, FEWEST_UNAIDED - self.tasks)


def badge_grounds(tasks: Iterable[Task]) -> dict[str, Ground]:
    """Each skill that earned a badge, with what it rests on."""
    grounds = {
        skill: _ground(own, figures_of=own) for skill, own in by_skill(_unaided(tasks)).items()
    }
    return {skill: ground for skill, ground in grounds.items() if _is_enough(ground)}


def ways(tasks: Iterable[Task]) -> list[Way]:
    """Skills on the way, those with the fewest tasks missing first."""
    found = [
        Way(skill=skill, tasks=len(own), score=skill_score(own).score)
        for skill, own in by_skill(_unaided(tasks)).items()
    ]
    return sorted(found, key=lambda way: (way.missing, way.skill))


def course_ground(tasks: Iterable[Task], *, exercises: Collection[UUID]) -> Ground | None:
    """What a certificate of these exercises rests on; None while one of them isn't passed."""
    own = [task for task in tasks if task.exercise in exercises]
    passed = {task.exercise for task in own if task.finished}
    if not exercises or passed != set(exercises):
        return None
    return _ground(own, figures_of=_unaided(own))


def _unaided(tasks: Iterable[Task]) -> list[Task]:
    return [task for task in tasks if not task.aided]


def _ground(tasks: Sequence[Task], *, figures_of: Sequence[Task]) -> Ground:
    return Ground(
        submissions=tuple(sorted(task.submission for task in tasks)),
        tasks=len(figures_of),
        score=skill_score(figures_of).score,
        engines=tuple(sorted({task.engine for task in tasks})),
        last=max(task.at for task in tasks),
    )


def _is_enough(ground: Ground) -> bool:
    if ground.tasks < FEWEST_UNAIDED or ground.score is None:
        return False
    return band_of(ground.score) is Band.DEPENDABLE
