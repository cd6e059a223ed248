"""Plays a stored session for the demo: turn by turn through the services, checks really run."""

from __future__ import annotations

from collections.abc import Mapping

from countersign.grading.services import build_checks, building
from countersign.submissions.models import Attempt, Draft
from grader.answer import Answer
from grader.kinds.build.session import Turn, turns_of


def play(attempt: Attempt, stored: Answer) -> Answer:
    """The files that this session leads to, once it is the attempt's own."""
    if building.session_of(attempt).turns:
        building.start_over(attempt, answer=Answer(), revision=_revision(attempt))
    for turn in turns_of(stored):
        _take(attempt, turn)
    return Answer(files=_files(attempt))


def _take(attempt: Attempt, turn: Turn) -> None:
    if turn.ask:
        building.ask(
            attempt,
            turn.ask,
            answer=Answer(files=_files(attempt)),
            revision=_revision(attempt),
            practice=True,
        )
    _check(attempt, [each.id for each in turn.ran])
    if building.session_of(attempt).pending is None:
        return
    if turn.did == "undone":
        building.undo(attempt, answer=Answer(files=_files(attempt)), revision=_revision(attempt))
    else:
        files = {**_files(attempt), **turn.edited}
        building.accept(attempt, answer=Answer(files=files), revision=_revision(attempt))


def _check(attempt: Attempt, chosen: list[str]) -> None:
    if chosen:
        run = build_checks.ask(
            attempt,
            answer=Answer(files=_files(attempt)),
            chosen=chosen,
            own="",
            revision=_revision(attempt),
        )
        build_checks.run(run.pk)


def _draft(attempt: Attempt) -> Draft | None:
    found: Draft | None = Draft.objects.filter(attempt=attempt).first()
    return found


def _files(attempt: Attempt) -> Mapping[str, str]:
    draft = _draft(attempt)
    files: Mapping[str, str] = draft.answer["files"] if draft else attempt.version.shown["files"]
    return files


def _revision(attempt: Attempt) -> int:
    draft = _draft(attempt)
    return draft.revision if draft else 0
