"""What a learner found and the key didn't know: raised once, decided once, then judged by."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from countersign.cohorts.models import Enrolment
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.grading.models import Decision, Result, SuspectedDefect
from countersign.grading.services import grade_next, grade_run, hand_in
from countersign.grading.services.following import revealed
from countersign.grading.services.suspected import CannotJoin, accept, decline, suspect
from countersign.submissions.models import Submission
from grader.answer import Answer
from grader.exercise import load
from tests.cast import Cast
from tests.work import newest_run

FOLDER = Path(__file__).parents[1] / "grader" / "exercises" / "refunds"
EXTRA = {"lines": "21", "category": "data", "severity": "minor", "why": "The fee isn’t whole."}


@pytest.fixture
def version() -> ExerciseVersion:
    return keep_version(load(FOLDER))


def reviewed(place: Enrolment, version: ExerciseVersion, *findings: dict[str, Any]) -> Submission:
    answer = Answer(fields={"findings": list(findings), "call": "fix"})
    receipt = hand_in(enrolment=place, version=version, answer=answer, key=uuid4())
    grade_run(newest_run(receipt.submission).pk)
    return receipt.submission


def counting(submission: Submission) -> Result:
    found: Result = submission.results.get(superseded_by=None)
    return found


def raised(submission: Submission) -> SuspectedDefect:
    found = suspect(submission=submission, number=1)
    assert found is not None
    return found


def test_a_false_alarm_can_be_raised_once(people: Cast, version: ExerciseVersion) -> None:
    work = reviewed(people.ada_place, version, EXTRA)

    first, second = raised(work), raised(work)

    assert first == second
    assert list(SuspectedDefect.objects.visible_to(people.ben).waiting()) == [first]
    assert not SuspectedDefect.objects.visible_to(people.nur).exists(), "another organisation"
    assert not SuspectedDefect.objects.visible_to(people.ada).exists()


def test_a_comment_that_was_found_or_never_made_is_not_raised(
    people: Cast, version: ExerciseVersion
) -> None:
    work = reviewed(people.ada_place, version, {"lines": "15"})

    assert suspect(submission=work, number=1) is None
    assert suspect(submission=work, number=2) is None


def test_what_is_accepted_joins_the_key_and_work_is_graded_anew(
    people: Cast, version: ExerciseVersion
) -> None:
    work = reviewed(people.ada_place, version, EXTRA)
    before = counting(work)

    made = accept(suspected=raised(work), actor=people.ben, explain="Pence aren’t whole.")
    while grade_next():
        pass

    after = counting(work)
    assert made == 1
    assert before.score == 0
    assert after.score is not None
    assert after.score > 0
    assert revealed(after)["review"]["hits"] == 1
    assert revealed(before)["review"]["hits"] == 0, "the older result stays as it was"


def test_what_is_declined_changes_nothing(people: Cast, version: ExerciseVersion) -> None:
    work = reviewed(people.ada_place, version, EXTRA)
    doubt = raised(work)

    decline(suspected=doubt, actor=people.ben)

    assert doubt.decision == Decision.DECLINED
    assert not grade_next()


def test_lines_of_a_known_defect_cannot_join_again(people: Cast, version: ExerciseVersion) -> None:
    work = reviewed(people.ada_place, version, EXTRA, {**EXTRA, "lines": "22"})
    accept(suspected=raised(work), actor=people.ben, explain="")
    again = SuspectedDefect.objects.create(submission=work, number=2, lines="21")

    with pytest.raises(CannotJoin):
        accept(suspected=again, actor=people.ben, explain="")
