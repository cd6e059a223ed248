"""“I did say this.” A learner says that a rule misread their words, and a person answers."""

from __future__ import annotations

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.coaching.models import Appeal
from countersign.common import clock
from countersign.grading.models import Result
from countersign.submissions.models import NoticeKind
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
