"""People mark a memo's reasons: blind, by criterion, and replaceable."""

from __future__ import annotations

from uuid import uuid4

import pytest

from countersign import audit
from countersign.exercises.services import keep_version
from countersign.grading import services
from countersign.grading.models import RubricMark
from countersign.grading.services.marking import NoSuchMark, mark_memo, points_for_reasons
from countersign.submissions.models import Submission
from grader.answer import Answer
from grader.exercise import from_files
from tests.cast import Cast
from tests.decide import decide_files

FULL = {"number": 2, "weak-claim": 2, "cost": 2, "change": 2}


@pytest.fixture
def memo(people: Cast) -> Submission:
    version = keep_version(from_files(decide_files()))
    answer = Answer(fields={"decision": {"choice": "limit", "because": "22 of 38."}})
    receipt = services.hand_in(
        enrolment=people.ada_place, version=version, answer=answer, key=uuid4()
    )
    return receipt.submission


def test_marks_become_points_when_they_are_complete(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points={"number": 2, "cost": 1})
    assert points_for_reasons(memo) is None
    mark_memo(memo, marker=people.ben, points=FULL)
    assert points_for_reasons(memo) == 15


def test_a_marker_sees_no_marks_but_their_own(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    assert RubricMark.objects.visible_to(people.ben).blind_to(people.ben).count() == 4
    assert RubricMark.objects.visible_to(people.ben).blind_to(people.olu).count() == 0


def test_learners_and_strangers_see_no_marks(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    for other in (people.ada, people.eve, people.zoe):
        assert not RubricMark.objects.visible_to(other).exists()


@pytest.mark.parametrize("points", [{"style": 2}, {"number": 3}, {"number": -1}])
def test_what_is_no_mark_is_refused(people: Cast, memo: Submission, points: dict[str, int]) -> None:
    with pytest.raises(NoSuchMark):
        mark_memo(memo, marker=people.ben, points=points)


def test_each_marking_is_kept_in_the_audit_log(people: Cast, memo: Submission) -> None:
    mark_memo(memo, marker=people.ben, points=FULL)
    entry = audit.Entry.objects.get(action=audit.Action.MEMO_MARKED)
    assert (entry.actor, entry.thing) == (people.ben.pk, str(memo.pk))
