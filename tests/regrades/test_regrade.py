"""Much work is judged anew: looked at first, then applied as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest

from countersign import audit
from countersign.cohorts.models import Enrolment
from countersign.cohorts.services import enrol
from countersign.common import clock
from countersign.events import outbox
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.grading import services as grading
from countersign.grading.models import (
    Reason,
    Result,
    Run,
    RunState,
    SealedVerdict,
    TrialVerdict,
)
from countersign.grading.services import work
from countersign.grading.services.trials import adopt
from countersign.learning.models import Evidence
from countersign.regrades import services as regrades
from countersign.regrades.models import Entry, Policy, Regrade, Stage
from countersign.regrades.services import Direction, Scope
from countersign.submissions.models import Submission
from countersign.submissions.services import open_attempt
from grader.exercise import from_files
from tests.cast import RIGHT, WRONG, Cast, exercise_files, person
from tests.work import claimed, graded, hand_in, settled, verdict


def newer_version(people: Cast, *, twelve_pays: int = 9) -> ExerciseVersion:
    """The same exercise with another expectation for the last child."""
    files = exercise_files(uuid=str(people.version.exercise_id))
    files["exercise.yaml"] = files["exercise.yaml"].replace(
        'call: "price(12)", returns: 5', f'call: "price(12)", returns: {twelve_pays}'
    )
    return keep_version(from_files(files))


def everything(people: Cast) -> Scope:
    return Scope(organisation=people.northgate, exercise=people.version.exercise)


def begun(people: Cast, *, target: ExerciseVersion | None = None) -> Regrade:
    return regrades.begin(everything(people), target=target, actor=people.ben)


def ended(regrade: Regrade, *scores: float) -> Regrade:
    """Settle the dry runs, in the order of handing in, with these scores."""
    runs = Run.objects.unscoped().filter(reason=Reason.TRIAL, state=RunState.QUEUED)
    for run, score in zip(runs.order_by("submission__received_at"), scores, strict=True):
        grading.settle(claimed(run), verdict(score))
    return regrade


def applied(
    regrade: Regrade, people: Cast, policy: Policy = Policy.REPLACE, **confirmed: bool
) -> int:
    return regrades.apply(
        regrade,
        policy=policy,
        seal=regrades.table_of(regrade).seal,
        actor=people.ben,
        why="The last child was priced wrongly.",
        **confirmed,
    )


def counting(submission: Submission) -> Result:
    found: Result = submission.results.get(superseded_by=None)
    return found


def place(people: Cast, name: str) -> Enrolment:
    return enrol(cohort=people.cohort, learner=person(name))


def test_a_dry_run_changes_nothing_that_a_learner_sees(people: Cast) -> None:
    old = graded(people.ada_place, people.version, 60.0)

    ended(begun(people), 100.0)

    assert counting(old.submission) == old
    assert list(old.submission.results.all()) == [old]


def test_the_table_says_what_would_change_and_the_lowered_come_first(people: Cast) -> None:
    bo, cy = place(people, "Bo"), place(people, "Cy")
    for enrolment, score in ((people.ada_place, 60.0), (bo, 60.0), (cy, 100.0)):
        graded(enrolment, people.version, score)

    table = regrades.table_of(ended(begun(people), 100.0, 60.0, 40.0))

    assert [(row.learner.name, row.direction) for row in table.rows] == [
        ("Cy", Direction.DOWN), ("Ada", Direction.UP), ("Bo", Direction.SAME),
    ]  # fmt: skip
    assert (table.rows[0].old_score, table.rows[0].new_score) == (100.0, 40.0)
    assert (table.up, table.down, table.same, table.learners) == (1, 1, 1, 2)


def test_applied_the_new_results_count_and_the_old_stay_readable(people: Cast) -> None:
    old = graded(people.ada_place, people.version, 60.0)
    regrade = ended(begun(people), 100.0)

    changed = applied(regrade, people)

    new = counting(old.submission)
    old.refresh_from_db()
    assert (changed, float(new.score or 0), float(old.score or 0)) == (1, 100.0, 60.0)
    assert old.superseded_by == new
    assert Entry.objects.unscoped().get().before == old


def test_only_if_higher_leaves_the_others_as_they_were(people: Cast) -> None:
    bo = place(people, "Bo")
    first = graded(people.ada_place, people.version, 60.0)
    second = graded(bo, people.version, 100.0)
    regrade = ended(begun(people), 100.0, 20.0)

    assert applied(regrade, people, Policy.HIGHER) == 1
    assert counting(first.submission).score == 100.0
    assert counting(second.submission) == second


def test_record_only_keeps_what_was_found_and_changes_nothing(people: Cast) -> None:
    old = graded(people.ada_place, people.version, 60.0)
    regrade = ended(begun(people), 100.0)

    assert applied(regrade, people, Policy.RECORD) == 0
    assert counting(old.submission) == old
    assert regrades.table_of(regrade).up == 1
    assert Regrade.objects.unscoped().get().stage == Stage.RECORDED


def test_lowering_needs_to_be_confirmed_and_a_reason(people: Cast) -> None:
    old = graded(people.ada_place, people.version, 100.0)
    regrade = ended(begun(people), 40.0)
    seal = regrades.table_of(regrade).seal

    with pytest.raises(regrades.LoweringNeedsConfirming):
        applied(regrade, people)
    with pytest.raises(regrades.LoweringNeedsConfirming):
        regrades.apply(
            regrade, policy=Policy.REPLACE, seal=seal, actor=people.ben, why=" ", lowers=True
        )
    assert counting(old.submission) == old
    assert applied(regrade, people, lowers=True) == 1


def test_a_dry_run_under_way_cannot_be_applied(people: Cast) -> None:
    graded(people.ada_place, people.version, 60.0)

    with pytest.raises(regrades.NotReady):
        applied(begun(people), people)


def test_a_result_that_changed_since_the_look_stops_it_and_is_run_anew(people: Cast) -> None:
    old = graded(people.ada_place, people.version, 60.0)
    regrade = ended(begun(people), 100.0)
    seal = regrades.table_of(regrade).seal
    grading.regrade(submissions=[old.submission], actor=people.ben)
    settled(old.submission, verdict(70.0))

    with pytest.raises(regrades.NotReady):
        regrades.apply(regrade, policy=Policy.REPLACE, seal=seal, actor=people.ben, why="")
    assert regrades.go_on() == 1
    ended(regrade, 100.0)
    with pytest.raises(regrades.TableChanged):
        regrades.apply(regrade, policy=Policy.REPLACE, seal=seal, actor=people.ben, why="")
    assert applied(regrade, people) == 1


def test_it_is_applied_once(people: Cast) -> None:
    graded(people.ada_place, people.version, 60.0)
    regrade = ended(begun(people), 100.0)
    applied(regrade, people)

    with pytest.raises(regrades.NotReady):
        applied(regrade, people)
    assert Result.objects.unscoped().count() == 2


def test_killed_in_the_middle_of_applying_nothing_is_half_done(people: Cast) -> None:
    bo = place(people, "Bo")
    results = [graded(each, people.version, 60.0) for each in (people.ada_place, bo)]
    regrade = ended(begun(people), 100.0, 100.0)
    calls: list[TrialVerdict] = []

    def second_dies(trial: TrialVerdict) -> Result:
        calls.append(trial)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return adopt(trial)

    with (
        patch("countersign.regrades.services.applying.adopt", second_dies),
        pytest.raises(KeyboardInterrupt),
    ):
        applied(regrade, people)

    assert [counting(each.submission) for each in results] == results
    assert Regrade.objects.unscoped().get().is_open
    assert applied(Regrade.objects.unscoped().get(), people) == 2


def test_undone_the_results_from_before_count_again(people: Cast) -> None:
    old = graded(people.ada_place, people.version, 60.0)
    regrade = ended(begun(people), 100.0)
    applied(regrade, people)

    assert regrades.undo(regrade, actor=people.ben) == (1, 0)

    now = counting(old.submission)
    assert (now.score, now.shown) == (old.score, old.shown)
    assert old.submission.results.count() == 3, "every one stays readable"
    with pytest.raises(regrades.NotReady):
        regrades.undo(regrade, actor=people.ben)


def test_undo_leaves_what_a_newer_result_has_replaced(people: Cast) -> None:
    old = graded(people.ada_place, people.version, 60.0)
    regrade = ended(begun(people), 100.0)
    applied(regrade, people)
    grading.regrade(submissions=[old.submission], actor=people.ben)
    newest = settled(old.submission, verdict(80.0))

    assert regrades.undo(regrade, actor=people.ben) == (0, 1)
    assert counting(old.submission) == newest


def test_after_a_regrade_and_its_undoing_another_can_be_applied(people: Cast) -> None:
    old = graded(people.ada_place, people.version, 60.0)
    first = ended(begun(people), 100.0)
    applied(first, people)
    regrades.undo(first, actor=people.ben)

    second = ended(begun(people), 90.0)

    assert applied(second, people) == 1
    assert counting(old.submission).score == 90.0


def test_cancelled_in_the_middle_nothing_is_left_of_it(people: Cast) -> None:
    bo = place(people, "Bo")
    results = [graded(each, people.version, 60.0) for each in (people.ada_place, bo)]
    regrade = begun(people)
    held = claimed(Run.objects.unscoped().filter(reason=Reason.TRIAL).order_by("queued_at")[0])

    assert regrades.cancel(regrade, actor=people.ben)

    assert grading.settle(held, verdict(100.0)) is None, "a worker that was at it is too late"
    assert [counting(each.submission) for each in results] == results
    assert not Run.objects.unscoped().open().exists()
    assert regrades.go_on() == 0
    assert not regrades.cancel(regrade, actor=people.ben)
    with pytest.raises(regrades.NotReady):
        applied(regrade, people)


def test_two_dry_runs_of_the_same_work_wait_for_each_other(people: Cast) -> None:
    graded(people.ada_place, people.version, 60.0)
    first, second = begun(people), begun(people)
    assert not regrades.progress(second).is_ready

    ended(first, 100.0)
    regrades.go_on()
    ended(second, 100.0)

    assert regrades.progress(first).is_ready
    assert regrades.progress(second).is_ready
    assert Run.objects.unscoped().filter(reason=Reason.TRIAL).count() == 2


def test_a_dry_run_holds_up_no_learner(people: Cast) -> None:
    old = graded(people.ada_place, people.version, 60.0)
    begun(people)

    assert grading.regrade(submissions=[old.submission], actor=people.ben) == 1, "an appeal goes on"
    assert graded(people.ada_place, people.version, 80.0).score == 80


def test_our_fault_in_a_dry_run_is_shown_and_can_be_tried_again(people: Cast) -> None:
    old = graded(people.ada_place, people.version, 60.0)
    regrade = begun(people)
    run = Run.objects.unscoped().get(reason=Reason.TRIAL)
    for _ in range(5):
        Run.objects.unscoped().filter(pk=run.pk).update(next_hint_at=run.queued_at)
        grading.give_back(claimed(run), fault="broken")

    state = regrades.progress(regrade)
    old.submission.refresh_from_db()
    assert (state.faults, state.is_ready, old.submission.state) == (1, True, "graded")
    assert regrades.table_of(regrade).without == 1
    other = begun(people)
    ended(other, 100.0)
    assert applied(other, people) == 1


def test_those_without_a_verdict_are_run_anew_when_asked(people: Cast) -> None:
    graded(people.ada_place, people.version, 60.0)
    regrade = begun(people)
    run = Run.objects.unscoped().get(reason=Reason.TRIAL)
    for _ in range(5):
        grading.give_back(claimed(run), fault="broken")

    assert regrades.try_again(regrade) == 1
    ended(regrade, 100.0)

    assert regrades.table_of(regrade).up == 1


def test_evidence_follows_and_the_audit_log_knows(people: Cast) -> None:
    graded(people.ada_place, people.version, 60.0)
    outbox.deliver()
    regrade = ended(begun(people), 100.0)
    applied(regrade, people)
    outbox.deliver()

    assert Evidence.objects.visible_to(people.ada).get().best == 100.0
    regrades.undo(regrade, actor=people.ben)
    outbox.deliver()
    assert Evidence.objects.visible_to(people.ada).get().best == 60.0
    actions = audit.Entry.objects.filter(thing=str(regrade.pk)).values_list("action", flat=True)
    assert list(actions.order_by("pk")) == ["regrade_asked", "regrade_decided", "regrade_undone"]


def test_the_learner_is_told_what_changed_and_why(people: Cast) -> None:
    old = graded(people.ada_place, people.version, 60.0)
    assert regrades.told(old) is None
    regrade = ended(begun(people), 100.0)
    applied(regrade, people)

    said = regrades.told(counting(old.submission))

    assert said is not None
    assert (said.before, said.why, said.undone) == (
        old, "The last child was priced wrongly.", False,
    )  # fmt: skip
    assert regrades.told_lately(people.ada) == [said]
    assert regrades.told_lately(people.zoe) == []
    regrades.undo(regrade, actor=people.ben)
    undone = regrades.told(counting(old.submission))
    assert undone is not None
    assert undone.undone
    assert regrades.told_lately(people.ada) == []


def test_a_scope_is_narrowed_by_version_cohort_and_day(people: Cast) -> None:
    other = newer_version(people)
    here = graded(people.ada_place, people.version).submission
    graded(people.ada_place, other)
    day = here.received_at.date()
    whole = everything(people)

    def found(**fields: object) -> int:
        scope = Scope(organisation=whole.organisation, exercise=whole.exercise, **fields)  # type: ignore[arg-type]
        return regrades.in_scope(scope, actor=people.ben).count()

    assert found() == 2
    assert found(version=other) == 1
    assert found(cohort=people.cohort, since=day, until=day) == 2
    assert found(until=day.replace(year=day.year - 1)) == 0
    assert found(cohort=people.other_cohort) == 0


def test_nobody_regrades_where_they_may_not(people: Cast) -> None:
    graded(people.ada_place, people.version)
    theirs = graded(people.zoe_place, people.version)

    for stranger in (people.nur, people.eve, people.ada, people.olu):
        with pytest.raises(regrades.NothingToRegrade):
            regrades.begin(everything(people), target=None, actor=stranger)
    regrade = begun(people)
    assert not Regrade.objects.visible_to(people.nur).exists()
    assert theirs.submission_id not in [row.submission for row in regrades.table_of(regrade).rows]


def test_work_that_the_target_cannot_read_is_never_touched(people: Cast) -> None:
    old = graded(people.ada_place, people.version, 60.0)
    regrade = begun(people)
    run = Run.objects.unscoped().get(reason=Reason.TRIAL)
    from grader.verdict import Status

    grading.settle(claimed(run), verdict(None, status=Status.INVALID))

    assert regrades.table_of(regrade).unreadable == 1
    assert applied(regrade, people) == 0
    assert counting(old.submission) == old


def test_a_worker_that_dies_in_a_dry_run_loses_nothing(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded(people.ada_place, people.version, 60.0)
    regrade = begun(people)
    run = Run.objects.unscoped().get(reason=Reason.TRIAL)
    dead = claimed(run)
    later = clock.now() + timedelta(seconds=60)
    monkeypatch.setattr(clock, "now", lambda: later)

    grading.settle(claimed(run), verdict(100.0))

    assert grading.settle(dead, verdict(0.0)) is None, "it wakes up too late"
    assert regrades.table_of(regrade).up == 1
    assert TrialVerdict.objects.count() == 1


def test_a_later_regrade_of_one_keeps_the_version_that_judged_it(people: Cast) -> None:
    wrong = newer_version(people)
    old = graded(people.ada_place, wrong, 60.0)
    applied(ended(begun(people, target=people.version), 100.0), people)

    grading.regrade(submissions=[old.submission], actor=people.ben)
    again = settled(old.submission, verdict(90.0))

    assert again.judged_by == people.version


def five_hundred(people: Cast) -> None:
    """Twenty learners with twenty-five graded hand-ins each, without the way they came about."""
    attempts = [
        open_attempt(enrolment=place(people, f"Learner {n:02}"), version=people.version)
        for n in range(20)
    ]
    work = Submission.objects.bulk_create(
        Submission(attempt=attempt, number=n, answer={}, idempotency_key=uuid4(), state="graded")
        for attempt in attempts
        for n in range(1, 26)
    )
    past = clock.now() - timedelta(hours=1)
    runs = Run.objects.bulk_create(
        Run(submission=each, number=1, state="done", claimed_at=past, finished_at=past)
        for each in work
    )
    found = verdict(60.0)
    results = Result.objects.bulk_create(
        Result(
            run=run, submission=run.submission, status="failed", score=60, tests_passed=1,
            tests_total=2, shown=found.for_learner().as_json(), made_at=past,
        )
        for run in runs
    )  # fmt: skip
    SealedVerdict.objects.bulk_create(
        SealedVerdict(result=result, verdict=found.as_json()) for result in results
    )


def all_ended() -> None:
    """Every dry run came to its end: four in five higher than before, the others lower."""
    runs = list(Run.objects.unscoped().filter(reason=Reason.TRIAL).order_by("pk"))
    now = clock.now()
    open_runs = Run.objects.unscoped().filter(reason=Reason.TRIAL)
    token = {"lease_token": uuid4(), "lease_until": now, "claimed_at": now}
    open_runs.update(state=RunState.RUNNING, **token)
    open_runs.update(state=RunState.DONE, finished_at=now, lease_token=None, lease_until=None)
    TrialVerdict.objects.bulk_create(
        TrialVerdict(run=run, verdict=verdict(100.0 if n % 5 else 40.0).as_json())
        for n, run in enumerate(runs)
    )


@pytest.mark.timeout(600)
def test_five_hundred_are_begun_in_rounds_looked_at_applied_and_undone(people: Cast) -> None:
    five_hundred(people)
    regrade = begun(people)
    begun_at_once = Run.objects.unscoped().filter(reason=Reason.TRIAL).count()
    while regrades.go_on():
        pass
    all_ended()

    table = regrades.table_of(regrade)
    changed = applied(regrade, people, lowers=True)

    assert begun_at_once < 500
    assert (regrades.progress(regrade).total, table.up, table.down) == (500, 400, 100)
    assert (changed, table.learners) == (500, 20)
    assert Run.objects.unscoped().filter(reason=Reason.TRIAL).count() == 500
    assert Result.objects.unscoped().counting().filter(score=100).count() == 400
    assert regrades.undo(regrade, actor=people.ben) == (500, 0)
    assert Result.objects.unscoped().counting().filter(score=60).count() == 500


@pytest.fixture
def a_sandbox_of_our_own() -> Iterator[None]:
    yield
    work.close_tools()


def test_a_dozen_are_really_judged_by_the_corrected_version(
    people: Cast, a_sandbox_of_our_own: None
) -> None:
    wrong = newer_version(people)
    places = [people.ada_place, *(place(people, f"Learner {n}") for n in range(11))]
    for n, each in enumerate(places):
        hand_in(each, wrong, RIGHT if n % 3 else WRONG)
    while grading.grade_next():
        pass
    regrade = begun(people, target=people.version)

    while grading.grade_next():
        pass
    table = regrades.table_of(regrade)

    assert (table.up, table.down, table.same, table.without) == (8, 4, 0, 0)
    assert {row.new_score for row in table.rows if row.direction is Direction.UP} == {100.0}
    assert applied(regrade, people, lowers=True) == 12
    better = [each for each in Result.objects.unscoped().counting() if each.passed]
    assert len(better) == 8
    assert {each.judged_by for each in better} == {people.version}
