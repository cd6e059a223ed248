"""Tell learners in the product what is new about their work, and keep what they have seen."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from countersign.accounts.models import User
from countersign.common import clock
from countersign.submissions.models import Notice, NoticeKind, Submission


@transaction.atomic
def tell(submissions: Iterable[Submission], kind: NoticeKind) -> None:
    """Once while they haven't looked: telling again moves the notice to now."""
    for submission in submissions:
        Notice.objects.unscoped().update_or_create(
            submission=submission, kind=kind, seen_at=None, defaults={"made_at": clock.now()}
        )


def see(notice: Notice) -> None:
    """The learner has looked."""
    Notice.objects.unscoped().filter(pk=notice.pk, seen_at=None).update(seen_at=clock.now())


def see_all(learner: User, submission: Submission) -> None:
    """The learner has looked at everything new about this submission."""
    mine = Notice.objects.visible_to(learner).unseen().filter(submission=submission)
    mine.update(seen_at=clock.now())
