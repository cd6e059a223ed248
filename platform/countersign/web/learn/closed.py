"""A unit that isn't open yet: when it opens, or what comes first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from countersign.cohorts.models import Enrolment
from countersign.common import clock
from countersign.courses.models import Module
from countersign.learning.path import closed
from countersign.learning.services import progress
from countersign.web.learn.frame import HOME, frame
from countersign.web.learn.links import course_url, unit_url


def closed_page(
    request: HttpRequest, place: Enrolment, course: str, unit: str
) -> HttpResponse | None:
    """The page that says why nothing of a unit opens; None where it is open, or isn't there."""
    here = Module.objects.filter(course__release=place.cohort.release, course__slug=course)
    module = here.filter(slug=unit).select_related("course").first()
    if module is None or not _may_be_closed(module):
        return None
    why = closed(
        list(module.course.modules.with_outline()),
        module,
        starts_on=place.cohort.starts_on,
        today=clock.now().date(),
        progress=progress(place),
    )
    if why is None:
        return None
    context = {
        **frame(HOME),
        "course": module.course,
        "module": module,
        "why": why,
        "course_href": course_url(module.course),
        "before_href": unit_url(module.course, why.waits_for) if why.waits_for else "",
    }
    return render(request, "learn/closed.html", context, status=403)


def _may_be_closed(module: Module) -> bool:
    """Most units have no rule; they cost no further question."""
    return module.opens_after is not None or module.waits_for_the_last
