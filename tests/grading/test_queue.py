"""Who may work on a run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from countersign.audit.models import Action, Entry
from countersign.common import clock
from countersign.grading import services
from countersign.grading.models import Result, Run, RunState
from countersign.grading.services.queue import LEASE, MOST_CLAIMS, SHARED_CLAIMS
from countersign.submissions.models import State
from tests.cast import Cast
from tests.work import claimed, hand_in, newest_run, run_of, settled, verdict


def test_a_hand_in_waits_until_somebody_claims_it(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    assert submission.state == State.QUEUED
    claimed(run_of(submission))
    submission.refresh_from_db()
    assert submission.state == State.RUNNING


def test_a_run_has_one_worker_at_a_time(people: Cast) -> None:
    run = run_of(hand_in(people.ada_place, people.version))
    assert services.claim(run.pk, worker="first")
    assert services.claim(run.pk, worker="second") is None


def test_an_abandoned_run_goes_to_somebody_else(people: Cast) -> None:
    run = run_of(hand_in(people.ada_place, people.version))
    claimed(run)
    with clock.pretend(clock.now() + LEASE + timedelta(seconds=1)):
        assert services.claim(run.pk, worker="second")


def test_who_lost_the_lease_cannot_finish(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    first = claimed(run_of(submission))
    with clock.pretend(clock.now() + LEASE + timedelta(seconds=1)):
        second = claimed(run_of(submission))
        assert services.settle(first, verdict()) is None
        assert services.heartbeat(first) is False
        assert services.settle(second, verdict()) is not None
    assert Result.objects.unscoped().filter(submission=submission).count() == 1


def test_a_heartbeat_keeps_the_lease(people: Cast) -> None:
    run = run_of(hand_in(people.ada_place, people.version))
    mine = claimed(run)
    soon = clock.now() + LEASE - timedelta(seconds=1)
    with clock.pretend(soon):
        assert services.heartbeat(mine)
    with clock.pretend(soon + LEASE - timedelta(seconds=1)):
        assert services.claim(run.pk, worker="second") is None


def test_a_lease_written_by_a_clock_set_back_counts_as_over(people: Cast) -> None:
    run = run_of(hand_in(people.ada_place, people.version))
    with clock.pretend(clock.now() + timedelta(hours=1)):
        claimed(run)
    assert services.claim(run.pk, worker="second")


def test_a_result_is_written_once(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    mine = claimed(run_of(submission))
    assert services.settle(mine, verdict())
    assert services.settle(mine, verdict(0.0)) is None


def test_our_fault_puts_the_run_back_and_uses_no_attempt(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    services.give_back(claimed(run_of(submission)), fault="HarnessBroken: lost a frame")
    submission.refresh_from_db()
    assert submission.state == State.QUEUED
    assert not State(submission.state).uses_an_attempt


def test_a_missing_sandbox_costs_no_claim(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    services.give_back(claimed(run_of(submission)), fault="no sandbox", counted=False)
    assert run_of(submission).claims == 0


def test_a_run_that_keeps_meeting_our_faults_is_set_aside(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    for _ in range(MOST_CLAIMS):
        services.give_back(claimed(run_of(submission)), fault="HarnessBroken")
    submission.refresh_from_db()
    assert submission.state == State.PLATFORM_ERROR
    assert run_of(submission).state == RunState.FAULT
    assert Entry.objects.filter(action=Action.RUN_QUARANTINED).count() == 1


def test_work_that_kills_its_worker_is_set_aside_too(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    moment = clock.now()
    for _ in range(MOST_CLAIMS):
        with clock.pretend(moment):
            claimed(run_of(submission))
        moment += LEASE + timedelta(seconds=1)
    with clock.pretend(moment):
        assert services.claim(run_of(submission).pk, worker="one more") is None
        assert services.set_aside() == 1
    submission.refresh_from_db()
    assert submission.state == State.PLATFORM_ERROR


def test_a_suspect_waits_until_it_is_alone(people: Cast) -> None:
    suspect = run_of(hand_in(people.ada_place, people.version))
    Run.objects.unscoped().filter(pk=suspect.pk).update(claims=SHARED_CLAIMS)
    innocent = run_of(hand_in(people.zoe_place, people.version))
    busy = claimed(innocent)
    assert services.claim(suspect.pk, worker="test") is None
    services.settle(busy, verdict())
    assert services.claim(suspect.pk, worker="test")


def test_nothing_starts_beside_a_suspect(people: Cast) -> None:
    suspect = run_of(hand_in(people.ada_place, people.version))
    Run.objects.unscoped().filter(pk=suspect.pk).update(claims=SHARED_CLAIMS)
    claimed(suspect)
    innocent = run_of(hand_in(people.zoe_place, people.version))
    assert services.claim(innocent.pk, worker="test") is None


def test_work_set_aside_can_be_run_again(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    for _ in range(MOST_CLAIMS):
        services.give_back(claimed(run_of(submission)), fault="HarnessBroken")
    assert services.run_again(submission=submission)
    settled(submission, verdict())
    submission.refresh_from_db()
    assert submission.state == State.GRADED
    assert services.run_again(submission=submission) is False


def test_a_learner_may_stop_a_run(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    mine = claimed(run_of(submission))
    assert services.cancel(submission=submission, actor=people.ada)
    assert services.settle(mine, verdict()) is None
    submission.refresh_from_db()
    assert submission.state == State.CANCELLED


@pytest.mark.parametrize("state", [RunState.DONE, RunState.FAULT, RunState.CANCELLED])
def test_the_database_refuses_to_wake_what_has_ended(people: Cast, state: RunState) -> None:
    run = newest_run(hand_in(people.ada_place, people.version))
    mine = claimed(run)
    assert mine
    Run.objects.unscoped().filter(pk=run.pk).update(state=state)
    with pytest.raises(DatabaseError), transaction.atomic():
        Run.objects.unscoped().filter(pk=run.pk).update(state=RunState.QUEUED)
