"""Apply a regrade in one transaction, or undo it as a whole."""

from __future__ import annotations

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.common import clock
from countersign.common.text import storable
from countersign.grading.models import TrialVerdict
from countersign.grading.services.trials import adopt, put_back
from countersign.regrades.models import Entry, Policy, Regrade, Stage
from countersign.regrades.services.changes import Change, Table, table_of
from countersign.regrades.services.dry_run import counting, progress

LONGEST_WHY = 500


class CannotApply(Exception):
    """The regrade stays as it is."""


class NotReady(CannotApply):
    """The dry run hasn't come to its end, or the regrade was decided already."""


class TableChanged(CannotApply):
    """A result changed since the table was looked at."""


class TargetWithdrawn(CannotApply):
    """The version that judged stands in no release any more."""


class LoweringNeedsConfirming(CannotApply):
    """Some results become lower, and that was not confirmed, or no reason was given."""


@transaction.atomic
def apply(
    regrade: Regrade, *, policy: Policy, seal: str, actor: User, why: str, lowers: bool = False
) -> int:
    """Let the new results count. Answers how many changed. All of them or, with an exception, none.

    ``seal`` is the one of the table that was looked at; ``why`` is what the learners read;
    ``lowers`` confirms that results may become lower. Raises CannotApply.
    """
    _hold(regrade, Stage.DRY)
    if not progress(regrade).is_ready:
        raise NotReady
    if policy is not Policy.RECORD and not _stands(regrade):
        raise TargetWithdrawn
    table = table_of(regrade)
    if table.seal != seal:
        raise TableChanged
    touched = table.touched_by(policy)
    why = storable(why.strip())[:LONGEST_WHY]
    if policy is Policy.REPLACE and table.down and not (lowers and why):
        raise LoweringNeedsConfirming
    _replace(regrade, touched)
    regrade.stage = Stage.RECORDED if policy is Policy.RECORD else Stage.APPLIED
    regrade.policy, regrade.why = policy, why
    regrade.decided_by, regrade.decided_at = actor, clock.now()
    regrade.save()
    _keep(regrade, actor, touched=touched, table=table)
    return len(touched)


def _hold(regrade: Regrade, stage: Stage) -> None:
    """Nobody else decides until this transaction ends. A regrade elsewhere already: NotReady.

    The row is locked on PostgreSQL; SQLite has taken its write lock already.
    """
    rows = Regrade.objects.unscoped().select_for_update(of=("self",))
    if rows.get(pk=regrade.pk).stage != stage:
        raise NotReady


def _stands(regrade: Regrade) -> bool:
    """Whether learners still meet the version that judged. Each one's own always may."""
    return regrade.target is None or bool(regrade.target.places.exists())


def _replace(regrade: Regrade, touched: list[Change]) -> None:
    """Keep what counted for every entry, and put the new verdicts of some in force."""
    entries = list(Entry.objects.unscoped().filter(regrade=regrade))
    before = counting(regrade)
    wanted = {change.entry for change in touched}
    runs = [entry.run_id for entry in entries if entry.pk in wanted]
    trials = TrialVerdict.objects.select_related("run").in_bulk(runs)
    for entry in entries:
        entry.before = before.get(entry.submission_id)
        if entry.pk in wanted:
            entry.after = adopt(trials[entry.run_id])
    Entry.objects.unscoped().bulk_update(entries, ["before", "after"], batch_size=200)


def _keep(regrade: Regrade, actor: User, *, touched: list[Change], table: Table) -> None:
    audit.record(
        audit.Action.REGRADE_DECIDED,
        actor=actor,
        organisation=regrade.organisation_id,
        thing=regrade,
        policy=regrade.policy,
        changed=len(touched),
        up=table.up,
        down=table.down,
    )


@transaction.atomic
def undo(regrade: Regrade, *, actor: User) -> tuple[int, int]:
    """Let the results from before count again. Answers how many were put back, and how many were
    left because a newer result has replaced the regrade's since. Raises NotReady."""
    _hold(regrade, Stage.APPLIED)
    entries = list(
        Entry.objects.unscoped()
        .filter(regrade=regrade, after__isnull=False, before__isnull=False)
        .select_related("before__run", "before__submission", "after")
    )
    standing = [entry for entry in entries if entry.after.superseded_by_id is None]
    for entry in standing:
        put_back(entry.before)
    regrade.stage, regrade.undone_at = Stage.UNDONE, clock.now()
    regrade.save()
    left = len(entries) - len(standing)
    audit.record(
        audit.Action.REGRADE_UNDONE,
        actor=actor,
        organisation=regrade.organisation_id,
        thing=regrade,
        put_back=len(standing),
        left=left,
    )
    return len(standing), left
