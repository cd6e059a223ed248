"""A verdict becomes a result."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from countersign.events.models import Event
from countersign.grading import services
from countersign.grading.models import Result, SealedVerdict
from countersign.submissions.models import State
from grader.verdict import Status
from tests.cast import Cast
from tests.work import CANARY, claimed, graded, hand_in, newest_run, run_of, settled, verdict

ENDINGS = {
    Status.INVALID: State.INVALID,
    Status.TIMED_OUT: State.TIMED_OUT,
    Status.OUT_OF_MEMORY: State.OUT_OF_MEMORY,
    Status.OUTPUT_LIMIT: State.OUTPUT_LIMIT,
}


def test_what_a_learner_may_see_holds_nothing_hidden(people: Cast) -> None:
    result = graded(people.ada_place, people.version, 50.0)
    assert CANARY not in json.dumps(result.shown)
    sealed = SealedVerdict.objects.get(result=result)
    assert CANARY in json.dumps(sealed.verdict)


@pytest.mark.parametrize(("status", "state"), ENDINGS.items())
def test_only_graded_work_has_a_score(people: Cast, status: Status, state: State) -> None:
    submission = hand_in(people.ada_place, people.version)
    result = settled(submission, verdict(None, status=status))
    submission.refresh_from_db()
    assert submission.state == state
    assert result.score is None


def test_the_database_refuses_a_score_without_a_grade(people: Cast) -> None:
    result = graded(people.ada_place, people.version)
    with pytest.raises(DatabaseError), transaction.atomic():
        Result.objects.unscoped().filter(pk=result.pk).update(score=None)


def test_the_database_refuses_to_change_a_result(people: Cast) -> None:
    result = graded(people.ada_place, people.version, 50.0)
    with pytest.raises(DatabaseError), transaction.atomic():
        Result.objects.unscoped().filter(pk=result.pk).update(score=100)


def test_unstorable_characters_are_replaced_and_the_result_stands(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    odd = replace(verdict(), output="nul \x00 and half \ud800")
    assert settled(submission, odd).shown["output"] == "nul \ufffd and half \ufffd"


def test_grading_is_announced_once(people: Cast) -> None:
    graded(people.ada_place, people.version)
    assert Event.objects.filter(name="SubmissionGraded").count() == 1


def test_a_regrade_replaces_the_result_and_keeps_the_old_one(people: Cast) -> None:
    first = graded(people.ada_place, people.version, 50.0)
    assert services.regrade(submissions=[first.submission], actor=people.ben) == 1
    second = settled(first.submission, verdict(100.0))
    first.refresh_from_db()
    assert first.superseded_by == second
    assert list(Result.objects.unscoped().counting()) == [second]


def test_the_old_result_counts_while_a_regrade_waits(people: Cast) -> None:
    first = graded(people.ada_place, people.version)
    services.regrade(submissions=[first.submission], actor=people.ben)
    assert list(Result.objects.unscoped().counting()) == [first]
    first.submission.refresh_from_db()
    assert first.submission.state == State.GRADED


def test_work_is_not_regraded_twice_at_once(people: Cast) -> None:
    first = graded(people.ada_place, people.version)
    services.regrade(submissions=[first.submission], actor=people.ben)
    assert services.regrade(submissions=[first.submission], actor=people.ben) == 0


def test_a_rolled_back_settlement_leaves_the_run_to_be_done(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    mine = claimed(run_of(submission))
    with pytest.raises(ValidationError), transaction.atomic():
        services.settle(mine, verdict())
        raise ValidationError("the database went away")
    assert newest_run(submission).state == "running"
    assert services.settle(mine, verdict())


def test_a_result_is_written_once_whatever_its_maximum(people: Cast) -> None:
    graded(people.ada_place, people.version, 50.0)
    with pytest.raises(DatabaseError), transaction.atomic():
        Result.objects.unscoped().update(max_score=60)
