"""Addresses of a learner's pages."""

from __future__ import annotations

from django.urls import reverse

from countersign.courses.models import Course, ExercisePlace, Module
from countersign.learning.path import Step


def course_url(course: Course) -> str:
    return reverse("course", kwargs={"course": course.slug})


def unit_url(course: Course, module: Module) -> str:
    return reverse("unit", kwargs={"course": course.slug, "unit": module.slug})


def place_url(place: ExercisePlace) -> str:
    """The page of an exercise where it stands."""
    module = place.lesson.module
    at = {"course": module.course.slug, "unit": module.slug, "slug": place.slug}
    return reverse("step", kwargs=at)


def step_url(course: Course, step: Step) -> str:
    """The page of a lesson or of an exercise."""
    at = {"course": course.slug, "unit": step.module.slug, "slug": step.slug}
    return reverse("step", kwargs=at)
