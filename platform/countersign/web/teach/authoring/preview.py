"""A draft as a learner will meet it: their own template, filled from what is saved.

Nothing is written and nothing can be handed in. *After submitting* shows what the checks found
for one of the draft's own answers, since authors' code never runs while a page is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from countersign.authoring.models import Checking, Manuscript, Revision
from countersign.authoring.services.checking import newest_checking
from countersign.authoring.services.writing import newest
from countersign.coaching.services import untouched
from countersign.exercises.models import Exercise, ExerciseVersion
from countersign.exercises.services import shown_fields
from countersign.web import panel
from countersign.web.access import Door, door
from countersign.web.learn.desk import Addresses, Desk
from countersign.web.learn.frame import frame
from countersign.web.learn.probe import probe_context
from countersign.web.learn.prompting import words_view
from countersign.web.learn.result import (
    TOLD_IN_PANEL,
    example_rows,
    requirement_rows,
    score_words,
)
from countersign.web.learn.workspace import Work, brief, with_lineup
from countersign.web.teach.authoring.finding import manuscript_of
from countersign.web.teach.authoring.reading import read
from grader.answer import Answer
from grader.exercise import Exercise as GradedExercise
from grader.verdict import Verdict

THEMES = ("light", "dark")


@door(Door.TEACH)
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]
@require_http_methods(["GET", "HEAD", "POST"])
def author_preview(request: HttpRequest, manuscript_id: UUID) -> HttpResponseBase:
    """The learner's page. Whatever its buttons send comes to nothing: 204."""
    manuscript = manuscript_of(request, manuscript_id)
    if request.method == "POST":
        return HttpResponse(status=204)
    theme = request.GET.get("theme", "")
    if theme in THEMES:
        request.COOKIES["theme"] = theme
    head = newest(manuscript)
    now = read(manuscript.kind, head.files)
    if now.exercise is None:
        return render(request, "author/unreadable.html", {"findings": now.findings})
    sample = _sample(newest_checking(manuscript, head)) if _wants_after(request) else None
    if _wants_after(request) and sample is None:
        return render(request, "author/unchecked.html", {})
    return _page(request, manuscript, head, now.exercise, sample)


def _wants_after(request: HttpRequest) -> bool:
    return request.GET.get("when") == "after"


def _sample(checking: Checking | None) -> Mapping[str, Any] | None:
    """What came of a bad answer in the newest checks, or else of a good one."""
    report = checking.report if checking else []
    answered = [line for line in report if line["name"] == "answer" and line["sample"]]
    answered.sort(key=lambda line: "/failed-" not in line["about"])
    return answered[0]["sample"] if answered else None


def _page(
    request: HttpRequest,
    manuscript: Manuscript,
    head: Revision,
    graded: GradedExercise,
    sample: Mapping[str, Any] | None,
) -> HttpResponse:
    desk = _desk(manuscript, head, graded)
    answer = Answer.from_json(sample["answer"]) if sample else desk.face.first_answer(desk.version)
    run = _run(desk, sample)
    known = sample["revealed"] if sample else {}
    parts = with_lineup(desk.face.work(desk.version, answer, known))
    context = {
        **frame(),
        **brief(desk.version),
        "run": run,
        "tries": "",
        "coach": None,
        "desk": desk,
        "work": Work(answer=answer),
        "parts": parts,
        "answered": any(part.get("verdict") for part in parts),
        "problem_field": "",
        "key": head.pk,
        "refusal": None,
        "ladder": untouched(desk.version),
        "view": words_view(desk, run.found),
        "appeals": {},
        **probe_context(desk),
        "open_pane": "result" if sample else "work",
    }
    return render(request, desk.face.template, context)


def _desk(manuscript: Manuscript, head: Revision, graded: GradedExercise) -> Desk:
    """A desk that nobody sits at, on a version that is in no database."""
    nowhere = reverse("author_preview", args=[manuscript.pk])
    version = ExerciseVersion(
        id=uuid5(head.pk, head.content_hash),
        exercise=Exercise(pk=manuscript.exercise),
        number=head.number,
        **shown_fields(graded),
    )
    urls = Addresses(
        exercise=nowhere,
        submit=nowhere,
        status="",
        draft="",
        hint=nowhere,
        stop=nowhere,
        again=nowhere,
        attempts="",
        probe=nowhere if version.shown.get("probe") else "",
    )
    return Desk(learner=None, place=None, version=version, urls=urls)


def _run(desk: Desk, sample: Mapping[str, Any] | None) -> panel.Run:
    if sample is None:
        return panel.Run(state=panel.State.BEFORE, kind=desk.version.kind)
    verdict = Verdict.from_json(sample["verdict"])
    shown = replace(verdict, tests=tuple(test.for_learner() for test in verdict.tests))
    return panel.Run(
        state=panel.State(verdict.status.value),
        kind=desk.version.kind,
        attempt=1,
        passed=verdict.tests_passed,
        total=len(verdict.tests),
        requirements=requirement_rows(verdict.requirements),
        examples=example_rows(shown.tests),
        problem=verdict.problem,
        printed=verdict.output,
        tries=1 if verdict.tests_passed == len(verdict.tests) else 0,
        score=score_words(verdict),
        found=dict(sample["revealed"]) if desk.version.kind in TOLD_IN_PANEL else {},
    )
