"""One lesson: words to read, questions to answer first, and the way to its exercises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from countersign.cohorts.models import Enrolment
from countersign.common import markdown
from countersign.courses.models import Lesson, Module
from countersign.learning.path import Progress, Step, neighbours, steps_of
from countersign.learning.services import progress
from countersign.web.learn.frame import HOME, frame
from countersign.web.learn.links import course_url, step_url, unit_url
from grader.curriculum.files import PREDICT, Prediction, predictions


@dataclass(frozen=True, kw_only=True)
class Part:
    """A stretch of the lesson: words, or a question to answer before reading on."""

    words: str = ""
    question: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A lesson's body as its page shows it."""

    parts: tuple[Part, ...]
    headings: tuple[markdown.Heading, ...]


def read(body: str, *, name: str) -> Reading:
    """Cut a lesson's Markdown at its questions. Raises ExerciseError for a broken question."""
    asked = list(predictions(body, file=name))
    parts: list[Part] = []
    headings: list[markdown.Heading] = []
    for number, words in enumerate(PREDICT.split(body)[::2]):
        html, found = markdown.render_with_anchors(words)
        headings += found
        parts.append(Part(words=html))
        if number < len(asked):
            parts.append(Part(question=_question(asked[number], number + 1)))
    return Reading(parts=tuple(parts), headings=tuple(headings))


def _question(asked: Prediction, number: int) -> dict[str, Any]:
    return {
        "name": f"predict-{number}",
        "ask": markdown.render(asked.ask),
        "options": [
            {
                "text": markdown.render_inline(option.text),
                "correct": option.correct,
                "why": markdown.render_inline(option.why),
            }
            for option in asked.options
        ],
    }


def lesson_page(request: HttpRequest, place: Enrolment, lesson: Lesson) -> HttpResponse:
    """The page of a lesson for a learner with this place."""
    module = Module.objects.with_outline().get(pk=lesson.module_id)
    course = lesson.module.course
    steps = steps_of(module)
    made = progress(place)
    exercises = [step for step in steps if step.place and step.lesson.pk == lesson.pk]
    before = neighbours(steps, lesson.slug)[0]
    after = neighbours(steps, exercises[-1].slug if exercises else lesson.slug)[1]
    context = {
        **frame(HOME),
        "lesson": lesson,
        "reading": read(lesson.body, name=lesson.slug),
        "crumbs": [
            {"href": course_url(course), "label": course.title},
            {"href": unit_url(course, module), "label": module.title},
        ],
        "exercises": [_listed(step, step_url(course, step), made) for step in exercises],
        "go": _go(exercises, after, made, course),
        "previous": _link(before, course),
        "unit_url": unit_url(course, module),
    }
    return render(request, "learn/lesson.html", context)


def _listed(step: Step, href: str, made: Progress) -> dict[str, Any]:
    return {
        "href": href,
        "title": step.title,
        "minutes": step.minutes,
        "done": step.exercise in made.passed,
        "tried": step.exercise in made.tried,
    }


def _go(
    exercises: list[Step], after: Step | None, made: Progress, course: Any
) -> dict[str, str] | None:
    """The one button: the first exercise that isn't passed, else what comes after."""
    still = [step for step in exercises if step.exercise not in made.passed]
    return _link(still[0] if still else after, course)


def _link(step: Step | None, course: Any) -> dict[str, Any] | None:
    if step is None:
        return None
    return {"href": step_url(course, step), "title": step.title, "is_exercise": bool(step.place)}
