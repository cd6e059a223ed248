"""The catalogue: which courses fit what a visitor is looking for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from countersign.courses.models import Course, ExercisePlace, Skill

STRENGTHS = 3


class Length(StrEnum):
    """How much time a course takes."""

    SHORT = "short"  # under 2 hours
    MIDDLE = "middle"  # 2 to 5 hours
    LONG = "long"  # over 5 hours

    def holds(self, minutes: int) -> bool:
        first, end = _MINUTES[self]
        return first <= minutes < end


_MINUTES = {Length.SHORT: (0, 120), Length.MIDDLE: (120, 301), Length.LONG: (301, 10**6)}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the visitor asked for; nothing set means anything goes."""

    competency: str = ""
    length: Length | None = None
    from_zero: bool = False

    @property
    def is_open(self) -> bool:
        return not (self.competency or self.length or self.from_zero)


@dataclass(frozen=True, kw_only=True)
class Strength:
    """How much of a course is about one competency: 3 is most, 1 is least."""

    competency: str
    steps: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A course with what its row says of it."""

    course: Course
    units: int
    exercises: int
    strengths: tuple[Strength, ...]

    def misses(self, wish: Wish) -> int:
        """How many of the wishes this course doesn't meet."""
        taught = {strength.competency for strength in self.strengths}
        return sum(
            (
                bool(wish.competency) and wish.competency not in taught,
                wish.length is not None and not wish.length.holds(self.course.minutes),
                wish.from_zero and not self.course.starts_from_zero,
            )
        )


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The courses that fit. When none does, ``nearest`` names the two that come closest."""

    fitting: tuple[Entry, ...]
    nearest: tuple[Entry, ...]
    competencies: tuple[str, ...]


def catalogue(wish: Wish) -> Catalogue:
    """The current release's courses for this wish. Three queries, however many courses."""
    competencies = dict(Skill.objects.values_list("pk", "competency"))
    entries = [_entry(course, competencies) for course in Course.objects.in_catalogue()]
    fitting = tuple(entry for entry in entries if not entry.misses(wish))
    nearest = () if fitting else tuple(sorted(entries, key=lambda entry: entry.misses(wish))[:2])
    taught = {strength.competency for entry in entries for strength in entry.strengths}
    return Catalogue(
        fitting=fitting,
        nearest=nearest,
        competencies=tuple(c for c in dict.fromkeys(competencies.values()) if c in taught),
    )


def _entry(course: Course, competencies: Mapping[str, str]) -> Entry:
    return Entry(
        course=course,
        units=course.units,  # type: ignore[attr-defined]  # counted by in_catalogue
        exercises=course.exercises,  # type: ignore[attr-defined]
        strengths=strengths(course.skills, competencies),
    )


def strengths(skills: Sequence[str], competencies: Mapping[str, str]) -> tuple[Strength, ...]:
    """The competencies that a course's skills belong to, the strongest first."""
    counted = Counter(competencies[skill] for skill in skills if skill in competencies)
    most = max(counted.values(), default=1)
    return tuple(
        Strength(competency=competency, steps=max(1, round(STRENGTHS * count / most)))
        for competency, count in counted.most_common()
    )


def open_exercise() -> ExercisePlace | None:
    """The exercise of the current release that anyone may try, if it has one."""
    return ExercisePlace.objects.of_current_release().filter(version__is_open=True).first()
