"""“I did say this.” A learner says that a rule misread their words, and a person answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.coaching.models import Appeal
from countersign.common import clock
from countersign.grading.models import Result, SealedVerdict
from countersign.submissions.models import NoticeKind, Submission
from countersign.submissions.notices import tell

LONGEST = 400
LONGEST_REPLY = 600


@transaction.atomic
def appeal(result: Result, *, decision: str, about: str, says: str, actor: User) -> Appeal:
    """Tell the instructor. Telling twice about one decision keeps the first."""
    made, is_new = Appeal.objects.unscoped().get_or_create(
        result=result,
        decision=decision[:80],
        defaults={"about": about[:300], "says": says.strip()[:LONGEST]},
    )
    if is_new:
        audit.record(audit.Action.APPEAL_MADE, actor=actor, thing=made, decision=decision[:80])
    found: Appeal = made
    return found


@transaction.atomic
def answer(appeal: Appeal, *, upheld: bool, reply: str, actor: User) -> bool:
    """Say who was right, with words for the learner. False: somebody has answered already."""
    told = Appeal.objects.unscoped().filter(pk=appeal.pk, answered_at=None)
    changed = told.update(
        upheld=upheld,
        reply=reply.strip()[:LONGEST_REPLY],
        answered_by=actor,
        answered_at=clock.now(),
    )
    if changed:
        audit.record(audit.Action.APPEAL_ANSWERED, actor=actor, thing=appeal, upheld=upheld)
        tell([appeal.result.submission], NoticeKind.ANSWERED)
    return bool(changed)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Whom a change of the rule would concern: others' newest results on the same version, in the
    same organisation, where the same decision wasn't read as it was wanted. ``with_the_words`` of
    them hold the very words that the learner points at."""

    submissions: int
    learners: int
    with_the_words: int


def effect(appeal: Appeal) -> Effect:
    """Counted from what was found then; nothing is judged anew and nothing changes."""
    submission = appeal.result.submission
    others = (
        SealedVerdict.objects.filter(
            result__superseded_by=None,
            result__submission__attempt__version=submission.attempt.version_id,
            result__submission__attempt__enrolment__cohort__organisation=(
                submission.attempt.enrolment.cohort.organisation_id
            ),
        )
        .exclude(
            result__submission__attempt__enrolment__learner=(
                submission.attempt.enrolment.learner_id
            )
        )
        .select_related("result__submission__attempt__enrolment")
    )
    alike = [each for each in others if _is_unread(each.verdict, appeal.decision)]
    works = [each.result.submission for each in alike]
    return Effect(
        submissions=len(works),
        learners=len({work.attempt.enrolment.learner_id for work in works}),
        with_the_words=sum(_holds(work, appeal.says) for work in works),
    )


def _is_unread(verdict: Mapping[str, Any], decision: str) -> bool:
    found = verdict.get("details", {}).get("decisions", ())
    return any(each.get("id") == decision and each.get("said") != "right" for each in found)


def _holds(work: Submission, words: str) -> bool:
    wanted = _plain(words)
    return bool(wanted) and wanted in _plain(written_in(work))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def written_in(work: Submission) -> str:
    """The words that were judged: a prompt's file, or an explanation."""
    answer = work.as_answer
    return next(iter(answer.files.values()), "") or str(answer.fields.get("explanation", ""))
