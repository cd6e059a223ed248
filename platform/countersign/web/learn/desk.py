"""Where a learner works on one exercise: whose work it is, and the addresses of its page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse

from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.courses.models import Course, ExercisePlace, Module
from countersign.exercises.kinds import Face, face_of
from countersign.exercises.models import ExerciseVersion
from countersign.learning.path import Step, neighbours, steps_of
from countersign.submissions.models import Attempt, Submission
from countersign.submissions.services import open_attempt


class NoPlace(Exception):
    """The person has no place in a cohort that holds this course."""


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Every address of one exercise's page."""

    exercise: str
    submit: str
    status: str
    draft: str
    hint: str
    stop: str
    again: str
    attempts: str
    coach: str = ""  # a visitor's work is read by no model
    coach_say: str = ""
    assistant: str = ""
    ask: str = ""
    turn: str = ""
    suspect: str = ""  # where a comment is defended
    probe: str = ""
    appeal: str = ""
    build: str = ""
    checks: str = ""
    after: str = ""  # where a visitor goes on after a pass


def exercise_addresses(course: str, unit: str, slug: str) -> Addresses:
    """The addresses of an exercise inside a course."""
    at = {"course": course, "unit": unit, "slug": slug}
    return Addresses(
        exercise=reverse("step", kwargs=at),
        submit=reverse("exercise_submit", kwargs=at),
        status=reverse("exercise_status", kwargs=at),
        draft=reverse("exercise_draft", kwargs=at),
        hint=reverse("exercise_hint", kwargs=at),
        stop=reverse("exercise_stop", kwargs=at),
        again=reverse("exercise_again", kwargs=at),
        attempts=reverse("attempts", kwargs=at),
        suspect=reverse("exercise_suspect", kwargs=at),
        coach=reverse("exercise_coach", kwargs=at),
        coach_say=reverse("exercise_coach_say", kwargs=at),
        assistant=reverse("exercise_assistant", kwargs=at),
        ask=reverse("exercise_ask", kwargs=at),
        turn=reverse("exercise_turn", kwargs=at),
        probe=reverse("exercise_probe", kwargs=at),
        appeal=reverse("exercise_appeal", kwargs=at),
        build=reverse("exercise_build", kwargs=at),
        checks=reverse("exercise_checks", kwargs=at),
    )


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One learner, one place, one exercise version. Nothing is written by making it.

    ``place`` and ``learner`` are None for a visitor who hasn't handed in anything yet.
    """

    learner: User | None
    place: Enrolment | None
    version: ExerciseVersion
    urls: Addresses
    spot: ExercisePlace | None = None

    @property
    def face(self) -> Face:
        return face_of(self.version)

    @property
    def draft_key(self) -> str:
        """Names what is typed here, on the device it is typed on."""
        return f"{self.place.pk if self.place else 'visitor'}-{self.version.pk}"

    @cached_property
    def attempt(self) -> Attempt | None:
        """The learner's attempt on this version, if it has begun."""
        if self.learner is None or self.place is None:
            return None
        found: Attempt | None = (
            Attempt.objects.visible_to(self.learner).on(self.place, self.version).first()
        )
        return found

    def begun(self) -> Attempt:
        """The learner's attempt, begun now if it wasn't. For requests that write."""
        assert self.place is not None, "a visitor gets a place before anything is written"
        return self.attempt or open_attempt(enrolment=self.place, version=self.version)

    @cached_property
    def newest(self) -> Submission | None:
        """The last hand-in on this version."""
        attempt = self.attempt
        return attempt.submissions.order_by("-number").first() if attempt else None

    @cached_property
    def module(self) -> Module | None:
        """The unit with its outline, where the exercise stands in a course."""
        if self.spot is None:
            return None
        return Module.objects.with_outline().get(pk=self.spot.lesson.module_id)

    @property
    def course(self) -> Course | None:
        return self.spot.lesson.module.course if self.spot else None

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self.module) if self.module else []

    @property
    def around(self) -> tuple[Step | None, Step | None]:
        """The stops before and after this one in the unit."""
        return neighbours(self.steps, self.spot.slug) if self.spot else (None, None)


def place_in(learner: User, course: str) -> Enrolment:
    """The learner's newest current place whose release has the course. Raises NoPlace."""
    place: Enrolment | None = (
        Enrolment.objects.visible_to(learner).of(learner).studying(course).first()
    )
    if place is None:
        raise NoPlace(course)
    return place


def exercise_desk(learner: User, *, course: str, unit: str, slug: str) -> Desk:
    """The desk for an exercise of a course. Raises NoPlace, or Http404 for no such exercise."""
    place = place_in(learner, course)
    spot = ExercisePlace.objects.at(place.cohort.release, course, unit, slug)
    if spot is None:
        raise Http404
    return Desk(
        learner=learner,
        place=place,
        version=spot.version,
        urls=exercise_addresses(course, unit, slug),
        spot=spot,
    )
