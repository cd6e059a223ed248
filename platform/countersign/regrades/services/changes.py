"""What a dry run would change: old beside new for each submission, the changes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from countersign.accounts.models import User
from countersign.cohorts.models import Cohort
from countersign.grading.models import Result, TrialVerdict
from countersign.grading.services.marks import points_for_reasons
from countersign.regrades.models import Entry, Policy, Regrade
from countersign.regrades.services.dry_run import counting
from grader.kinds.decide.rubric import with_rubric
from grader.verdict import Status, TestStatus, Verdict


class Direction(StrEnum):
    """How the new verdict stands to the result that counts."""

    DOWN = "down"
    UP = "up"
    OTHER = "other"  # the same score, other checks or words
    UNREADABLE = "unreadable"  # the target can't read an answer that was readable before
    NONE = "none"  # no verdict: our fault, or no model to write
    SAME = "same"


CHANGED = (Direction.DOWN, Direction.UP, Direction.OTHER)
ORDER = {each: place for place, each in enumerate(Direction)}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One submission in the table. Scores are out of 100, None where there is none.

    ``now_holds`` and ``no_longer`` are titles of checks that ended otherwise. For staff only.
    """

    entry: int
    submission: UUID
    number: int
    learner: User
    cohort: Cohort
    direction: Direction
    old_status: str
    old_score: float | None
    new_status: str
    new_score: float | None
    now_holds: tuple[str, ...] = ()
    no_longer: tuple[str, ...] = ()

    @property
    def step(self) -> float | None:
        """How far the score moves."""
        if self.old_score is None or self.new_score is None:
            return None
        return round(self.new_score - self.old_score, 1)


@dataclass(frozen=True, kw_only=True)
class Table:
    """All changes, those that lower first, then by learner; and the seal of what was looked at."""

    rows: Sequence[Change]
    seal: str

    def many(self, direction: Direction) -> int:
        return Counter(row.direction for row in self.rows)[direction]

    @property
    def up(self) -> int:
        return self.many(Direction.UP)

    @property
    def down(self) -> int:
        return self.many(Direction.DOWN)

    @property
    def other(self) -> int:
        return self.many(Direction.OTHER)

    @property
    def unreadable(self) -> int:
        return self.many(Direction.UNREADABLE)

    @property
    def without(self) -> int:
        return self.many(Direction.NONE)

    @property
    def same(self) -> int:
        return self.many(Direction.SAME)

    @property
    def learners(self) -> int:
        """How many people have a result that would change."""
        return len({row.learner.pk for row in self.rows if row.direction in CHANGED})

    def touched_by(self, policy: Policy) -> list[Change]:
        """The rows whose result this policy changes."""
        wanted = {
            Policy.REPLACE: CHANGED,
            Policy.HIGHER: (Direction.UP,),
            Policy.RECORD: (),
        }[policy]
        return [row for row in self.rows if row.direction in wanted]


def table_of(regrade: Regrade) -> Table:
    """Old beside new for every entry: compared with what counts now, and once the regrade was
    decided with what counted then."""
    entries = list(
        Entry.objects.unscoped()
        .filter(regrade=regrade)
        .select_related(
            "before",
            "submission__attempt__enrolment__learner",
            "submission__attempt__enrolment__cohort",
            "submission__attempt__version",
        )
        .defer("submission__answer")
    )
    now = counting(regrade)
    old = {each.submission_id: each.before or now.get(each.submission_id) for each in entries}
    trials = TrialVerdict.objects.in_bulk([each.run_id for each in entries if each.run_id])
    rows = [_row(each, old.get(each.submission_id), trials.get(each.run_id)) for each in entries]
    rows.sort(key=_place)
    return Table(rows=rows, seal=_seal(entries, old, trials))


def _place(row: Change) -> tuple[object, ...]:
    return ORDER[row.direction], row.learner.display_name.casefold(), row.number


def _seal(
    entries: Sequence[Entry], old: Mapping[UUID, Result | None], trials: Mapping[Any, TrialVerdict]
) -> str:
    """Stands for exactly this comparison: which result against which verdict."""
    pairs = sorted(
        (str(each.pk), str(before.pk), str(each.run_id))
        for each in entries
        if (before := old[each.submission_id]) is not None and each.run_id in trials
    )
    return sha256(repr(pairs).encode()).hexdigest()


def _row(entry: Entry, old: Result | None, trial: TrialVerdict | None) -> Change:
    enrolment = entry.submission.attempt.enrolment
    new = _as_it_would_count(entry, trial) if trial else None
    before = old.verdict if old else None
    now_holds, no_longer = _checks(before, new)
    return Change(
        entry=entry.pk,
        submission=entry.submission_id,
        number=entry.submission.number,
        learner=enrolment.learner,
        cohort=enrolment.cohort,
        direction=direction(before, new),
        old_status=before.status.value if before else "",
        old_score=percent(before),
        new_status=new.status.value if new else "",
        new_score=percent(new),
        now_holds=now_holds,
        no_longer=no_longer,
    )


def _as_it_would_count(entry: Entry, trial: TrialVerdict) -> Verdict:
    """What was found; a memo's together with what people gave for its reasons."""
    found = Verdict.from_json(trial.verdict)
    if entry.submission.attempt.version.kind != "decide" or not found.status.is_graded:
        return found
    return with_rubric(found, points_for_reasons(entry.submission))


def percent(verdict: Verdict | None) -> float | None:
    """The score out of 100 of what could be reached; None for work without a score."""
    if verdict is None or verdict.score is None:
        return None
    return round(100 * verdict.score / verdict.max_score, 1)


def direction(old: Verdict | None, new: Verdict | None) -> Direction:
    """How the new verdict stands to the old one (both as learners may see them, or whole).

    Work without a score (stopped, too slow) stands under every score. Passed stands over not
    passed at the same score.
    """
    if new is None:
        return Direction.NONE
    if old is None or (new.status is Status.INVALID and old.status is not Status.INVALID):
        return Direction.UNREADABLE
    if _height(new) != _height(old):
        return Direction.UP if _height(new) > _height(old) else Direction.DOWN
    return Direction.SAME if said(new) == said(old) else Direction.OTHER


def _height(verdict: Verdict) -> tuple[float, bool]:
    score = percent(verdict)
    return (-1.0 if score is None else score, verdict.status is Status.PASSED)


def said(verdict: Verdict) -> dict[str, Any]:
    """What a verdict tells its learner, without what differs from run to run: times, and which
    sandbox and engine it was."""
    told = verdict.for_learner().as_json()
    for passing in ("phases", "isolation", "engine", "versions"):
        told.pop(passing, None)
    tests = [{**each, "duration": 0} for each in told.get("tests", ())]
    return {**told, "tests": tests}


def _checks(old: Verdict | None, new: Verdict | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Titles of the rules that hold only now, and of those that held only before."""
    if old is None or new is None:
        return (), ()
    held = {rule.id for rule in old.requirements if rule.holds} | _passed(old)
    holds = {rule.id for rule in new.requirements if rule.holds} | _passed(new)
    says = {rule.id: rule.says for each in (old, new) for rule in each.requirements}
    says |= {test.id: test.title for each in (old, new) for test in each.tests if test.visible}
    return (
        tuple(says[each] for each in says if each in holds - held),
        tuple(says[each] for each in says if each in held - holds),
    )


def _passed(verdict: Verdict) -> set[str]:
    return {test.id for test in verdict.tests if test.visible and test.status is TestStatus.PASSED}
