"""All tries on one exercise, one of them for good, and two side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from countersign.coaching.equal_work import comments_for
from countersign.exercises.models import ExerciseVersion
from countersign.grading.models import Result
from countersign.submissions.models import COUNTED, State, Submission
from countersign.web.access import Door, door
from countersign.web.learn.compare import Compared, compared
from countersign.web.learn.desk import Desk
from countersign.web.learn.exercise import at_desk
from countersign.web.learn.frame import HOME, frame
from countersign.web.learn.links import course_url, unit_url
from countersign.web.learn.result import (
    clock_time,
    counting_result,
    earlier_url,
    panel_run,
    result_words,
)
from countersign.web.learn.workspace import shown_parts


@door(Door.SIGNED_IN)
@require_GET
def attempts(request: HttpRequest, course: str, unit: str, slug: str) -> HttpResponseBase:
    return at_desk(request, _list, course, unit, slug)


@door(Door.SIGNED_IN)
@require_GET
def attempt(
    request: HttpRequest, course: str, unit: str, slug: str, number: int
) -> HttpResponseBase:
    def one(found: HttpRequest, desk: Desk) -> HttpResponseBase:
        return _one(found, desk, number)

    return at_desk(request, one, course, unit, slug)


def _list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every hand-in, the newest first, by version of the exercise."""
    versions = [_version_rows(desk, version) for version in _versions(desk)]
    here = _on_version(request, desk)
    context = {
        **_around(desk),
        "versions": versions,
        "compared": _compared(request, here),
        "choices": _choices(here),
        "first": request.GET.get("compare", ""),
        "second": request.GET.get("with", ""),
    }
    return render(request, "learn/attempts.html", context)


def _one(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """One hand-in: what was handed in and what came of it."""
    desk = _on_version(request, desk)
    submission = _submission(desk, number)
    if submission is None:
        raise Http404
    still_waits = not State(submission.state).is_final
    earlier = _earlier(desk, submission, request.GET.get("result", ""))
    run = panel_run(desk, submission, result=earlier)
    context = {
        **_around(desk),
        "submission": submission,
        "at": clock_time(submission.received_at),
        "run": run if still_waits else replace(run, retry_url=""),
        "read_again": earlier and clock_time(earlier.made_at),
        "earlier": [] if earlier else _earlier_rows(desk, submission),
        "parts": shown_parts(desk, submission),
        "comments": comments_for(submission),
        "before": _before(desk, number),
        "version_query": _query(desk),
    }
    return render(request, "learn/attempt.html", context)


def _earlier(desk: Desk, submission: Submission, wanted: str) -> Result | None:
    """The result of this hand-in that the address asks for and that counts no longer."""
    if not wanted:
        return None
    for result in _overtaken(submission):
        if str(result.pk) == wanted:
            return result
    raise Http404


def _overtaken(submission: Submission) -> list[Result]:
    rows = submission.results.exclude(superseded_by=None).order_by("-made_at")
    return list(rows.select_related("run__judged_by", "submission__attempt__version"))


def _earlier_rows(desk: Desk, submission: Submission) -> list[dict[str, str]]:
    """What was said of this hand-in before, the newest first."""
    return [
        {
            "href": earlier_url(desk, each),
            "at": clock_time(each.made_at),
            "words": result_words(each),
        }
        for each in _overtaken(submission)
    ]


def _around(desk: Desk) -> dict[str, Any]:
    assert desk.course is not None
    assert desk.spot is not None
    module = desk.spot.lesson.module
    return {
        **frame(HOME),
        "desk": desk,
        "version": desk.version,
        "crumbs": [
            {"href": course_url(desk.course), "label": desk.course.title},
            {"href": unit_url(desk.course, module), "label": module.title},
            {"href": desk.urls.exercise, "label": desk.version.title},
        ],
    }


def _versions(desk: Desk) -> list[ExerciseVersion]:
    """The versions of this exercise that the learner handed in on, the newest first."""
    assert desk.place is not None
    begun = desk.place.attempts.filter(
        version__exercise=desk.version.exercise_id, submissions__isnull=False
    )
    return list(ExerciseVersion.objects.filter(pk__in=begun.values("version")).order_by("-number"))


def _on_version(request: HttpRequest, desk: Desk) -> Desk:
    """The same desk on the version that the address asks for."""
    wanted = request.GET.get("version", "")
    if not wanted:
        return desk
    for version in _versions(desk):
        if str(version.number) == wanted:
            return replace(desk, version=version)
    raise Http404


def _query(desk: Desk) -> str:
    assert desk.spot is not None
    is_current = desk.version.pk == desk.spot.version_id
    return "" if is_current else f"?version={desk.version.number}"


def _submissions(desk: Desk) -> list[Submission]:
    return list(desk.attempt.submissions.order_by("-number")) if desk.attempt else []


def _submission(desk: Desk, number: int) -> Submission | None:
    return next((each for each in _submissions(desk) if each.number == number), None)


def _version_rows(desk: Desk, version: ExerciseVersion) -> dict[str, Any]:
    here = replace(desk, version=version)
    assert here.attempt is not None
    assert here.learner is not None
    results = {
        result.submission_id: result
        for result in Result.objects.visible_to(here.learner)
        .counting()
        .filter(submission__attempt=here.attempt)
    }
    rows = [_row(here, each, results.get(each.pk)) for each in _submissions(here)]
    return {"number": version.number, "is_current": not _query(here), "rows": rows}


def _row(desk: Desk, submission: Submission, result: Result | None) -> dict[str, Any]:
    state = State(submission.state)
    return {
        "number": submission.number,
        "href": f"{desk.urls.attempts}{submission.number}/{_query(desk)}",
        "at": clock_time(submission.received_at),
        "state": state.value,
        "counted": state in COUNTED,
        "waits": not state.is_final,
        "passed": bool(result and result.passed),
        "words": _words(state, result),
    }


def _words(state: State, result: Result | None) -> str:
    """What came of it, in a few words."""
    if result is not None and state is State.GRADED:
        words = ngettext(
            "%(passed)s of %(total)s check passes",
            "%(passed)s of %(total)s checks pass",
            result.tests_total,
        )
        return words % {"passed": result.tests_passed, "total": result.tests_total}
    return {
        State.RECEIVED: _("Waiting"),
        State.QUEUED: _("Waiting"),
        State.RUNNING: _("Running"),
        State.INVALID: _("Couldn’t be read"),
        State.TIMED_OUT: _("Too slow, stopped"),
        State.OUT_OF_MEMORY: _("Too much memory, stopped"),
        State.OUTPUT_LIMIT: _("Too much output, stopped"),
        State.PLATFORM_ERROR: _("A problem on our side"),
        State.MODEL_AWAY: _("The live model wasn’t available"),
        State.CANCELLED: _("Stopped by you"),
    }[state]


def _before(desk: Desk, number: int) -> dict[str, str] | None:
    """The way to a comparison with the try before this one."""
    if number < 2:
        return None
    query = f"?compare={number - 1}&with={number}{_query(desk).replace('?', '&')}"
    return {"href": f"{desk.urls.attempts}{query}#compared", "number": str(number - 1)}


def _choices(desk: Desk) -> list[int]:
    numbers = [each.number for each in _submissions(desk)]
    return sorted(numbers) if len(numbers) > 1 else []


def _compared(request: HttpRequest, desk: Desk) -> Compared | None:
    """Two tries of one version side by side, as the address asks."""
    asked = [request.GET.get(name, "") for name in ("compare", "with")]
    if not all(each.isascii() and each.isdecimal() and len(each) < 8 for each in asked):
        return None
    found = [_submission(desk, int(each)) for each in asked]
    first, second = found
    if first is None or second is None:
        return None
    return compared(
        desk.version, (first, counting_result(first)), (second, counting_result(second))
    )
