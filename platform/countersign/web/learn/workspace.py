"""The page on which a learner works on one exercise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from countersign.coaching.services import Ladder, ladder, no_hints, untouched
from countersign.common import markdown
from countersign.courses.models import Course
from countersign.exercises.models import ExerciseVersion
from countersign.grading.models import Result
from countersign.grading.services.following import revealed
from countersign.learning.path import Progress, Step
from countersign.learning.services import progress
from countersign.submissions.models import Draft, State, Submission
from countersign.web import panel
from countersign.web.learn.appeal import appeals_of
from countersign.web.learn.assistant import assistant_context
from countersign.web.learn.build import build_context
from countersign.web.learn.chain_view import chain_view, is_under_way
from countersign.web.learn.coach import coach_of
from countersign.web.learn.desk import Desk
from countersign.web.learn.frame import frame
from countersign.web.learn.links import course_url, step_url, unit_url
from countersign.web.learn.probe import probe_context
from countersign.web.learn.prompting import words_view
from countersign.web.learn.result import clock_time, counting_result, panel_run
from countersign.web.lineup import line_up
from grader.answer import Answer

TITLE = re.compile(r"\A\s*# [^\n]*\n+")
MOST_TRIES_DRAWN = 12


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why something was not taken in, whose fault it is, and what is safe."""

    title: str
    text: str
    status: int
    retry_after: int = 0


@dataclass(frozen=True, kw_only=True)
class Work:
    """What stands in the learner's hands: the answer, and which saved draft it came from."""

    answer: Answer
    revision: int = 0
    saved_at: str = ""


def workspace(
    request: HttpRequest,
    desk: Desk,
    *,
    typed: Work | None = None,
    refusal: Refusal | None = None,
    refused: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page: with what is saved, or as typed beside the reason for a refusal. ``refused``
    are the other fields of a kind that were not taken, with the reason."""
    work = typed or saved_work(desk)
    run = panel_run(desk, desk.newest)
    parts = _parts(desk, work.answer, hide="again" in request.GET)
    context = {
        **frame(),
        **_place(desk),
        **brief(desk.version),
        **result_context(desk, run),
        "desk": desk,
        "work": work,
        "parts": parts,
        "answered": any(part.get("verdict") for part in parts),
        "problem_field": _problem_field(run, parts) if _is_newest(desk, work.answer) else "",
        "key": uuid4(),
        "refusal": refusal,
        "ladder": desk_ladder(desk),
        **assistant_context(desk),
        **_built(request, desk, work, run=run, refused=refused),
        **_beside(desk, run),
        **({"chain": chain_view(desk, work.answer)} if desk.version.kind == "chain" else {}),
        "open_pane": _pane(request, desk),
    }
    response = render(
        request, desk.face.template, context, status=refusal.status if refusal else status
    )
    return _with_wait(response, refusal)


def _built(
    request: HttpRequest,
    desk: Desk,
    work: Work,
    *,
    run: panel.Run,
    refused: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """What a program that is built in turns shows beside its files."""
    if desk.version.kind != "build":
        return {}
    said = refused or {}
    first = run.state.is_moving or request.GET.get("pane") == "result" or "done" in request.GET
    return {
        "result_first": first and run.state is not panel.State.BEFORE,
        **build_context(
            desk,
            work.answer,
            goes_on=first and run.state is panel.State.PASSED and bool(run.next_url),
            trouble=said.get("trouble", ""),
            check_trouble=said.get("check_trouble", ""),
            typed=refused,
        ),
    }


def _pane(request: HttpRequest, desk: Desk) -> str:
    """The pane that a phone shows first: the result, unless a program is still being built."""
    if desk.version.kind == "build":
        asked = "pane" in request.GET or "done" in request.GET
        return "result" if asked else "work"
    if desk.version.kind == "chain" and is_under_way(desk):
        return "work"
    return "result" if desk.newest else "work"


def region(request: HttpRequest, desk: Desk, *, status: int = 200) -> HttpResponse:
    """The result region alone, with the parts around it that change with it."""
    run = panel_run(desk, desk.newest)
    parts = desk.face.work(desk.version, desk.newest.as_answer, {}) if desk.newest else []
    context = {
        **result_context(desk, run),
        **_beside(desk, run),
        "desk": desk,
        "version": desk.version,
        "problem_field": _problem_field(run, parts),
        "key": uuid4(),
        "ladder": desk_ladder(desk),
        "swap": True,
        "card": "card" in request.GET,
    }
    response = render(request, "learn/region.html", context, status=status)
    redirected = ("build", "chain", "quiz", "review")
    if desk.version.kind in redirected and desk.newest and not run.state.is_moving:
        response["HX-Redirect"] = f"{desk.urls.exercise}?done={desk.newest.number}"
    return response


def refused(request: HttpRequest, desk: Desk, refusal: Refusal, typed: Work) -> HttpResponse:
    """Say why, and lose nothing: the page as it was typed, or only the reason to a script."""
    if not request.headers.get("HX-Request"):
        return workspace(request, desk, typed=typed, refusal=refusal)
    context = {"refusal": refusal, "key": uuid4(), "swap": True}
    response = render(request, "learn/refused.html", context, status=refusal.status)
    response["HX-Retarget"] = "#refusal"
    response["HX-Reswap"] = "outerHTML"
    return _with_wait(response, refusal)


def card_context(desk: Desk) -> dict[str, Any]:
    """What a part of another page needs to show the exercise, the editor and the result."""
    run = panel_run(desk, desk.newest)
    work = saved_work(desk)
    parts = _parts(desk, work.answer, hide=False)
    return {
        **brief(desk.version),
        **result_context(desk, run),
        "desk": desk,
        "parts": parts,
        "problem_field": _problem_field(run, parts) if _is_newest(desk, work.answer) else "",
        "refusal": None,
    }


def _with_wait(response: HttpResponse, refusal: Refusal | None) -> HttpResponse:
    if refusal and refusal.retry_after:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def saved_work(desk: Desk) -> Work:
    """The draft, or the last hand-in if that is newer, or what the exercise begins with."""
    draft = Draft.objects.filter(attempt=desk.attempt).first() if desk.attempt else None
    newest = desk.newest
    if draft and (newest is None or draft.saved_at > newest.received_at):
        return Work(
            answer=Answer.from_json(draft.answer),
            revision=draft.revision,
            saved_at=clock_time(draft.saved_at),
        )
    answer = newest.as_answer if newest else desk.face.first_answer(desk.version)
    return Work(answer=answer, revision=draft.revision if draft else 0)


def desk_ladder(desk: Desk) -> Ladder:
    if desk.course is not None and not desk.course.gives_hints:
        return no_hints()
    return ladder(desk.attempt) if desk.attempt else untouched(desk.version)


def brief(version: ExerciseVersion) -> dict[str, Any]:
    """What the brief pane shows of a version."""
    rules = [*version.rules, *version.shown.get("constraints", ())]
    return {
        "version": version,
        "brief": markdown.render(TITLE.sub("", version.brief, count=1)),
        "written_by": version.shown.get("written_by", "person"),
        "rules": [markdown.render_inline(rule["says"]) for rule in rules],
        "examples": () if version.kind == "build" else version.shown.get("cases", ()),
    }


def result_context(desk: Desk, run: panel.Run) -> dict[str, Any]:
    """The panel's run, the tries that led to it, and what the coach says about it."""
    coach = None if run.state.is_moving else coach_of(desk)
    return {"run": run, "tries": _tries(desk), "coach": coach}


def _beside(desk: Desk, run: panel.Run) -> dict[str, Any]:
    """What the work pane shows of a result: the marks in a prompt and the code it led to."""
    if desk.version.kind not in ("prompt", "explain"):
        return {}
    return {
        "view": words_view(desk, run.found),
        "appeals": appeals_of(desk),
        **probe_context(desk),
    }


def _tries(desk: Desk) -> SafeString:
    """A line through the checks that passed in each try, and the way to all tries."""
    if desk.attempt is None or desk.learner is None or not desk.urls.attempts:
        return SafeString()
    passed = list(
        Result.objects.visible_to(desk.learner)
        .counting()
        .filter(submission__attempt=desk.attempt, score__isnull=False)
        .order_by("submission__number")
        .values_list("tests_passed", flat=True)
    )
    context = {"passed": passed[-MOST_TRIES_DRAWN:], "href": desk.urls.attempts}
    return mark_safe(render_to_string("learn/tries.html", context))  # noqa: S308 -- a template's


def _parts(desk: Desk, answer: Answer, *, hide: bool) -> list[dict[str, Any]]:
    """The parts of the answer, with what the newest verdict reveals if it is about this answer
    and the learner doesn't want to try again."""
    known = {} if hide else _revealed(desk.newest, answer)
    return with_lineup(desk.face.work(desk.version, answer, known))


def _problem_field(run: panel.Run, parts: list[dict[str, Any]]) -> str:
    """The field whose text has the problem that the panel tells of."""
    if run.problem is None or not run.problem.line:
        return ""
    names = [part["field"] for part in parts if part.get("name") == run.problem.file]
    return names[0] if names else ""


def _is_newest(desk: Desk, answer: Answer) -> bool:
    """Whether this is the answer that the panel tells of."""
    return desk.newest is not None and desk.newest.content_hash == answer.content_hash


def shown_parts(desk: Desk, submission: Submission) -> list[dict[str, Any]]:
    """The parts of what was handed in, with what its own verdict reveals."""
    answer = submission.as_answer
    return with_lineup(desk.face.work(desk.version, answer, _revealed(submission, answer)))


def with_lineup(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Predictions that were answered, with what was printed lined up beside them."""
    for part in parts:
        if part.get("verdict") and part.get("type") == "predict":
            part["verdict"]["lineup"] = line_up(part["answer"], part["printed"])
    return parts


def _revealed(submission: Submission | None, answer: Answer) -> dict[str, Any]:
    if submission is None or submission.state != State.GRADED:
        return {}
    if submission.content_hash != answer.content_hash:
        return {}
    result = counting_result(submission)
    return revealed(result) if result else {}


def _place(desk: Desk) -> dict[str, Any]:
    """Where the exercise stands in its course."""
    if desk.course is None or desk.module is None or desk.place is None:
        return {}
    before, after = desk.around
    course = desk.course
    return {
        "crumbs": [
            {"href": course_url(course), "label": course.title},
            {"href": unit_url(course, desk.module), "label": desk.module.title},
        ],
        **_pips(desk, course, progress(desk.place)),
        "previous_url": step_url(course, before) if before else "",
        "following_url": step_url(course, after) if after else "",
    }


def _pips(desk: Desk, course: Course, made: Progress) -> dict[str, Any]:
    exercises = [step for step in desk.steps if step.place]
    pips = [_pip(desk, course, step, made) for step in exercises]
    at = next(number for number, pip in enumerate(pips, start=1) if pip["now"])
    words = _("Exercise %(n)s of %(all)s in this unit") % {"n": at, "all": len(pips)}
    return {"pips": pips, "pips_label": words}


def _pip(desk: Desk, course: Course, step: Step, made: Progress) -> dict[str, Any]:
    return {
        "href": step_url(course, step),
        "label": step.title,
        "done": step.exercise in made.passed,
        "now": step.exercise == desk.version.exercise_id,
    }
