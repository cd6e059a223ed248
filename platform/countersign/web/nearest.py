"""For an address that leads nowhere: the course or exercise whose name comes closest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from django.urls import reverse

from countersign.courses.models import Course, ExercisePlace


@dataclass(frozen=True, kw_only=True)
class Nearest:
    """A page that may be meant."""

    title: str
    href: str


def nearest(path: str) -> Nearest | None:
    """The course or exercise of the current release that the last words of the path resemble."""
    words = [word for word in path.strip("/").lower().split("/") if _is_name(word)]
    if not words:
        return None
    found = _pages()
    for word in reversed(words):
        for slug in get_close_matches(word[:80], found, n=1, cutoff=0.7):
            return found[slug]
    return None


def _is_name(word: str) -> bool:
    return len(word) > 3 and re.fullmatch(r"[\w-]+", word) is not None


def _pages() -> dict[str, Nearest]:
    exercises = {
        place.slug: Nearest(title=place.version.title, href=_exercise_address(place))
        for place in ExercisePlace.objects.of_current_release().defer(
            "version__brief", "version__shown", "version__hints"
        )
    }
    courses = {
        course.slug: Nearest(title=course.title, href=reverse("course", args=[course.slug]))
        for course in Course.objects.of_current_release()
    }
    return exercises | courses


def _exercise_address(place: ExercisePlace) -> str:
    module = place.lesson.module
    return reverse("step", args=[module.course.slug, module.slug, place.slug])
