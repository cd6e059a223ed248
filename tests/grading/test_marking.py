"""People mark a memo's reasons: blind, into the score, and with a way back."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.services import enrol
from countersign.events import outbox
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.grading import services
from countersign.grading.models import MarkedMemo, Reason, Result, RubricMark
from countersign.grading.services.following import follow
from countersign.grading.services.marking import (
    NotMarked,
    OwnMemo,
    blinded,
    mark_memo,
    memos_for_a_second,
    memos_to_mark,
    take_marks_back,
)
from countersign.grading.services.marks import agreement, marked_reasons, points_for_reasons
from countersign.learning.models import Evidence
from countersign.organisations.models import Role
from countersign.organisations.services import give_role
from countersign.submissions.models import Submission
from grader.answer import Answer
from grader.exercise import from_files
from grader.verdict import Status, Verdict
from tests.cast import Cast, person
from tests.decide import decide_files
from tests.work import claimed, newest_run

FULL = {"number": 2, "weak-claim": 2, "cost": 2, "change": 2}
HALF = {"number": 1, "weak-claim": 1, "cost": 1, "change": 1}
POINTS = {"facts": 40.0, "claims": 15.0, "decision": 20.0, "rubric": None, "rubric_of": 15}
JUDGED = Verdict(
    status=Status.PASSED, score=75.0, max_score=85.0, details={"points": POINTS}, engine="decide@1"
)


@pytest.fixture
def version(people: Cast) -> ExerciseVersion:
    return keep_version(from_files(decide_files()))


def a_memo(people: Cast, version: ExerciseVersion, learner: User | None = None) -> Submission:
    """Handed in and judged by rules: 75 of 85."""
    place = enrol(cohort=people.cohort, learner=learner) if learner else people.ada_place
    because = f"22 of 38, says {place.learner.display_name}. {uuid4()}"
    answer = Answer(fields={"decision": {"choice": "limit", "because": because}})
    receipt = services.hand_in(enrolment=place, version=version, answer=answer, key=uuid4())
    services.settle(claimed(newest_run(receipt.submission)), JUDGED)
    receipt.submission.refresh_from_db()
    return receipt.submission


@pytest.fixture
def memo(people: Cast, version: ExerciseVersion) -> Submission:
    return a_memo(people, version)


def second_marker(people: Cast) -> User:
    uma = person("Uma")
    give_role(organisation=people.northgate, user=uma, role=Role.INSTRUCTOR)
    return uma


def counting(memo: Submission) -> Result:
    result: Result = Result.objects.unscoped().counting().get(submission=memo)
    return result


def score(memo: Submission) -> tuple[float, float]:
    """The points that count, and of how many."""
    found = counting(memo)
    assert found.score is not None
    return float(found.score), float(found.max_score)


def test_marks_bring_the_score_from_85_to_100(people: Cast, memo: Submission) -> None:
    assert score(memo) == (75, 85)
    mark_memo(memo, marker=people.ben, points=FULL)
    assert score(memo) == (90, 100)
    assert counting(memo).status == "passed"


def test_the_unmarked_result_stays_readable(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    old = Result.objects.unscoped().get(superseded_by__isnull=False)
    assert (old.score, old.max_score) == (75, 85)


def test_two_markers_count_alike(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    mark_memo(memo, marker=second_marker(people), points=HALF)
    assert points_for_reasons(memo) == 11.2
    assert score(memo) == (86.2, 100)


def test_marking_again_replaces_ones_own(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    mark_memo(memo, marker=people.ben, points=HALF)
    assert score(memo) == (82.5, 100)
    kept = audit.Entry.objects.filter(action=audit.Action.MEMO_MARKED).order_by("pk")
    assert [entry.details["points"] for entry in kept] == [FULL, HALF]


def test_the_same_marks_again_write_no_new_result(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    mark_memo(memo, marker=people.ben, points=FULL)
    assert memo.results.count() == 2


def test_marks_taken_back_leave_the_score_and_the_log(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    assert take_marks_back(memo, marker=people.ben)
    assert not take_marks_back(memo, marker=people.ben)
    assert score(memo) == (75, 85)
    assert audit.Entry.objects.get(action=audit.Action.MEMO_UNMARKED).details["points"] == FULL


def test_a_regrade_keeps_the_marks(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    services.regrade(submissions=[memo], actor=people.ben)
    better = replace(JUDGED, score=80.0, details={"points": {**POINTS, "claims": 20.0}})
    services.settle(claimed(newest_run(memo)), better)
    assert score(memo) == (95, 100)


def test_marks_given_while_a_regrade_runs_are_in_its_result(people: Cast, memo: Submission) -> None:
    services.regrade(submissions=[memo], actor=people.ben)
    claim = claimed(newest_run(memo))
    mark_memo(memo, marker=people.ben, points=HALF)
    services.settle(claim, JUDGED)
    assert score(memo) == (82.5, 100)


def test_evidence_follows_the_marks(people: Cast, memo: Submission) -> None:
    outbox.deliver()
    assert Evidence.objects.visible_to(people.ada).earliest("pk").best == pytest.approx(88.2)
    mark_memo(memo, marker=people.ben, points=HALF)
    outbox.deliver()
    assert Evidence.objects.visible_to(people.ada).earliest("pk").best == pytest.approx(82.5)


def test_the_learner_reads_the_points_and_not_whose_they_are(
    people: Cast, memo: Submission
) -> None:
    mark_memo(memo, marker=people.ben, points=HALF, note="Say what a late loan costs.")
    told = marked_reasons(memo)
    assert told is not None
    assert told.notes == ("Say what a late loan costs.",)
    assert [each.points for each in told.criteria] == [1, 1, 1, 1]
    assert "Ben" not in str(told)


def test_how_long_it_took_is_told_of_the_run_and_not_of_the_marking(
    people: Cast, memo: Submission
) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    assert newest_run(memo).reason == Reason.MARKED
    assert follow(memo).run.reason == Reason.INITIAL


def test_a_marker_sees_no_marks_but_their_own(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    assert RubricMark.objects.visible_to(people.ben).blind_to(people.ben).count() == 4
    assert RubricMark.objects.visible_to(people.ben).blind_to(people.olu).count() == 0


def test_learners_and_strangers_see_no_marks(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    for other in (people.ada, people.eve, people.zoe, people.nur):
        assert not RubricMark.objects.visible_to(other).exists()
        assert not memos_to_mark(other).exists()


def test_nobody_marks_their_own(people: Cast, memo: Submission) -> None:
    give_role(organisation=people.northgate, user=people.ada, role=Role.INSTRUCTOR)
    assert not memos_to_mark(people.ada).exists()
    with pytest.raises(OwnMemo):
        mark_memo(memo, marker=people.ada, points=FULL)


@pytest.mark.parametrize(
    "points",
    [
        {"style": 2},
        {**FULL, "number": 3},
        {**FULL, "number": -1},
        {"number": 2},
        {},
        {**FULL, "x": 1},
    ],
)
def test_what_is_no_marking_is_refused(
    people: Cast, memo: Submission, points: dict[str, int]
) -> None:
    with pytest.raises(NotMarked):
        mark_memo(memo, marker=people.ben, points=points)
    assert not RubricMark.objects.unscoped().exists()


def test_only_the_newest_memo_of_an_attempt_waits(
    people: Cast, version: ExerciseVersion, memo: Submission
) -> None:
    newer = a_memo(people, version)
    assert list(memos_to_mark(people.ben)) == [newer]


def test_a_marked_memo_leaves_the_queue(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    assert not memos_to_mark(people.ben).exists()
    assert not memos_to_mark(second_marker(people)).exists()


def test_every_tenth_marked_memo_waits_for_a_second_person(
    people: Cast, version: ExerciseVersion
) -> None:
    memos = [a_memo(people, version, person(f"Learner{n}")) for n in range(10)]
    for each in memos:
        mark_memo(each, marker=people.ben, points=FULL)
    assert list(memos_to_mark(second_marker(people))) == [memos[9]]
    assert list(memos_for_a_second(people.ben)) == [memos[9]]
    assert not memos_to_mark(people.ben).exists()


def test_a_memo_keeps_its_number_when_marks_are_taken_back(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    take_marks_back(memo, marker=people.ben)
    mark_memo(memo, marker=people.ben, points=FULL)
    assert list(MarkedMemo.objects.values_list("number", flat=True)) == [1]


def test_agreement_is_said_from_twenty_judgements_on(
    people: Cast, version: ExerciseVersion
) -> None:
    uma = second_marker(people)
    for number in range(5):
        assert agreement(people.ben).share is None
        each = a_memo(people, version, person(f"Learner{number}"))
        mark_memo(each, marker=people.ben, points={**FULL, "cost": 0, "change": 1})
        mark_memo(each, marker=uma, points={**FULL, "cost": 0, "change": 0})
    found = agreement(people.ben)
    assert (found.memos, found.judgements, found.share) == (5, 20, 0.75)
    assert found.kappa == pytest.approx(0.6)
    assert agreement(people.nur).judgements == 0


def test_a_marker_reads_the_memo_without_its_learners_name(memo: Submission) -> None:
    assert "Ada" in str(memo.as_answer.fields)
    assert "Ada" not in str(blinded(memo).fields)
    assert "22 of 38" in str(blinded(memo).fields)
