"""The checks of a manuscript: asked for on a page, done by a grading worker, read by the page.

Authors' code is as hostile as learners': it runs where theirs does, in the sandbox of a worker.
A step whose key has not changed since the last checks is not run again.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F

from countersign.accounts.models import User
from countersign.authoring.models import Checking, CheckState, Manuscript, Revision
from countersign.authoring.services.writing import settle
from countersign.common import clock, doorbell
from countersign.common.text import clean_json
from countersign.courses.models import Skill
from countersign.grading.services import close_tools, open_tools
from grader.authored.problems import AuthorProblem, ExerciseError
from grader.checkup import Step, steps
from grader.engine import Tools
from grader.exercise import from_files
from grader.sandbox.base import HarnessBroken, SandboxUnavailable

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
LONGEST = timedelta(minutes=10)
MOST_CLAIMS = 3
MOST_WAITING = 3
"""Checks that one person may have waiting or running at once."""

Report = list[dict[str, Any]]


class TooManyChecks(Exception):
    """This person's earlier checks are still running."""


@transaction.atomic
def ask(*, manuscript: Manuscript, revision: Revision, actor: User) -> Checking:
    """Have a revision checked. Checks of the same text that are on their way are answered with;
    others of this manuscript that still wait are given up. Raises TooManyChecks."""
    open_ones = Checking.objects.unscoped().filter(
        state__in=(CheckState.WAITING, CheckState.RUNNING)
    )
    same: Checking | None = open_ones.filter(
        manuscript=manuscript, content_hash=revision.content_hash
    ).first()
    if same is not None:
        return same
    open_ones.filter(manuscript=manuscript, state=CheckState.WAITING).delete()
    if open_ones.filter(asked_by=actor).count() >= MOST_WAITING:
        raise TooManyChecks
    settle(revision)
    made: Checking = Checking.objects.create(
        manuscript=manuscript,
        number=revision.number,
        files=revision.files,
        content_hash=revision.content_hash,
        asked_by=actor,
    )
    transaction.on_commit(lambda: ring(made), robust=True)
    return made


def newest_checking(manuscript: Manuscript, revision: Revision) -> Checking | None:
    """The newest checks of this very text, or else the newest of any."""
    own = manuscript.checkings.filter(content_hash=revision.content_hash).first()
    return own or manuscript.checkings.first()


def ring(checking: Checking) -> None:
    """Tell a worker."""
    from countersign.authoring.tasks import run_checks

    doorbell.ring(run_checks, str(checking.pk))


def run_next() -> bool:
    """Do the checks that wait longest. False when none waits: for workers that no bell reaches."""
    waiting = Checking.objects.unscoped().due().order_by("asked_at").first()
    return waiting is not None and run(waiting.pk)


def run(checking_id: UUID) -> bool:
    """Do these checks if they still wait. False: they don't, or there is no room for them now."""
    if not _has_room():
        return False
    lease = _claim(checking_id)
    if lease is None:
        return False
    checking = Checking.objects.unscoped().select_related("manuscript").get(pk=checking_id)
    if checking.claims > MOST_CLAIMS:
        _end(
            checking,
            lease,
            state=CheckState.FAULT,
            why="The checks ended their worker three times.",
        )
        return True
    try:
        _work(checking, lease)
    except SandboxUnavailable as fault:
        log.warning("No sandbox for checks: %s", fault)
        _give_back(checking, lease)
    except HarnessBroken as fault:
        log.exception("Checks %s met a fault of ours", checking_id)
        close_tools()
        _end(checking, lease, state=CheckState.FAULT, why=str(fault)[:300])
    return True


def _has_room() -> bool:
    """Checks take a quarter of the slots at most: learners come first."""
    rows = Checking.objects.unscoped()
    busy = rows.filter(state=CheckState.RUNNING, lease_until__gte=clock.now()).count()
    return bool(busy < max(1, settings.GRADING_SLOTS // 4))


def _claim(checking_id: UUID) -> UUID | None:
    lease, now = uuid4(), clock.now()
    taken = (
        Checking.objects.unscoped()
        .due()
        .filter(pk=checking_id)
        .update(
            state=CheckState.RUNNING,
            lease=lease,
            lease_until=now + LEASE,
            began_at=now,
            claims=F("claims") + 1,
        )
    )
    return lease if taken else None


def _held(checking: Checking, lease: UUID) -> Any:
    return Checking.objects.unscoped().filter(pk=checking.pk, lease=lease, state=CheckState.RUNNING)


def _give_back(checking: Checking, lease: UUID) -> None:
    _held(checking, lease).update(
        state=CheckState.WAITING, lease=None, lease_until=None, claims=F("claims") - 1
    )


def _work(checking: Checking, lease: UUID) -> None:
    try:
        exercise = from_files(checking.files)
    except ExerciseError as error:
        unread = [_reading(error.problems)]
        _end(checking, lease, state=CheckState.DONE, report=unread)
        return
    skills = frozenset(Skill.objects.values_list("pk", flat=True))
    todo = steps(exercise, skills=skills)
    known = _known(checking)
    report: Report = [_own_uuid(checking, exercise.uuid)]
    until = clock.now() + LONGEST
    for done, step in enumerate(todo):
        if not _goes_on(checking, lease, done=done, total=len(todo)):
            return
        if clock.now() > until:
            report.append(_out_of_time(step))
        elif step.key in known:
            report.append({**known[step.key], "again": False})
        elif step.name == "doubts" and _problems(report):
            continue  # they are about proven exercises
        else:
            report.append(_looked(step, open_tools()))
    _end(checking, lease, state=CheckState.DONE, report=report)


def _looked(step: Step, tools: Tools) -> dict[str, Any]:
    began = clock.now()
    seen = step.look(tools).as_json()
    took = (clock.now() - began).total_seconds()
    line: dict[str, Any] = clean_json(
        {"name": step.name, "about": step.about, "key": step.key, "took": took, "again": True}
        | seen
    )
    return line


def _line(name: str, problems: Sequence[AuthorProblem]) -> dict[str, Any]:
    return {
        "name": name,
        "about": "",
        "key": "",
        "took": 0,
        "again": True,
        "problems": [problem.as_json() for problem in problems],
        "notes": [],
        "matrix": None,
        "figures": {},
        "sample": None,
    }


def _reading(problems: Sequence[AuthorProblem]) -> dict[str, Any]:
    return _line("reading", problems)


def _own_uuid(checking: Checking, uuid: UUID) -> dict[str, Any]:
    """The uuid in the file is what the exercise is published as."""
    own = checking.manuscript.exercise
    if uuid == own:
        return _line("reading", ())
    problem = AuthorProblem(
        file="exercise.yaml",
        line=1,
        message="The uuid isn't the one of this exercise.",
        remedy=f"Write `uuid: {own}`; for an exercise of its own, duplicate this one.",
    )
    return _line("reading", (problem,))


def _out_of_time(step: Step) -> dict[str, Any]:
    problem = AuthorProblem(
        file=step.about or "exercise.yaml",
        message=f"All checks took over {LONGEST.seconds // 60} minutes; this one was left out.",
        remedy="Let programs and tests end sooner, or have fewer of them.",
    )
    return _line(step.name, (problem,)) | {"about": step.about}


def _known(checking: Checking) -> Mapping[str, dict[str, Any]]:
    """The steps of the last finished checks by their key."""
    last = (
        checking.manuscript.checkings.filter(state=CheckState.DONE)
        .exclude(pk=checking.pk)
        .values_list("report", flat=True)
        .first()
    )
    return {line["key"]: line for line in last or () if line["key"]}


def _problems(report: Report) -> int:
    return sum(len(line["problems"]) for line in report)


def _goes_on(checking: Checking, lease: UUID, *, done: int, total: int) -> bool:
    """Show how far it is and keep the lease; False when somebody else holds it."""
    held = _held(checking, lease).update(done=done, total=total, lease_until=clock.now() + LEASE)
    return bool(held)


def _end(
    checking: Checking,
    lease: UUID,
    *,
    state: CheckState,
    report: Report | None = None,
    why: str = "",
) -> None:
    report = report or []
    _held(checking, lease).update(
        state=state,
        report=report,
        problems=_problems(report),
        notes=sum(len(line["notes"]) for line in report),
        done=F("total"),
        ended_at=clock.now(),
        lease=None,
        lease_until=None,
        why=why,
    )
