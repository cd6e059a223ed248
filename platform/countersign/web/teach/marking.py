"""Marking memos: the queue, one memo at a time without its name, and the way back."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from countersign.accounts.models import User
from countersign.common.text import UnstorableText
from countersign.exercises.kinds import face_of
from countersign.grading.models import Result, RubricMark
from countersign.grading.services import marking
from countersign.grading.services.marks import agreement
from countersign.submissions.models import Submission
from countersign.web.access import Door, door, person
from countersign.web.staff import page
from grader.kinds.decide.rubric import MOST

RECENT = 20


@door(Door.TEACH)
@require_safe
def teach_marking(request: HttpRequest) -> HttpResponse:
    """What waits to be marked, how far two people agree, and what this person marked last."""
    user = person(request)
    waiting = marking.memos_to_mark(user).values_list("attempt__version__title", flat=True)
    return page(
        request,
        "teach/marking.html",
        door=Door.TEACH,
        waiting=len(waiting),
        by_exercise=sorted(Counter(waiting).items()),
        for_a_second=marking.memos_for_a_second(user).count(),
        agreement=agreement(user),
        mine=_marked_by(user),
    )


def _marked_by(user: User) -> list[Submission]:
    """The memos that this person marked, the last first. No names: they may mark them again."""
    marked = RubricMark.objects.visible_to(user).blind_to(user)
    last = marked.order_by().values("submission").annotate(at=Max("marked_at")).order_by("-at")
    newest = {row["submission"]: row["at"] for row in last[:RECENT]}
    found = Submission.objects.visible_to(user).select_related("attempt__version")
    rows = sorted(found.filter(pk__in=newest), key=lambda each: newest[each.pk], reverse=True)
    for row in rows:
        row.marked_at = newest[row.pk]  # type: ignore[attr-defined]
    return rows


@door(Door.TEACH)
@require_safe
def teach_marking_next(request: HttpRequest) -> HttpResponseRedirect:
    """On to the next memo that waits; ``after`` skips to the one behind it."""
    waiting = [
        str(pk) for pk in marking.memos_to_mark(person(request)).values_list("pk", flat=True)
    ]
    skipped = request.GET.get("after", "")
    behind = waiting[waiting.index(skipped) + 1 :] if skipped in waiting else waiting
    if not behind:
        return redirect("teach_marking")
    return redirect("teach_mark_memo", behind[0])


@door(Door.TEACH)
@require_http_methods(["GET", "HEAD", "POST"])
def teach_mark_memo(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """One memo without its name, beside its criteria. Nobody else's marks are shown."""
    user = person(request)
    memo = _memo(user, submission_id)
    if request.method != "POST":
        return _show(request, memo, _own_marks(memo, user))
    given = _given(memo, request)
    try:
        marking.mark_memo(
            memo, marker=user, points=given["points"], note=str(request.POST.get("note", ""))
        )
    except marking.NotMarked:
        return _show(request, memo, given, problem=_("Give every line 0, 1 or 2."), status=422)
    except UnstorableText:
        words = _("There is a character in the note that can’t be kept. Take it out.")
        return _show(request, memo, given, problem=words, status=422)
    messages.success(request, _("Marked. The learner sees the points, and not who gave them."))
    return redirect("teach_marking_next")


def _memo(user: User, submission_id: UUID) -> Submission:
    rows = marking.memos(user).select_related("attempt__version", "attempt__enrolment__learner")
    found: Submission = get_object_or_404(rows, pk=submission_id)
    return found


def _own_marks(memo: Submission, user: User) -> dict[str, Any]:
    marks = list(memo.rubric_marks.blind_to(user))
    points = {mark.criterion: mark.points for mark in marks}
    return {"points": points, "note": marks[0].note if marks else ""}


def _given(memo: Submission, request: HttpRequest) -> dict[str, Any]:
    """What the form says, by criterion; what isn't a number is left out."""
    asked = [each["id"] for each in memo.attempt.version.shown["rubric"]]
    sent = {each: str(request.POST.get(f"mark-{each}", "")) for each in asked}
    points = {each: int(value) for each, value in sent.items() if value in ("0", "1", "2")}
    return {"points": points, "note": request.POST.get("note", "")}


def _show(
    request: HttpRequest,
    memo: Submission,
    given: dict[str, Any],
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    version = memo.attempt.version
    result = Result.objects.visible_to(person(request)).counting().get(submission=memo)
    return page(
        request,
        "teach/mark_memo.html",
        door=Door.TEACH,
        status=status,
        memo=memo,
        version=version,
        parts=face_of(version).work(version, marking.blinded(memo), {}),
        checks=result.verdict.tests,
        criteria=_criteria(memo, given["points"]),
        note=given["note"],
        is_marked=memo.rubric_marks.blind_to(person(request)).exists(),
        problem=problem,
        waiting=marking.memos_to_mark(person(request)).count(),
    )


def _criteria(memo: Submission, points: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "id": each["id"],
            "says": each["says"],
            "options": [
                {"value": value, "label": str(value), "checked": points.get(each["id"]) == value}
                for value in range(MOST + 1)
            ],
        }
        for each in memo.attempt.version.shown["rubric"]
    ]


@door(Door.TEACH)
@require_POST
def teach_take_marks_back(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Take one's own marks off: the memo waits again."""
    memo = _memo(person(request), submission_id)
    if marking.take_marks_back(memo, marker=person(request)):
        messages.success(request, _("Your marks are off, and out of the score. The memo waits."))
    else:
        messages.info(request, _("There were no marks of yours on it."))
    return redirect("teach_marking")
