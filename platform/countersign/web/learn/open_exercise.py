"""The open exercise: one real task for anyone, without an account."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from countersign.courses.catalogue import open_exercise
from countersign.exercises.kinds import AnswerTooLarge
from countersign.learning.path import Step
from countersign.web.access import Door, door
from countersign.web.learn import guests, work
from countersign.web.learn.desk import Desk
from countersign.web.learn.links import step_url
from countersign.web.learn.workspace import Refusal, Work, refused, workspace
from grader.answer import Answer

Act = Callable[[HttpRequest, Desk], HttpResponseBase]


@door(Door.PUBLIC)
@require_GET
def open_page(request: HttpRequest) -> HttpResponseBase:
    """The exercise as visitors meet it. Whoever is signed in works in the course itself."""
    desk = guests.guest_desk(request)
    if desk is None:
        return render(request, "learn/nothing_to_try.html", status=404)
    if request.user.is_authenticated:
        return HttpResponseRedirect(_in_the_course())
    return workspace(request, desk)


def _in_the_course() -> str:
    spot = open_exercise()
    if spot is None:
        raise Http404
    module = spot.lesson.module
    return step_url(module.course, Step(module=module, lesson=spot.lesson, place=spot))


@door(Door.PUBLIC)
@require_POST
def submit(request: HttpRequest) -> HttpResponseBase:
    return _as_guest(request, work.submit)


@door(Door.PUBLIC)
@require_GET
def status(request: HttpRequest) -> HttpResponseBase:
    return work.status(request, _desk(request))


@door(Door.PUBLIC)
@require_POST
def draft(request: HttpRequest) -> HttpResponseBase:
    return _as_guest(request, work.draft)


@door(Door.PUBLIC)
@require_POST
def hint(request: HttpRequest) -> HttpResponseBase:
    return _as_guest(request, work.hint)


@door(Door.PUBLIC)
@require_POST
def stop(request: HttpRequest) -> HttpResponseBase:
    return work.stop(request, _desk(request))


@door(Door.PUBLIC)
@require_POST
def again(request: HttpRequest) -> HttpResponseBase:
    return work.run_again(request, _desk(request))


def _desk(request: HttpRequest) -> Desk:
    desk = guests.guest_desk(request, card="card" in request.GET)
    if desk is None:
        raise Http404
    return desk


def _as_guest(request: HttpRequest, act: Act) -> HttpResponseBase:
    """Act as this session's guest, who begins to exist with the first thing they do."""
    desk = _desk(request)
    try:
        guest = guests.become_guest(request)
    except guests.TooManyGuests:
        return refused(request, desk, _too_many_guests(), Work(answer=_typed(request, desk)))
    return act(request, guests.desk_for(guest, desk, card="card" in request.GET))


def _typed(request: HttpRequest, desk: Desk) -> Answer:
    try:
        return desk.face.answer_from_post(desk.version, request.POST)
    except AnswerTooLarge as error:
        return error.answer


def _too_many_guests() -> Refusal:
    return Refusal(
        title=_("Many people are trying this from where you are"),
        text=_("What you typed is still here. Make an account to go on at once, or wait an hour."),
        status=429,
        retry_after=60 * 60,
    )
