"""One submission in full, for those who teach its cohort."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from countersign.coaching.equal_work import Told, comments_for
from countersign.coaching.library import library
from countersign.grading.services import regrade, run_again
from countersign.insights import services as insights
from countersign.submissions.models import Submission
from countersign.web.access import Door, door, person
from countersign.web.answers import given
from countersign.web.staff import page
from countersign.web.teach import comments
from countersign.web.teach.comments import Written


def _taught(request: HttpRequest, submission_id: UUID) -> Submission:
    user = person(request)
    rows = (
        Submission.objects.visible_to(user)
        .taught_by(user)
        .select_related(
            "attempt__version", "attempt__enrolment__learner", "attempt__enrolment__cohort"
        )
    )
    submission: Submission = get_object_or_404(rows, pk=submission_id)
    return submission


def _asked(text: str) -> UUID | None:
    """The result that the address asks for."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None


@door(Door.TEACH)
@require_safe
def teach_submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """What was handed in, every check, and every run. The look is kept in the audit log."""
    submission = _taught(request, submission_id)
    return _show(request, submission, comments.begun(submission, request.GET.get("use", "")))


def _show(
    request: HttpRequest, submission: Submission, written: Written, *, status: int = 200
) -> HttpResponse:
    answer = submission.as_answer
    told = comments_for(submission)
    asked = _asked(request.GET.get("result", ""))
    full = insights.in_full(submission, viewer=person(request), result=asked)
    return page(
        request,
        "teach/submission.html",
        door=Door.TEACH,
        status=status,
        submission=submission,
        attempt=submission.attempt,
        enrolment=submission.attempt.enrolment,
        version=submission.attempt.version,
        full=full,
        files=[(name, text) for name, text in sorted(answer.files.items())],
        listed=[
            (name, text, _flags(told, name) | dict.fromkeys(full.flagged, "look"))
            for name, text in sorted(answer.files.items())
        ],
        answers=given({} if _is_built(submission) else answer.fields),
        turns=_turns(submission, full),
        siblings=submission.attempt.submissions.order_by("number"),
        comments=told,
        written=written,
        entries=library(comments.organisation_of(submission)),
    )


def _is_built(submission: Submission) -> bool:
    """Whether the answer's fields are a session, which is told turn by turn instead."""
    return submission.attempt.version.kind == "build"


def _turns(submission: Submission, full: insights.SubmissionInFull) -> list[dict[str, Any]]:
    """A built program's session turn by turn, where there is a verdict about it."""
    if not _is_built(submission) or full.verdict is None:
        return []
    turns: list[dict[str, Any]] = full.verdict.details.get("turns", [])
    return turns


def _flags(told: list[Told], file: str) -> dict[int, str]:
    """The lines of a file that somebody commented on, with their class."""
    return {each.line: "said" for each in told if each.line and each.comment.file == file}


@door(Door.TEACH)
@require_POST
def teach_comment(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Write to the learner about this submission. Equal work in the organisation gets it too."""
    submission = _taught(request, submission_id)
    written = comments.sent(request.POST)
    try:
        comments.send(submission, written, author=person(request))
    except comments.NotSent as reason:
        return _show(request, submission, replace(written, problem=str(reason)), status=422)
    messages.success(request, _("The learner sees it, and all with equal work do."))
    return redirect("teach_submission", submission_id)


@door(Door.TEACH)
@require_POST
def teach_regrade(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Grade it anew; the old result counts until the new one is written."""
    submission = _taught(request, submission_id)
    if regrade(submissions=[submission], actor=person(request)):
        messages.success(request, _("It is being graded anew. The old result counts until then."))
    else:
        messages.info(request, _("A run of it is already under way."))
    return redirect("teach_submission", submission_id)


@door(Door.TEACH)
@require_POST
def teach_run_again(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Run it again after a fault of ours."""
    submission = _taught(request, submission_id)
    if run_again(submission=submission, actor=person(request)):
        messages.success(request, _("It waits for its turn again. No attempt was used."))
    else:
        messages.info(request, _("There is nothing to run again: it has been seen to."))
    return redirect("teach_submission", submission_id)
