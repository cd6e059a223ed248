"""Run the checks that a learner chose on the files at hand, before anything is handed in.

It costs nothing and is never scored. It runs where submitted work runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from countersign.common import clock, doorbell
from countersign.common.text import clean_json, storable
from countersign.exercises.models import graded_exercise
from countersign.grading.services.building import Session, known_revision, session_of
from countersign.grading.services.work import open_tools
from countersign.submissions.models import Attempt, CheckRun, CheckRunState
from countersign.submissions.services import save_draft
from grader.answer import Answer
from grader.checks.cases import Case
from grader.engine import storable as printable
from grader.kinds.build.own import Unreadable, own_checks
from grader.kinds.build.partner import build_spec
from grader.kinds.build.provenance import unproved
from grader.kinds.build.session import LARGEST_SESSION
from grader.kinds.build.watching import Watched, stop_words, watch
from grader.sandbox.base import HarnessBroken, SandboxUnavailable
from grader.verdict import TestStatus

MOST_A_MINUTE = 20
LONGEST_OWN = 2000  # characters of all own checks
LATE = timedelta(seconds=2)  # a doorbell that nobody heard by then is rung again
REMEMBERED = 30  # runs whose lines count as checked


class TooManyRuns(Exception):
    """More runs in a minute than one person reads."""


class NothingToRun(Exception):
    """No check is chosen, or there is more text than runs at once."""


@transaction.atomic
def ask(
    attempt: Attempt, *, answer: Answer, chosen: Sequence[str], own: str, revision: int
) -> CheckRun:
    """Have the chosen checks and the learner's own run on these files.

    Raises TooManyRuns, NothingToRun, DraftConflict, UnstorableText.
    """
    recent = attempt.check_runs.filter(at__gt=clock.now() - timedelta(minutes=1)).count()
    if recent >= MOST_A_MINUTE:
        raise TooManyRuns
    session = session_of(attempt)
    files = {**session.files, **answer.files}
    picked = [case["id"] for case in attempt.version.shown["cases"] if case["id"] in chosen]
    size = sum(len(text.encode(errors="replace")) for text in files.values())
    if not (picked or own.strip()) or size > LARGEST_SESSION:
        raise NothingToRun
    pending = session.pending
    if pending is None or pending.reply is not None:
        known = known_revision(attempt, files, revision)
        save_draft(attempt=attempt, answer=Answer(files=files), revision=known)
    run: CheckRun = attempt.check_runs.create(
        session=session.number,
        turn=pending,
        files={path: storable(text) for path, text in files.items()},
        chosen=picked,
        own=storable(own.strip())[:LONGEST_OWN],
    )
    transaction.on_commit(lambda: _ring(run), robust=True)
    return run


def newest(attempt: Attempt) -> CheckRun | None:
    """The last run of the current session. One that waits too long is rung for again."""
    session = attempt.build_turns.order_by("-session").values_list("session", flat=True).first()
    run: CheckRun | None = attempt.check_runs.filter(session=session or 1).order_by("-at").first()
    if run and run.state == CheckRunState.WAITING and clock.now() - run.at > LATE:
        _ring(run)
    return run


def unproved_lines(attempt: Attempt, session: Session, answer: Answer) -> dict[str, list[int]]:
    """By file, the lines at hand that a model wrote and that no check has gone through."""
    done = attempt.check_runs.filter(session=session.number, state=CheckRunState.DONE)
    runs = [
        (run.files, {name: frozenset(lines) for name, lines in run.covered.items()})
        for run in done.order_by("-at")[:REMEMBERED]
    ]
    return unproved(session.played, {**session.files, **answer.files}, runs)


def run(run_id: UUID) -> None:
    """Run them. Running them twice gives the same."""
    waiting = CheckRun.objects.unscoped().select_related("attempt").get(pk=run_id)
    if waiting.state != CheckRunState.WAITING:
        return
    exercise = graded_exercise(waiting.attempt.version_id)
    spec = build_spec(exercise)
    own = list(own_checks(waiting.own))
    chosen = [case for case in spec.visible_cases if case.id in waiting.chosen]
    tools = open_tools()
    try:
        found = watch(
            [*chosen, *(each for each in own if isinstance(each, Case))],
            waiting.files,
            main=spec.program,
            sandbox=tools.sandbox,
            limits=exercise.limits(ceilings=tools.ceilings),
        )
    except (HarnessBroken, SandboxUnavailable):
        _end(waiting, state=CheckRunState.FAULT)
        raise
    unread = [each for each in own if isinstance(each, Unreadable)]
    _end(
        waiting,
        state=CheckRunState.DONE,
        results=_results(found, unread),
        covered={name: sorted(lines) for name, lines in found.covered.items()},
        problem=asdict(found.problem) if found.problem else None,
    )


def _results(found: Watched, unread: Sequence[Unreadable]) -> list[dict[str, Any]]:
    rows = [
        {
            "id": test.id,
            "title": test.title,
            "milestone": test.requirement,
            "held": test.status is TestStatus.PASSED,
            "called": test.called,
            "expected": test.expected,
            "got": test.got,
            "message": stop_words(test),
        }
        for test in found.tests
    ]
    rows += [{"id": "", "title": each.line, "held": None, "message": each.said} for each in unread]
    stored: list[dict[str, Any]] = clean_json(printable(rows))
    return stored


def run_next() -> bool:
    """Run what waits longest. False when nothing waits: for workers that no bell reaches."""
    waiting = CheckRun.objects.unscoped().filter(state=CheckRunState.WAITING)
    first = waiting.order_by("at").first()
    if first is None:
        return False
    run(first.pk)
    return True


def _end(waiting: CheckRun, **facts: Any) -> None:
    rows = CheckRun.objects.unscoped().filter(pk=waiting.pk, state=CheckRunState.WAITING)
    rows.update(**facts)


def _ring(waiting: CheckRun) -> None:
    from countersign.grading.tasks import run_build_checks as task

    doorbell.ring(task, str(waiting.pk))
