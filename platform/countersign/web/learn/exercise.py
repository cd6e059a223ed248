"""The page of one lesson or exercise, and what is done on it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from countersign.courses.models import Lesson
from countersign.web.access import Door, door, person
from countersign.web.learn import appeal, assistant, build, chaining, coach, probe, work
from countersign.web.learn.closed import closed_page
from countersign.web.learn.desk import Desk, NoPlace, exercise_desk, place_in
from countersign.web.learn.lesson import lesson_page
from countersign.web.learn.workspace import workspace

Act = Callable[[HttpRequest, Desk], HttpResponseBase]


def to_the_course(request: HttpRequest, course: str) -> HttpResponseRedirect:
    """Someone without a place begins on the course's own page."""
    messages.info(request, _("Start the course first. Then its lessons and exercises open."))
    return HttpResponseRedirect(reverse("course", kwargs={"course": course}))


@door(Door.SIGNED_IN)
@require_GET
def step(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    """A lesson or an exercise: they share one level of addresses."""
    try:
        place = place_in(person(request), course)
    except NoPlace:
        return to_the_course(request, course)
    refused = closed_page(request, place, course, unit)
    if refused is not None:
        return refused
    lesson = Lesson.objects.at(place.cohort.release, course, unit, slug)
    if lesson is not None:
        return lesson_page(request, place, lesson)
    return at_desk(request, workspace, course, unit, slug)


def at_desk(request: HttpRequest, act: Act, course: str, unit: str, slug: str) -> HttpResponseBase:
    """Find the desk and act there."""
    try:
        desk = exercise_desk(person(request), course=course, unit=unit, slug=slug)
    except NoPlace:
        if request.method == "POST":
            raise Http404 from None
        return to_the_course(request, course)
    assert desk.place is not None
    refused = closed_page(request, desk.place, course, unit)
    return refused or act(request, desk)


@door(Door.SIGNED_IN)
@require_POST
def submit(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, _hand_in, course, unit, slug)


def _hand_in(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """A chain is handed in link by link, everything else at once."""
    act = chaining.submit_link if desk.version.kind == "chain" else work.submit
    return act(request, desk)


@door(Door.SIGNED_IN)
@require_GET
def status(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, work.status, course, unit, slug)


@door(Door.SIGNED_IN)
@require_POST
def draft(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, work.draft, course, unit, slug)


@door(Door.SIGNED_IN)
@require_POST
def hint(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, work.hint, course, unit, slug)


@door(Door.SIGNED_IN)
@require_POST
def stop(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, work.stop, course, unit, slug)


@door(Door.SIGNED_IN)
@require_POST
def suspect(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, work.suspect, course, unit, slug)


@door(Door.SIGNED_IN)
@require_POST
def again(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, work.run_again, course, unit, slug)


@door(Door.SIGNED_IN)
@require_GET
def coach_part(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, coach.part, course, unit, slug)


@door(Door.SIGNED_IN)
@require_POST
def coach_say(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, coach.say, course, unit, slug)


@door(Door.SIGNED_IN)
@require_GET
def assistant_part(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, assistant.part, course, unit, slug)


@door(Door.SIGNED_IN)
@require_POST
def ask(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, assistant.ask, course, unit, slug)


@door(Door.SIGNED_IN)
@require_POST
def turn(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, assistant.turn, course, unit, slug)


@door(Door.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def probe_box(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    act = probe.ask if request.method == "POST" else probe.part
    return at_desk(request, act, course, unit, slug)


@door(Door.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def build_turn(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    act = build.act if request.method == "POST" else build.part
    return at_desk(request, act, course, unit, slug)


@door(Door.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def build_checks(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    act = build.run_checks if request.method == "POST" else build.checks_part
    return at_desk(request, act, course, unit, slug)


@door(Door.SIGNED_IN)
@require_POST
def say_misread(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, appeal.make, course, unit, slug)
