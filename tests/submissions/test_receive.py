"""Taking work in."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from countersign.audit.models import Action, Entry
from countersign.common import clock
from countersign.common.text import UnstorableText
from countersign.grading.models import Run
from countersign.submissions.models import Attempt, Submission
from countersign.submissions.services import (
    DraftConflict,
    KeyUsedForOtherWork,
    TooMany,
    adopt_guest_work,
    open_attempt,
    save_draft,
)
from grader.answer import Answer
from tests.cast import RIGHT, WRONG, Cast, answer
from tests.work import graded, hand_in


def test_the_same_request_twice_is_one_submission(people: Cast) -> None:
    key = uuid4()
    first = hand_in(people.ada_place, people.version, key=key)
    again = hand_in(people.ada_place, people.version, key=key)
    assert again == first
    assert Run.objects.unscoped().count() == 1


def test_the_same_key_for_other_work_is_refused(people: Cast) -> None:
    key = uuid4()
    hand_in(people.ada_place, people.version, RIGHT, key=key)
    with pytest.raises(KeyUsedForOtherWork):
        hand_in(people.ada_place, people.version, WRONG, key=key)


def test_hand_ins_are_numbered_within_an_attempt(people: Cast) -> None:
    graded(people.ada_place, people.version)
    assert hand_in(people.ada_place, people.version).number == 2
    assert hand_in(people.zoe_place, people.version).number == 1


def test_a_third_unfinished_hand_in_is_put_off(people: Cast) -> None:
    hand_in(people.ada_place, people.version, "# 1")
    hand_in(people.ada_place, people.version, "# 2")
    with pytest.raises(TooMany) as refusal:
        hand_in(people.ada_place, people.version, "# 3")
    assert refusal.value.reason == "unfinished"
    assert Submission.objects.unscoped().count() == 2


def test_the_hourly_limit_says_when_to_come_back(people: Cast, settings: object) -> None:
    settings.SUBMISSION_LIMITS = {"unfinished": 2, "an_hour": 1, "a_day": 9}  # type: ignore[attr-defined]
    began = clock.now()
    with clock.pretend(began):
        graded(people.ada_place, people.version)
    with clock.pretend(began + timedelta(minutes=50)), pytest.raises(TooMany) as refusal:
        hand_in(people.ada_place, people.version)
    assert refusal.value.reason == "hour"
    assert refusal.value.retry_after == 10 * 60 + 1
    with clock.pretend(began + timedelta(minutes=61)):
        assert hand_in(people.ada_place, people.version)


@pytest.mark.parametrize("code", ["a\x00b", "half \ud800"])
def test_characters_no_database_holds_are_refused_and_nothing_is_kept(
    people: Cast, code: str
) -> None:
    with pytest.raises(UnstorableText):
        hand_in(people.ada_place, people.version, code)
    assert Submission.objects.unscoped().count() == 0


def test_the_database_refuses_to_change_what_was_handed_in(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.unscoped().filter(pk=submission.pk).update(answer={})


def test_a_hand_in_is_audited_without_its_text(people: Cast) -> None:
    hand_in(people.ada_place, people.version, "print('secret-word')")
    entry = Entry.objects.get(action=Action.SUBMISSION_RECEIVED)
    assert entry.actor == people.ada.pk
    assert "secret-word" not in str(entry.details)


def test_a_draft_is_kept(people: Cast) -> None:
    attempt = open_attempt(enrolment=people.ada_place, version=people.version)
    save_draft(attempt=attempt, answer=answer("one"), revision=0)
    draft = save_draft(attempt=attempt, answer=answer("two"), revision=1)
    assert Answer.from_json(draft.answer) == answer("two")
    assert draft.revision == 2


def test_two_tabs_do_not_overwrite_each_other(people: Cast) -> None:
    attempt = open_attempt(enrolment=people.ada_place, version=people.version)
    save_draft(attempt=attempt, answer=answer("one"), revision=0)
    save_draft(attempt=attempt, answer=answer("from one tab"), revision=1)
    with pytest.raises(DraftConflict) as conflict:
        save_draft(attempt=attempt, answer=answer("from the other"), revision=1)
    assert Answer.from_json(conflict.value.draft.answer) == answer("from one tab")


def test_saving_the_same_again_is_no_conflict(people: Cast) -> None:
    attempt = open_attempt(enrolment=people.ada_place, version=people.version)
    save_draft(attempt=attempt, answer=answer("one"), revision=0)
    assert save_draft(attempt=attempt, answer=answer("one"), revision=0).revision == 1


def test_a_guest_who_signs_up_keeps_the_work(people: Cast) -> None:
    hand_in(people.zoe_place, people.version)
    assert adopt_guest_work(guest=people.zoe, enrolment=people.ada_place) == 1
    assert Attempt.objects.visible_to(people.ada).count() == 1


def test_adopting_never_replaces_work_of_ones_own(people: Cast) -> None:
    mine = hand_in(people.ada_place, people.version).attempt
    hand_in(people.zoe_place, people.version)
    assert adopt_guest_work(guest=people.zoe, enrolment=people.ada_place) == 0
    assert list(Attempt.objects.visible_to(people.ada)) == [mine]
